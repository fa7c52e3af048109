import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../config'
import { createCrypto } from './crypto'
import { loadSecrets } from './secrets'

const dir = mkdtempSync(join(tmpdir(), 'secrets-'))
afterAll(() => rmSync(dir, { recursive: true }))
const key = () => randomBytes(32).toString('base64')

describe('密钥', () => {
  it('数据目录里生成一次，只有自己可读，再启动读到同一份', () => {
    const first = loadSecrets({}, join(dir, 'a'), true)
    const file = join(dir, 'a', 'secrets.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, 'utf8')
    expect(loadSecrets({}, join(dir, 'a'), false).jwt.equals(first.jwt)).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
  it('外部数据库且没有密钥，不启动', () => {
    expect(() => loadSecrets({}, join(dir, 'b'), false)).toThrow(/没有密钥，服务不启动/)
    expect(() => loadConfig({ MONGODB_URI: 'mongodb://x', DATA_DIR: join(dir, 'b') })).toThrow(/没有密钥/)
  })
  it('只给一部分环境变量，说出缺哪个', () => {
    expect(() => loadSecrets({ JWT_SECRET: 'x' }, dir, true)).toThrow(/还缺 FIELD_KEYS、HASH_KEY/)
  })
  it('环境变量不正确，是一句话', () => {
    expect(() => loadConfig({ PORT: 'abc', MONGODB_URI: 'mongodb://x' })).toThrow(/^环境变量 PORT 不正确/)
    expect(() => loadConfig({})).toThrow(/MONGODB_URI/)
  })
})

describe('字段加密', () => {
  const [k1, k2, hash] = [key(), key(), key()]
  const jwt = 'x'.repeat(40)
  const old = createCrypto(loadSecrets({ JWT_SECRET: jwt, FIELD_KEYS: `k1:${k1}`, HASH_KEY: hash }, dir, false))
  const rotated = createCrypto(
    loadSecrets({ JWT_SECRET: jwt, FIELD_KEYS: `k2:${k2},k1:${k1}`, HASH_KEY: hash }, dir, false),
  )
  it('封得上，打得开，每次不同', () => {
    const sealed = old.seal('13800000000', 'tickets/1/phone')
    expect(sealed).toMatch(/^k1\./)
    expect(sealed).not.toBe(old.seal('13800000000', 'tickets/1/phone'))
    expect(old.open(sealed, 'tickets/1/phone')).toBe('13800000000')
  })
  it('换位置、改一字节都打不开', () => {
    const sealed = old.seal('13800000000', 'tickets/1/phone')
    expect(() => old.open(sealed, 'tickets/2/phone')).toThrow('加密数据校验失败')
    expect(() => old.open(sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA'), 'tickets/1/phone')).toThrow()
  })
  it('轮换密钥后旧数据可读，新数据用新钥', () => {
    expect(rotated.open(old.seal('张三', 'c'), 'c')).toBe('张三')
    const sealed = rotated.seal('张三', 'c')
    expect(sealed).toMatch(/^k2\./)
    expect(() => old.open(sealed, 'c')).toThrow('密钥环')
  })
  it('等值检索的散列稳定且按类别分开', () => {
    expect(old.hashOf('phone', '1')).toBe(rotated.hashOf('phone', '1'))
    expect(old.hashOf('phone', '1')).not.toBe(old.hashOf('name', '1'))
  })
})
