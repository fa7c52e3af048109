import { DEFAULT_PROFILE } from '@hotline/shared/limits/presets'
import type { PoolOrder } from '@hotline/shared/limits/profile'
import { riskByOf } from '@hotline/shared/ticket/risk'
import type { Db } from '../../platform/mongo'
import type { TicketDoc } from './ticketDocument'

/** By which numbers the order of what waits was last made. */
interface OrderMark {
  _id: 'pool'
  order: PoolOrder
  /** What another process committed by the numbers of a moment ago is found by a second look. */
  looks: number
}

export interface PoolOrderStore {
  /** 派单池 in the city's order as it is now: `riskBy` stands with each ticket, and a changed number moves it. */
  keep(order: PoolOrder): Promise<void>
}

const LOOKS = 2
const BATCH = 500
const WITHOUT_TEXTS = { events: 0, keys: 0, facts: 0, sealed: 0, 't.detail': 0, 't.newFacts': 0 } as const

export function createPoolOrderStore(db: Db): PoolOrderStore {
  const tickets = db.collection<TicketDoc>('tickets')
  const marks = db.collection<OrderMark>('poolOrder')

  async function reorder(order: PoolOrder): Promise<void> {
    let updates: Parameters<typeof tickets.bulkWrite>[0][number][] = []
    const flush = async () => {
      if (updates.length > 0) await tickets.bulkWrite(updates, { ordered: false })
      updates = []
    }
    const waiting = tickets.find({ status: { $in: ['registered', 'accepted'] } }, { projection: WITHOUT_TEXTS })
    for await (const { _id, version, t, riskBy: before } of waiting) {
      const riskBy = riskByOf(t, order)
      // One that was changed meanwhile was given its place by that change.
      if (riskBy && riskBy.getTime() !== before?.getTime())
        updates.push({ updateOne: { filter: { _id, version }, update: { $set: { riskBy } } } })
      if (updates.length >= BATCH) await flush()
    }
    await flush()
  }

  return {
    async keep(order) {
      const mark = await marks.findOne({ _id: 'pool' })
      const isKnown = isSame(order, mark?.order ?? DEFAULT_PROFILE.poolOrder)
      if (isKnown && (mark?.looks ?? LOOKS) >= LOOKS) return
      await reorder(order)
      const looks = isKnown ? (mark?.looks ?? 0) + 1 : 1
      await marks.updateOne({ _id: 'pool' }, { $set: { order, looks } }, { upsert: true })
    },
  }
}

function isSame(one: PoolOrder, other: PoolOrder): boolean {
  return (Object.keys(one) as (keyof PoolOrder)[]).every((name) => one[name] === other[name])
}
