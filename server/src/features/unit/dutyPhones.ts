import type { Unit } from '@hotline/shared/unit/unit'
import type { Crypto } from '../../platform/crypto'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import type { SealedPlace } from '../../platform/reseal'
import { demoDutyPhones } from './demoDutyPhones'

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
  set(unitId: string, phone: string, tx: Tx): Promise<void>
  /** One for each, where no unit has any yet: for a demo, whose units nobody really rings. */
  seedDemo(units: readonly Unit[]): Promise<void>
}

const COLLECTION = 'unitPhones'
const contextOf = (unitId: string) => `unitPhones/${unitId}`

export function createDutyPhones(db: Db, crypto: Crypto): DutyPhones {
  const phones = db.collection<PhoneRow>(COLLECTION)
  const sealed = (unitId: string, phone: string) => crypto.seal(phone, contextOf(unitId))
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
    async set(unitId, phone, { session }) {
      if (phone === '') await phones.deleteOne({ _id: unitId }, { session })
      else
        await phones.updateOne({ _id: unitId }, { $set: { phone: sealed(unitId, phone) } }, { upsert: true, session })
    },
    async seedDemo(units) {
      if (await phones.findOne({}, { projection: { _id: 1 } })) return
      const rows = [...demoDutyPhones(units)].map(([_id, phone]) => ({ _id, phone: sealed(_id, phone) }))
      try {
        await phones.insertMany(rows, { ordered: false })
      } catch (error) {
        // A second process that starts on the same new database.
        if (!isDuplicate(error)) throw error
      }
    },
  }
}

export const SEALED_IN_UNIT_PHONES: SealedPlace<PhoneRow> = {
  collection: COLLECTION,
  label: '单位值班电话',
  projection: { phone: 1 },
  valuesOf: ({ _id, phone }) => [{ path: 'phone', value: phone, context: contextOf(_id) }],
}
