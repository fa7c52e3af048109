import { hasRole, type Actor } from '@hotline/shared/actor'
import { DAY } from '@hotline/shared/calendar/millis'
import { dayOf, type Day } from '@hotline/shared/calendar/day'
import { callLabels, LABEL_RULES, missedLabels, type EarlierTicket } from '@hotline/shared/call/label'
import { NO_CALLS, PROMPT_SECONDS, type CallCounts } from '@hotline/shared/call/measures'
import type { CallQuery, MyCalls } from '@hotline/shared/call/view'
import { UNANSWERED, type Presence } from '@hotline/shared/call/labels'
import { TOTAL_CAP, type Page } from '@hotline/shared/page'
import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { Role } from '@hotline/shared/user/roles'
import type { Clock } from '../../platform/clock'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import type { SealedContact } from '../ticket/sealedContact'
import type { TicketDoc } from '../ticket/ticketDocument'
import { callFilter, during, IS_ANSWERED, IS_IN, IS_TIMED, IS_VAIN, IS_WRAPPED, when } from './callFilter'
import type { CallRow } from './callStore'

export interface Caller {
  name?: string
  labels: string[]
}

/** Reads of calls; each has the actor first: an agent sees his own, who looks after all sees all. */
export interface CallQueries {
  live(actor: Actor): Promise<CallRow[]>
  /** Who calls, as the earlier tickets of these numbers tell; only for those on the actor's own line. */
  callers(rows: readonly CallRow[]): Promise<Map<string, Caller>>
  today(actor: Actor): Promise<MyCalls['today']>
  list(actor: Actor, query: CallQuery): Promise<Page<CallRow>>
  /** All of them, in the list's order, by one cursor. */
  each(actor: Actor, query: CallQuery): AsyncIterable<CallRow>
  countEach(actor: Actor, query: CallQuery, most: number): Promise<number>
  counts(actor: Actor, day: Day): Promise<CallCounts>
  ofTicket(ticketId: string): Promise<CallRow[]>
  /** Whoever comes for the first time is free. */
  presence(actor: Actor): Promise<{ state: Presence; since: Date }>
  setPresence(actor: Actor, state: Presence): Promise<{ state: Presence; since: Date }>
}

interface PresenceRow {
  _id: string
  state: Presence
  since: Date
}

const MOST_EARLIER = 100
const EARLIER = {
  'sealed.name': 1,
  't.registeredAt': 1,
  't.status': 1,
  't.urgency': 1,
  't.supervisions.closedAt': 1,
  't.reworkCount': 1,
  't.confidentiality': 1,
  't.isAnonymous': 1,
} as const

export function createCallQueries(
  db: Db,
  contact: Pick<SealedContact, 'nameOf'>,
  clock: Clock,
  seeAll: readonly Role[],
): CallQueries {
  const calls = db.collection<CallRow>('calls')
  const tickets = db.collection<TicketDoc>('tickets')
  const presences = db.collection<PresenceRow>('callPresence')
  const own = (actor: Actor) => (hasRole(actor, ...seeAll) ? {} : { agentId: actor.userId })
  const filterOf = (actor: Actor, query: CallQuery) => ({ ...callFilter(query), ...own(actor) })

  /** How often this number was not answered of late. */
  const missedBy = (numberHash: string, now: Date) =>
    calls.countDocuments(
      {
        numberHash,
        beganAt: { $gte: new Date(now.getTime() - LABEL_RULES.missedDays * DAY) },
        direction: 'in',
        result: { $in: [...UNANSWERED] },
      },
      { limit: MOST_EARLIER, ...READ_LIMIT },
    )

  return {
    live: (actor) => calls.find({ agentId: actor.userId, isLive: true }).sort({ beganAt: 1 }).limit(20).toArray(),

    async callers(rows) {
      const hashes = [...new Set(rows.flatMap(({ numberHash }) => numberHash ?? []))]
      const now = clock.now()
      // Nobody has more than a few calls in hand; and whoever calls daily must not hide who calls for the second time.
      const found = hashes.map(async (hash): Promise<[string, Caller]> => {
        const earlier = await tickets
          .find({ callerHashes: hash }, { projection: EARLIER, ...READ_LIMIT })
          .sort({ registeredAt: -1 })
          .limit(MOST_EARLIER)
          .toArray()
        const labels = [...callLabels(earlier.map(toldBy), now), ...missedLabels(await missedBy(hash, now))]
        return [hash, { name: nameAmong(earlier), labels }]
      })
      return new Map(await Promise.all(found))
    },

    async today(actor) {
      const day = during(dayOf(clock.now()))
      const registeredAt = { registeredById: actor.userId, registeredAt: day } as const
      const [answered, registered, answeredDirectly] = await Promise.all([
        calls.countDocuments({
          agentId: actor.userId,
          beganAt: day,
          direction: 'in',
          'call.answeredAt': { $exists: true },
        }),
        tickets.countDocuments(registeredAt),
        tickets.countDocuments({ ...registeredAt, 'facts.direct': true }),
      ])
      return { answered, registered, answeredDirectly }
    },

    each: (actor, query) =>
      calls.find(filterOf(actor, query), { batchSize: 500, maxTimeMS: 120_000 }).sort({ beganAt: -1 }),

    countEach: (actor, query, most) => calls.countDocuments(filterOf(actor, query), { limit: most, ...READ_LIMIT }),

    async list(actor, query) {
      const { page, pageSize } = query
      const filter = filterOf(actor, query)
      const [items, total] = await Promise.all([
        calls
          .find(filter, READ_LIMIT)
          .sort({ beganAt: -1 })
          .skip((page - 1) * pageSize)
          .limit(pageSize)
          .toArray(),
        calls.countDocuments(filter, { limit: TOTAL_CAP + 1, ...READ_LIMIT }),
      ])
      return { items, total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP }
    },

    async counts(actor, day) {
      const ofResult = (result: string) => when({ $and: [IS_IN, { $eq: ['$result', result] }] })
      const [counts] = await calls
        .aggregate<CallCounts & { _id: null }>(
          [
            { $match: { ...own(actor), beganAt: during(day), result: { $exists: true } } },
            {
              $group: {
                _id: null,
                offered: when({ $or: [IS_ANSWERED, IS_VAIN] }),
                answered: ofResult('answered'),
                abandoned: ofResult('abandoned'),
                missed: ofResult('missed'),
                busy: ofResult('busy'),
                prompt: when({
                  $and: [IS_ANSWERED, { $gte: ['$seconds.wait', 0] }, { $lte: ['$seconds.wait', PROMPT_SECONDS] }],
                }),
                timed: when(IS_TIMED),
                waitSeconds: when(IS_TIMED, '$seconds.wait'),
                talkSeconds: when(IS_TIMED, '$seconds.talk'),
                wrapUps: when(IS_WRAPPED),
                wrapUpSeconds: when(IS_WRAPPED, '$seconds.wrapUp'),
                out: when({ $eq: ['$direction', 'out'] }),
                returned: when({ $and: [IS_VAIN, { $gt: ['$returnedAt', null] }] }),
                waiting: when({ $eq: ['$wantsReturn', true] }),
              },
            },
          ],
          READ_LIMIT,
        )
        .toArray()
      if (!counts) return NO_CALLS
      const { _id, ...rest } = counts
      return rest
    },

    ofTicket: (ticketId) => calls.find({ 'tickets.id': ticketId }).sort({ beganAt: 1 }).limit(50).toArray(),

    async presence({ userId }) {
      const fresh = { $setOnInsert: { state: 'free' as const, since: clock.now() } }
      const known = await presences.findOne({ _id: userId })
      return (
        known ??
        (await presences.findOneAndUpdate({ _id: userId }, fresh, { upsert: true, returnDocument: 'after' })) ??
        fresh.$setOnInsert
      )
    },
    async setPresence({ userId }, state) {
      const since = clock.now()
      // The same again is no new beginning.
      const { matchedCount } = await presences.updateOne(
        { _id: userId, state: { $ne: state } },
        { $set: { state, since } },
      )
      if (matchedCount > 0) return { state, since }
      await presences.updateOne({ _id: userId }, { $setOnInsert: { state, since } }, { upsert: true })
      return (await presences.findOne({ _id: userId })) ?? { state, since }
    },
  }

  /** A name that its owner wanted kept is not told to whoever happens to answer. */
  function nameAmong(found: readonly Pick<TicketDoc, '_id' | 't' | 'sealed'>[]): string | undefined {
    for (const { _id, t, sealed } of found) {
      const name = t.confidentiality === 0 && !t.isAnonymous ? contact.nameOf(_id, sealed) : undefined
      if (name) return name
    }
    return undefined
  }
}

function toldBy({ t }: Pick<TicketDoc, 't'>): EarlierTicket {
  return {
    registeredAt: t.registeredAt,
    isOpen: OPEN_STATUSES.includes(t.status),
    isUrgent: t.urgency !== 'general',
    isSupervised: (t.supervisions ?? []).some(({ closedAt }) => !closedAt),
    reworkCount: t.reworkCount,
  }
}
