import { z } from 'zod'

/** One route as the document shows it; the schemas are the ones that validate. */
export interface RouteDoc {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** OpenAPI style: `/api/users/{id}`. */
  path: string
  summary: string
  tag: string
  description?: string
  query?: z.ZodType
  /** Of its own; those of every write are known. */
  headers?: z.ZodType
  body?: z.ZodType
  response?: z.ZodType
  status?: number
  /** No sign-in needed. */
  isPublic?: boolean
  /** Takes an `Idempotency-Key`. */
  isWrite?: boolean
}

type Json = Record<string, unknown>

const ERROR_REF = { $ref: '#/components/responses/Error' }

/** OpenAPI 3.1 of everything that the features have told about themselves. */
export function createOpenApi(title: string, version: string, routes: readonly RouteDoc[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: {
        Error: {
          description: '出错：code 供程序判断，message 供人阅读',
          content: { 'application/json': { schema: ERROR_SCHEMA } },
        },
      },
    },
  }
}

const ERROR_SCHEMA = {
  type: 'object',
  required: ['code', 'message', 'details', 'requestId'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    details: { type: 'object' },
    requestId: { type: 'string' },
  },
}

function operationOf(route: RouteDoc): Json {
  const parameters: Json[] = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  if (route.isWrite) {
    const schema = { type: 'string', minLength: 8, maxLength: 200 }
    parameters.push({ name: 'Idempotency-Key', in: 'header', required: true, schema })
  }
  if (route.query) parameters.push(...parametersIn('query', route.query))
  if (route.headers) parameters.push(...parametersIn('header', route.headers))
  const status = String(route.status ?? 200)
  return {
    tags: [route.tag],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    ...(route.isPublic ? { security: [] } : { security: [{ accessToken: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } }
      : {}),
    responses: {
      [status]: {
        description: '成功',
        ...(route.response ? { content: { 'application/json': { schema: schemaOf(route.response, 'output') } } } : {}),
      },
      default: ERROR_REF,
    },
  }
}

function parametersIn(place: 'query' | 'header', fields: z.ZodType): Json[] {
  const schema = schemaOf(fields, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const json = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
    },
  }) as Json
  delete json.$schema
  return json
}
