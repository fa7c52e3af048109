import { isDuplicate, type Db } from '../../platform/mongo'
import type { CallRow } from './callStore'

/** 漏接回拨: what was tried for a number that nobody has spoken to. */
export interface ReturnState {
  /** Hash of the number. */
  _id: string
  claimedBy?: { userId: string; name: string }
  claimedAt?: Date
  /** Calls back that nobody took. */
  attempts: number
  lastAttemptAt?: Date
}

/** A number with all its calls in vain. */
export interface Waiting {
  _id: string
  tries: number
  firstAt: Date
  lastAt: Date
  /** The newest of them. */
  last: Pick<CallRow, '_id' | 'number' | 'result'> & { queue?: string }
}

export interface ReturnCallStore {
  /** The longest waiting first. */
  waiting(limit: number): Promise<Waiting[]>
  /** How many numbers wait; counts no further than `limit`. */
  count(limit: number): Promise<number>
  newestOf(numberHash: string): Promise<CallRow | undefined>
  states(numberHashes: readonly string[]): Promise<ReturnState[]>
  /** @returns whoever else has taken it a moment ago, or undefined when it is his now */
  claim(numberHash: string, by: { userId: string; name: string }, at: Date): Promise<ReturnState['claimedBy']>
  /** Somebody else's claim that still holds. */
  heldByOther(numberHash: string, userId: string, at: Date): Promise<ReturnState['claimedBy']>
  unreached(numberHash: string, at: Date): Promise<void>
  /** The number was spoken to: what it tried before is done with. @returns how many calls */
  clear(numberHash: string, until: Date, at: Date): Promise<number>
  /** Whether anybody has spoken to the number since. */
  answeredSince(numberHash: string, since: Date): Promise<Date | undefined>
}

/** Of calls that nobody returned for months the longest waiting are looked at: agents ask with every call that is missed. */
const MOST_CALLS = 3000
const LONGEST = [{ $match: { wantsReturn: true } }, { $sort: { beganAt: 1 } }, { $limit: MOST_CALLS }]
/** Who took a number and does not call is not waited for longer. */
const CLAIM_MS = 15 * 60_000

export function createReturnCallStore(db: Db): ReturnCallStore {
  const calls = db.collection<CallRow>('calls')
  const states = db.collection<ReturnState>('callReturns')
  const holds = (at: Date) => new Date(at.getTime() - CLAIM_MS)

  return {
    waiting: (limit) =>
      calls
        .aggregate<Waiting>([
          ...LONGEST,
          {
            $group: {
              _id: '$numberHash',
              tries: { $sum: 1 },
              firstAt: { $first: '$beganAt' },
              lastAt: { $last: '$beganAt' },
              last: { $last: { _id: '$_id', number: '$number', result: '$result', queue: '$call.queue' } },
            },
          },
          { $sort: { firstAt: 1, _id: 1 } },
          { $limit: limit },
        ])
        .toArray(),
    async count(limit) {
      const [found] = await calls
        .aggregate<{
          n: number
        }>([...LONGEST, { $group: { _id: '$numberHash' } }, { $limit: limit }, { $count: 'n' }])
        .toArray()
      return found?.n ?? 0
    },
    newestOf: async (numberHash) =>
      (await calls.findOne({ numberHash, wantsReturn: true }, { sort: { beganAt: -1 } })) ?? undefined,
    states: (numberHashes) => states.find({ _id: { $in: [...numberHashes] } }).toArray(),
    async claim(numberHash, by, at) {
      const isFree = [
        { claimedBy: { $exists: false } },
        { 'claimedBy.userId': by.userId },
        { claimedAt: { $lt: holds(at) } },
      ]
      try {
        await states.updateOne(
          { _id: numberHash, $or: isFree },
          { $set: { claimedBy: by, claimedAt: at }, $setOnInsert: { attempts: 0 } },
          { upsert: true },
        )
        return undefined
      } catch (error) {
        // It is there and not free, so that the upsert tried to make it anew.
        if (!isDuplicate(error)) throw error
        return (await states.findOne({ _id: numberHash }))?.claimedBy ?? { userId: '', name: '他人' }
      }
    },
    async heldByOther(numberHash, userId, at) {
      const state = await states.findOne({ _id: numberHash, claimedAt: { $gte: holds(at) } })
      return state?.claimedBy?.userId === userId ? undefined : state?.claimedBy
    },
    async unreached(numberHash, at) {
      await states.updateOne(
        { _id: numberHash },
        { $inc: { attempts: 1 }, $set: { lastAttemptAt: at }, $unset: { claimedBy: '', claimedAt: '' } },
        { upsert: true },
      )
    },
    async clear(numberHash, until, at) {
      const { modifiedCount } = await calls.updateMany(
        { numberHash, wantsReturn: true, beganAt: { $lte: until } },
        { $set: { returnedAt: at }, $unset: { wantsReturn: '' }, $inc: { version: 1 } },
      )
      if (modifiedCount > 0) await states.deleteOne({ _id: numberHash })
      return modifiedCount
    },
    async answeredSince(numberHash, since) {
      const filter = { numberHash, beganAt: { $gte: since }, 'call.answeredAt': { $exists: true } }
      return (await calls.findOne(filter, { sort: { beganAt: 1 } }))?.call.answeredAt
    },
  }
}

/** For a list: until when a claim holds is the store's to know. */
export function claimOf(state: ReturnState | undefined, at: Date): ReturnState['claimedBy'] {
  return state?.claimedAt && at.getTime() - state.claimedAt.getTime() <= CLAIM_MS ? state.claimedBy : undefined
}
