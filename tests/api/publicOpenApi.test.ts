import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '@hotline/server/platform/log'
import { createFixedClock } from '@hotline/server/platform/clock'
import { wire, type Wired } from '@hotline/server/wire'
import { COMMAND_SCHEMAS, COMMAND_TYPES, type CommandType } from '@hotline/shared/ticket/commands'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import { FRIDAY } from '../helpers/app'
import { freshDatabase } from '../helpers/database'

interface Schema {
  $ref?: string
  [key: string]: unknown
}
interface Operation {
  tags: string[]
  summary: string
  security?: object[]
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: Record<string, { $ref?: string; description?: string }>
}
interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
}

/** What Express keeps of a mounted router or a route. */
interface Layer {
  rawPath?: string
  route?: { path: string; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

const database = freshDatabase()
let wired: Wired
let document: Document
beforeAll(async () => {
  const secrets = {
    jwt: randomBytes(48),
    fieldKeys: new Map([['k1', randomBytes(32)]]),
    currentFieldKey: 'k1',
    hash: randomBytes(32),
  }
  const config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: '',
    mongoUri: database.uri,
    isEmbedded: true,
    isDemo: false,
    logLevel: 'silent',
    cityCode: '371600',
    proxies: 0,
    secrets,
  }
  wired = await wire(config, { clock: createFixedClock(FRIDAY), logger: createLogger('silent') })
  await new Promise<void>((resolve) => wired.httpServer.listen(0, '127.0.0.1', resolve))
  const address = wired.httpServer.address()
  const port = typeof address === 'object' && address ? address.port : 0
  document = (await (await fetch(`http://127.0.0.1:${port}/api/openapi.json`)).json()) as Document
})
afterAll(async () => {
  await wired.stop()
  await database.drop()
})

interface Served {
  method: string
  path: string
}

/** Every route, in the order in which Express asks them. */
function routesOf(stack: Layer[], above = ''): Served[] {
  return stack.flatMap(({ rawPath = '', route, handle }) => {
    if (route) return Object.keys(route.methods).map((method) => ({ method, path: above + route.path }))
    return handle.stack ? routesOf(handle.stack, above + rawPath.replace(/\/$/, '')) : []
  })
}

const segmentsOf = (path: string) => path.split('/').filter(Boolean)

/** The route that Express would take. */
function served(routes: Served[], { method, path }: Served): Served | undefined {
  const asked = segmentsOf(path)
  return routes.find((route) => {
    const parts = segmentsOf(route.path)
    const fits = parts.length === asked.length && parts.every((part, n) => part.startsWith(':') || part === asked[n])
    return fits && route.method === method
  })
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )

/** Pages, not interfaces. */
const UNDOCUMENTED = ['/api/openapi.json', '/api/docs', '/api/docs/page.js']

describe('OpenAPI 文档', () => {
  it('每条路由都在文档里，文档里的每条都有路由', () => {
    const { stack } = (wired.app as unknown as { router: { stack: Layer[] } }).router
    const routes = routesOf(stack).filter(({ path }) => path.startsWith('/api/') && !UNDOCUMENTED.includes(path))
    expect(routes.length).toBeGreaterThan(30)
    const listed = operations()
    const taken = new Set(listed.map((one) => served(routes, one)))
    const toText = ({ method, path }: Served) => `${method} ${path}`
    expect(routes.filter((route) => !taken.has(route)).map(toText)).toEqual([])
    expect(listed.filter((one) => !served(routes, one)).map(toText)).toEqual([])
  })

  it('每个由人进行的操作各有一条，时钟的没有', () => {
    const commands = Object.keys(document.paths).flatMap(
      (path) => /^\/api\/tickets\/\{id\}\/(\w+)$/.exec(path)?.[1] ?? [],
    )
    const isPosted = (type: CommandType) => type !== 'register' && LIFECYCLE[type].by.some((role) => role !== 'system')
    const expected = COMMAND_TYPES.filter(isPosted)
    expect(commands.filter((name) => name in COMMAND_SCHEMAS).sort()).toEqual(expected.sort())
  })

  it('是一份有效的 OpenAPI 3.1：标识、摘要、路径参数、响应、引用都齐全', () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(document.info.title && document.info.version).toBeTruthy()
    for (const { method, path, operation } of operations()) {
      const where = `${method} ${path}`
      expect(['get', 'post', 'patch', 'put', 'delete'], where).toContain(method)
      expect(operation.summary, where).toMatch(/[\u4e00-\u9fff]/)
      expect(operation.tags.length, where).toBe(1)
      const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name)
      expect(inPath.sort(), where).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort())
      const names = (operation.parameters ?? []).map((one) => `${one.in} ${one.name}`)
      expect(new Set(names).size, where).toBe(names.length)
      expect(
        Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status)),
        where,
      ).toBe(true)
      if (method === 'get') expect(operation.requestBody, where).toBeUndefined()
      const body = operation.requestBody?.content['application/json'].schema
      if (operation.requestBody) expect(body, where).toMatchObject({ type: 'object' })
    }
    for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
      const target = ref!.replace(/^#\//, '').split('/')
      const found = target.reduce<unknown>(
        (node, key) => (node as Record<string, unknown> | undefined)?.[key],
        document,
      )
      expect(found, ref).toBeDefined()
    }
  })

  it('要登录的写着要令牌，写操作写着要幂等键', () => {
    for (const { method, path, operation } of operations()) {
      const isOpen =
        /^\/api\/(auth\/(sign-in|refresh|sign-out)|public\/|demo|cti\/)/.test(path) &&
        !(method === 'post' && path === '/api/demo/clock')
      expect([method, path, operation.security?.length]).toEqual([method, path, isOpen ? 0 : 1])
    }
    const keyed = document.paths['/api/tickets']?.post?.parameters?.map(({ name }) => name)
    expect(keyed).toContain('Idempotency-Key')
  })

  it('字段的约束来自校验用的同一份定义', () => {
    const schema = document.paths['/api/tickets']?.post?.requestBody?.content['application/json'].schema as {
      properties: Record<string, { maxLength?: number; enum?: string[] }>
      required: string[]
      additionalProperties: boolean
    }
    expect(schema.properties.detail?.maxLength).toBe(20_000)
    expect(schema.properties.urgency?.enum).toEqual(['general', 'urgent', 'critical'])
    expect(schema.required).toEqual(expect.arrayContaining(['channel', 'caller', 'kind', 'regionCode', 'detail']))
    expect(schema.additionalProperties).toBe(false)
    expect(schema.properties.type).toBeUndefined()
  })
})
