import { AppError } from '@hotline/shared/error'
import type { Crypto } from './crypto'
import type { Db } from './mongo'
import type { SealedPlace } from './reseal'

export interface Meta {
  _id: string
  value: string
  /** Something sealed once: who can open it can open the rest. */
  sealed?: string
}

const CONTEXT = 'meta/secrets'

/** The mark by which a database knows its keys, for a change of keys. */
export const SEALED_IN_META: SealedPlace<Meta> = {
  collection: 'meta',
  label: '密钥标记',
  projection: { sealed: 1 },
  valuesOf: ({ sealed }) => (sealed ? [{ path: 'sealed', value: sealed, context: CONTEXT }] : []),
}

/**
 * A database remembers with which keys it is written. With other ones nobody's number could be found or read, and what
 * is written meanwhile would be lost to the right ones: so the start is refused.
 * @throws AppError unavailable
 */
export async function assertSameSecrets(db: Db, crypto: Crypto): Promise<void> {
  const meta = db.collection<Meta>('meta')
  const row = await meta.findOneAndUpdate(
    { _id: 'secrets' },
    { $setOnInsert: { value: crypto.fingerprint(), sealed: crypto.seal('hotline', CONTEXT) } },
    { upsert: true, returnDocument: 'after' },
  )
  if (row && (row.value !== crypto.fingerprint() || !canOpen(crypto, row.sealed))) {
    throw new AppError(
      'unavailable',
      '密钥与这个数据库不匹配：请使用写入它时的同一个 DATA_DIR，或同样的 JWT_SECRET、FIELD_KEYS、HASH_KEY',
    )
  }
}

/** A key that was rotated out stays good while it is listed; one that is missing or another under its name is not. */
function canOpen(crypto: Crypto, sealed: string | undefined): boolean {
  if (!sealed) return true
  try {
    return crypto.open(sealed, CONTEXT) !== ''
  } catch {
    return false
  }
}
