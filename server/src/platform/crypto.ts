import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import type { FieldKeys, Secrets } from './secrets'

export interface Crypto {
  /**
   * AES-256-GCM under the current key: `keyId.base64url(iv ‖ tag ‖ text)`. `context` (collection, id, field) is
   * authenticated, so that a sealed value cannot be moved to another document.
   */
  seal(text: string, context: string): string
  /** @throws AppError internal when the value was altered, moved, or its key is not listed any more */
  open(sealed: string, context: string): string
  /** Keyed hash for equality search. `normalized` must already be in its one spelling. */
  hashOf(kind: string, normalized: string): string
  /** A key for one purpose, derived from the JWT secret. */
  keyFor(purpose: string): Buffer
  /** Takes up keys that were added or removed since; who meets an unknown key looks at once. @returns whether it changed */
  refresh(): boolean
  /** The ids of its keys, the one that seals first. */
  keyIds(): string[]
  /** Changes when the hash key does: a database remembers whose it is. */
  fingerprint(): string
}

const IV_BYTES = 12
const TAG_BYTES = 16

/** Under which key a value was sealed. */
export function keyIdOf(sealed: string): string {
  return sealed.slice(0, sealed.indexOf('.'))
}

export function createCrypto(secrets: Secrets): Crypto {
  let ring: FieldKeys = secrets
  const follow = secrets.follow?.()
  const hashOf = (kind: string, normalized: string) =>
    createHmac('sha256', secrets.hash).update(`${kind}\0${normalized}`).digest('base64url')

  function refresh(): boolean {
    const next = follow?.()
    if (next) ring = next
    return next !== undefined
  }

  function keyNamed(id: string): Buffer | undefined {
    // Another process may seal with a key that was made a moment ago.
    if (!ring.fieldKeys.has(id)) refresh()
    return ring.fieldKeys.get(id)
  }

  return {
    seal(text, context) {
      const { fieldKeys, currentFieldKey } = ring
      const key = fieldKeys.get(currentFieldKey)
      if (!key) throw new AppError('internal', '没有当前加密密钥')
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(context, 'utf8'))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${currentFieldKey}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(sealed, context) {
      const id = keyIdOf(sealed)
      const key = keyNamed(id)
      if (!key) throw new AppError('internal', '解密所需的密钥不在密钥环里')
      const bytes = Buffer.from(sealed.slice(id.length + 1), 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
        decipher.setAAD(Buffer.from(context, 'utf8'))
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new AppError('internal', '加密数据校验失败', undefined, { cause })
      }
    },
    hashOf,
    refresh,
    keyIds: () => [ring.currentFieldKey, ...[...ring.fieldKeys.keys()].filter((id) => id !== ring.currentFieldKey)],
    keyFor: (purpose) => Buffer.from(hkdfSync('sha256', secrets.jwt, 'hotline', purpose, 32)),
    fingerprint: () => hashOf('fingerprint', 'hotline').slice(0, 16),
  }
}

/** Compares without telling by its time how much was right. */
export function isSameSecret(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}
