import type { Call, Seconds } from '@hotline/shared/call/call'
import type { CallDirection, CallResult, CallState } from '@hotline/shared/call/labels'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { HashedPlace } from '../../platform/rehash'
import type { SealedPlace } from '../../platform/reseal'
import { isPhone, normalizePhone } from '@hotline/shared/user/masking'
import { phoneHash } from '../ticket/sealedContact'

export interface LinkedTicket {
  id: string
  no: string
}

/** A call: what its events told, and beside it what lists and counts ask for. */
export interface CallRow {
  /** Of exchange and of its own name of the call: whoever writes it first, the same call is the same row. */
  _id: string
  version: number
  exchangeId: string
  call: Call
  direction: CallDirection
  state: CallState
  result?: CallResult
  /** It has not ended, or is being wrapped up. */
  isLive?: true
  agentId?: string
  /** As he was called then. */
  agentName?: string
  beganAt: Date
  /** While it is being wrapped up. */
  wrapUpBy?: Date
  seconds: Seconds
  /** Of the citizen; absent when it was withheld. */
  numberHash?: string
  /** Sealed: `calls/{id}/number`. */
  number?: string
  /** One can call it back: no inner extension. */
  isCallable?: true
  tickets: LinkedTicket[]
  /** Nobody spoke to who called, and nobody has called back yet. */
  wantsReturn?: true
  returnedAt?: Date
}

export interface CallStore {
  find(id: string): Promise<CallRow | undefined>
  /** @returns false when somebody else has written it meanwhile */
  save(before: CallRow | undefined, after: CallRow): Promise<boolean>
  link(id: string, ticket: LinkedTicket): Promise<CallRow | undefined>
  /** Wrap-ups that are over by the clock. */
  wrapUpsDue(now: Date, limit: number): Promise<CallRow[]>
  /** Calls that began before and have not ended. */
  openSince(before: Date, limit: number): Promise<CallRow[]>
}

export const callNumberContext = (callId: string) => `calls/${callId}/number`

export function createCallStore(db: Db): CallStore {
  const calls = db.collection<CallRow>('calls')
  return {
    find: async (id) => (await calls.findOne({ _id: id })) ?? undefined,
    async save(before, after) {
      if (before) {
        const filter = { _id: after._id, version: before.version }
        const { matchedCount } = await calls.replaceOne(filter, after, { ignoreUndefined: true })
        return matchedCount === 1
      }
      try {
        await calls.insertOne(after, { ignoreUndefined: true })
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
    async link(id, ticket) {
      const update = { $push: { tickets: ticket }, $inc: { version: 1 } }
      await calls.updateOne({ _id: id, 'tickets.id': { $ne: ticket.id } }, update)
      return (await calls.findOne({ _id: id })) ?? undefined
    },
    wrapUpsDue: (now, limit) =>
      calls
        .find({ wrapUpBy: { $lte: now } })
        .sort({ wrapUpBy: 1 })
        .limit(limit)
        .toArray(),
    openSince: (before, limit) =>
      calls
        .find({ isLive: true, beganAt: { $lte: before }, state: { $in: ['ringing', 'talking'] } })
        .sort({ beganAt: 1 })
        .limit(limit)
        .toArray(),
  }
}

/** Where calls are found by their numbers; who waits to be called back is known by the same hash. */
export const HASHED_IN_CALLS: HashedPlace<Pick<CallRow, '_id' | 'number' | 'numberHash' | 'version'>> = {
  collection: 'calls',
  projection: { number: 1, numberHash: 1, version: 1 },
  renewed({ _id, number, numberHash, version }, crypto) {
    if (!number) return undefined
    const told = crypto.open(number, callNumberContext(_id))
    const hash = phoneHash(crypto, told)
    if (hash === numberHash) return undefined
    const spelled = normalizePhone(told)
    return {
      was: { version },
      set: {
        version: version + 1,
        numberHash: hash,
        number: crypto.seal(spelled, callNumberContext(_id)),
        ...(isPhone(spelled) ? { isCallable: true } : {}),
      },
    }
  },
  async before(db, { numberHash }, { numberHash: hash }) {
    const states = db.collection<{ _id: string }>('callReturns')
    const state = numberHash === undefined ? null : await states.findOne({ _id: numberHash })
    if (!state) return
    const { _id, ...rest } = state
    await states.updateOne({ _id: String(hash) }, { $setOnInsert: rest }, { upsert: true })
    await states.deleteOne({ _id })
  },
}

/** Where calls' numbers stand, for a change of keys. */
export const SEALED_IN_CALLS: SealedPlace<Pick<CallRow, '_id' | 'number'>> = {
  collection: 'calls',
  label: '通话号码',
  projection: { number: 1 },
  valuesOf: ({ _id, number }) => (number ? [{ path: 'number', value: number, context: callNumberContext(_id) }] : []),
}
