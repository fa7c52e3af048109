import { resolve } from 'node:path'
import { AppError } from '@hotline/shared/error'
import { z } from 'zod'
import type { S3Config } from './platform/s3Config'
import { loadSecrets, type Secrets } from './platform/secrets'

export interface Config {
  port: number
  host: string
  dataDir: string
  mongoUri: string
  /** The database was started together with this process, from the same data folder. */
  isEmbedded: boolean
  webDir?: string
  /** Demo accounts and their common password are created in an empty database. */
  isDemo: boolean
  /** The city's clock may be moved forward, for a drill; in a demo only. */
  hasDrillClock?: boolean
  logLevel: string
  cityCode: string
  /** How many reverse proxies stand in front: whose X-Forwarded-* headers are believed. */
  proxies: number
  /** Without it attachments lie in the database. */
  s3?: S3Config
  secrets: Secrets
}

const Flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .transform((text) => (text === '' ? undefined : text === '1' || text === 'true'))
  .optional()

const Env = z.object({
  PORT: z.coerce.number({ error: '必须是 0–65535 的端口号' }).int().min(0).max(65_535).default(12_345),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.data'),
  MONGODB_URI: z
    .string({ error: '没有给出数据库地址；请用 npm start 启动，或设置 MONGODB_URI' })
    .regex(/^mongodb(\+srv)?:\/\/\S+$/, '必须以 mongodb:// 开头'),
  HOTLINE_EMBEDDED: Flag,
  WEB_DIR: z.string().min(1).optional(),
  DEMO: Flag,
  DRILL_CLOCK: Flag,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CITY_CODE: z
    .string()
    .regex(/^\d{6}$/, '必须是 6 位行政区划代码')
    .default('371600'),
  S3_ENDPOINT: z
    .string()
    .regex(/^(https?:\/\/\S+)?$/, '必须以 http:// 或 https:// 开头')
    .optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: Flag,
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
})

/**
 * Reads the environment once. Secrets are generated only together with an embedded database: with a database of its
 * own, losing them with the data folder would make stored contact data unreadable.
 * @throws AppError unavailable, a sentence fit for the terminal
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = Env.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError('unavailable', `环境变量 ${String(issue?.path[0])} 不正确：${issue?.message}`)
  }
  const { data } = parsed
  const isEmbedded = data.HOTLINE_EMBEDDED ?? false
  const isDemo = data.DEMO ?? isEmbedded
  if (data.DRILL_CLOCK && !isDemo)
    throw new AppError('unavailable', '环境变量 DRILL_CLOCK 只能用于演示系统（DEMO=1）：正式系统的时钟不能拨动')
  const dataDir = resolve(data.DATA_DIR)
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir,
    mongoUri: data.MONGODB_URI,
    isEmbedded,
    webDir: data.WEB_DIR && resolve(data.WEB_DIR),
    isDemo,
    hasDrillClock: data.DRILL_CLOCK ?? false,
    logLevel: data.LOG_LEVEL,
    cityCode: data.CITY_CODE,
    proxies: data.TRUST_PROXY,
    s3: s3Of(data),
    secrets: loadSecrets(env, dataDir, isEmbedded),
  }
}

/** All or nothing: half a setting would put files where nobody looks for them. */
function s3Of(data: z.output<typeof Env>): S3Config | undefined {
  const { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_ENDPOINT, S3_REGION, S3_FORCE_PATH_STYLE } = data
  const needed = { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }
  const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]))
  if (missing.length === 3 && !S3_ENDPOINT) return undefined
  if (!S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY)
    throw new AppError('unavailable', `对象存储的设置不全，还缺环境变量 ${missing.join('、')}`)
  return {
    endpoint: S3_ENDPOINT || undefined,
    bucket: S3_BUCKET,
    region: S3_REGION || 'us-east-1',
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    // A store of one's own is seldom reached by names of buckets.
    forcePathStyle: S3_FORCE_PATH_STYLE ?? !!S3_ENDPOINT,
  }
}
