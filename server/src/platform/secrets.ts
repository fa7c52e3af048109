import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@hotline/shared/error'
import { z } from 'zod'

export interface FieldKeys {
  /** Key id → 32 bytes. What was sealed under an old id stays readable while its key is listed. */
  fieldKeys: ReadonlyMap<string, Buffer>
  currentFieldKey: string
}

export interface Secrets extends FieldKeys {
  jwt: Buffer
  hash: Buffer
  /**
   * Follows the data folder, so that a running process takes up a change: each call tells the keys as they are now, or
   * nothing when they are as before. Absent when they come from the environment, which changes with a restart only.
   */
  follow?(): () => FieldKeys | undefined
}

const Stored = z.strictObject({ JWT_SECRET: z.string(), FIELD_KEYS: z.string(), HASH_KEY: z.string() })
export type Stored = z.infer<typeof Stored>

const NAMES = ['JWT_SECRET', 'FIELD_KEYS', 'HASH_KEY'] as const
export const FILE_NAME = 'secrets.json'

/**
 * From the environment when all three are there, else from the data folder (0600), where they are generated once.
 * @throws AppError unavailable when they are missing and may not be generated, or are malformed
 */
export function loadSecrets(env: NodeJS.ProcessEnv, dataDir: string, mayGenerate: boolean): Secrets {
  const given = NAMES.filter((name) => env[name])
  if (given.length > 0 && given.length < NAMES.length) {
    const missing = NAMES.filter((name) => !env[name]).join('、')
    throw new AppError('unavailable', `环境变量里的密钥不完整，还缺 ${missing}`)
  }
  if (given.length === NAMES.length) return parseSecrets(Stored.parse(pick(env)))
  const file = join(dataDir, FILE_NAME)
  const stored = readStored(file) ?? (mayGenerate ? generate(dataDir, file) : undefined)
  if (!stored) {
    throw new AppError(
      'unavailable',
      `没有密钥，服务不启动：请设置环境变量 ${NAMES.join('、')}，或把 DATA_DIR 指向含 ${FILE_NAME} 的数据目录（${dataDir}）`,
    )
  }
  return { ...parseSecrets(stored), follow: () => followFile(file) }
}

/** Looks at the file's stamp first: it is asked every second. */
function followFile(file: string): () => FieldKeys | undefined {
  let stamp = stampOf(file)
  return () => {
    const now = stampOf(file)
    if (now === stamp) return undefined
    stamp = now
    const stored = readStored(file)
    return stored && parseFieldKeys(stored.FIELD_KEYS)
  }
}

function stampOf(file: string): string {
  try {
    const { mtimeMs, ino, size } = statSync(file)
    return `${mtimeMs} ${ino} ${size}`
  } catch {
    return ''
  }
}

function pick(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(NAMES.map((name) => [name, env[name]]))
}

export function readStored(file: string): Stored | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new AppError('unavailable', `密钥文件 ${file} 读不出来`, undefined, { cause })
  }
  try {
    return Stored.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('unavailable', `密钥文件 ${file} 已损坏，请从备份恢复`, undefined, { cause })
  }
}

/** One step only: Node's recursive way never ends in a place such as /proc, which is there and takes no folder. */
function makeFolder(dir: string): void {
  try {
    mkdirSync(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Linked into place, so that two processes that start together end with one and the same file. */
function generate(dataDir: string, file: string): Stored {
  const stored: Stored = {
    JWT_SECRET: randomBytes(48).toString('base64'),
    FIELD_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    HASH_KEY: randomBytes(32).toString('base64'),
  }
  try {
    makeFolder(dataDir)
    linkOnce(file, `${JSON.stringify(stored, null, 2)}\n`)
  } catch (cause) {
    throw new AppError('unavailable', `密钥写不进数据目录 ${dataDir}，请检查权限和磁盘空间`, undefined, { cause })
  }
  return readStored(file) ?? stored
}

/** The file appears whole, with this content or that of whoever was first. */
export function linkOnce(file: string, text: string): void {
  const aside = writeAside(file, text)
  try {
    linkSync(aside, file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  } finally {
    unlinkSync(aside)
  }
}

/** A whole file beside the one that it shall become; only its owner may read it. */
export function writeAside(file: string, text: string): string {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const handle = openSync(aside, 'wx', 0o600)
  writeSync(handle, text)
  fsyncSync(handle)
  closeSync(handle)
  return aside
}

function parseSecrets(stored: Stored): Secrets {
  const jwt = Buffer.from(stored.JWT_SECRET, 'utf8')
  if (jwt.length < 32) throw new AppError('unavailable', 'JWT_SECRET 太短，至少 32 个字符')
  const hash = Buffer.from(stored.HASH_KEY, 'base64')
  if (hash.length < 32) throw new AppError('unavailable', 'HASH_KEY 必须是 base64 的 32 字节以上')
  return { jwt, hash, ...parseFieldKeys(stored.FIELD_KEYS) }
}

/** @throws AppError unavailable */
export function parseFieldKeys(text: string): FieldKeys {
  const fieldKeys = new Map<string, Buffer>()
  for (const part of text.split(',')) {
    const match = /^\s*([A-Za-z0-9_-]{1,16}):([A-Za-z0-9+/=]+)\s*$/.exec(part)
    const key = Buffer.from(match?.[2] ?? '', 'base64')
    if (!match?.[1] || key.length !== 32) {
      throw new AppError('unavailable', 'FIELD_KEYS 必须形如 k1:base64（32 字节），多个用逗号分开，第一个为当前密钥')
    }
    fieldKeys.set(match[1], key)
  }
  return { fieldKeys, currentFieldKey: [...fieldKeys.keys()][0] ?? '' }
}
