import type { Crypto } from '../../platform/crypto'
import type { Db } from '../../platform/mongo'
import type { SealedPlace } from '../../platform/reseal'

interface PhoneRow {
  /** The unit. */
  _id: string
  /** Sealed: it may be somebody's own. */
  phone: string
}

/** 值班电话 of the units, sealed; read when one is to be rung. */
export interface DutyPhones {
  of(unitId: string): Promise<string | undefined>
  /** Empty: none any more. */
  set(unitId: string, phone: string): Promise<void>
}

const COLLECTION = 'unitPhones'
const contextOf = (unitId: string) => `unitPhones/${unitId}`

export function createDutyPhones(db: Db, crypto: Crypto): DutyPhones {
  const phones = db.collection<PhoneRow>(COLLECTION)
  return {
    async of(unitId) {
      const row = await phones.findOne({ _id: unitId })
      try {
        return row ? crypto.open(row.phone, contextOf(unitId)) : undefined
      } catch {
        // One that cannot be opened holds up nobody else's message.
        return undefined
      }
    },
    async set(unitId, phone) {
      if (phone === '') await phones.deleteOne({ _id: unitId })
      else
        await phones.updateOne(
          { _id: unitId },
          { $set: { phone: crypto.seal(phone, contextOf(unitId)) } },
          { upsert: true },
        )
    },
  }
}

export const SEALED_IN_UNIT_PHONES: SealedPlace<PhoneRow> = {
  collection: COLLECTION,
  label: '单位值班电话',
  projection: { phone: 1 },
  valuesOf: ({ _id, phone }) => [{ path: 'phone', value: phone, context: contextOf(_id) }],
}
