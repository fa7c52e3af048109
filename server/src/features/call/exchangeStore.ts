import type { Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'

/** 交换机: who may tell of calls. Of its token only the hash is kept. */
export interface ExchangeRow {
  _id: string
  name: string
  tokenHash: string
  /** To tell two apart. */
  tokenEnd: string
  createdAt: Date
  createdBy: string
  lastEventAt?: Date
  /** The last thing that it sent and nobody could read. */
  lastProblem?: { at: Date; text: string }
  revokedAt?: Date
  revokedBy?: string
}

export interface ExchangeStore {
  list(): Promise<ExchangeRow[]>
  insert(row: ExchangeRow, tx: Tx): Promise<void>
  findByToken(tokenHash: string): Promise<ExchangeRow | undefined>
  /** Newest moment at which it spoke; noted once a minute. */
  heard(exchange: ExchangeRow, at: Date): Promise<void>
  problem(id: string, at: Date, text: string): Promise<void>
  /** @returns the row, or undefined when there is no such one in use */
  revoke(id: string, at: Date, by: string, tx: Tx): Promise<ExchangeRow | undefined>
}

const NOTED_MS = 60_000

export function createExchangeStore(db: Db): ExchangeStore {
  const rows = db.collection<ExchangeRow>('ctiExchanges')
  return {
    list: () => rows.find().sort({ createdAt: -1 }).limit(200).toArray(),
    insert: async (row, { session }) => void (await rows.insertOne(row, { session })),
    findByToken: async (tokenHash) =>
      (await rows.findOne({ tokenHash, revokedAt: { $exists: false } } as never)) ?? undefined,
    async heard({ _id, lastEventAt }, at) {
      if (lastEventAt && at.getTime() - lastEventAt.getTime() < NOTED_MS) return
      await rows.updateOne({ _id }, { $set: { lastEventAt: at } }, { writeConcern: { w: 1 } })
    },
    async problem(id, at, text) {
      await rows.updateOne({ _id: id }, { $set: { lastProblem: { at, text } } }, { writeConcern: { w: 1 } })
    },
    revoke: async (id, at, by, { session }) =>
      (await rows.findOneAndUpdate(
        { _id: id, revokedAt: { $exists: false } } as never,
        { $set: { revokedAt: at, revokedBy: by } },
        { returnDocument: 'after', session },
      )) ?? undefined,
  }
}
