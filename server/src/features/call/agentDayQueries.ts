import { dayOf, type Day } from '@hotline/shared/calendar/day'
import type { AgentDay, AgentNow } from '@hotline/shared/call/agentDay'
import type { Presence } from '@hotline/shared/call/labels'
import { average } from '@hotline/shared/stats/percent'
import type { Clock } from '../../platform/clock'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import { during, IS_ANSWERED, IS_TIMED, IS_VAIN, IS_WRAPPED, when } from './callFilter'
import type { CallSettingsStore } from './callSettingsStore'
import type { CallRow } from './callStore'

export interface AgentDayQueries {
  /** Everybody with a call on this day, and today everybody who has a telephone; the busiest first. */
  of(day: Day): Promise<AgentDay[]>
}

interface Counted {
  _id: string
  answered: number
  unanswered: number
  out: number
  timed: number
  waitSeconds: number
  talkSeconds: number
  wrapUps: number
  wrapUpSeconds: number
}

const NONE: Omit<Counted, '_id'> = {
  answered: 0,
  unanswered: 0,
  out: 0,
  timed: 0,
  waitSeconds: 0,
  talkSeconds: 0,
  wrapUps: 0,
  wrapUpSeconds: 0,
}

export function createAgentDayQueries(
  db: Db,
  settings: Pick<CallSettingsStore, 'now' | 'people' | 'extensionOf'>,
  clock: Clock,
): AgentDayQueries {
  const calls = db.collection<CallRow>('calls')
  const presences = db.collection<{ _id: string; state: Presence; since: Date }>('callPresence')

  async function count(day: Day): Promise<Map<string, Counted>> {
    const rows = await calls
      .aggregate<Counted>(
        [
          { $match: { beganAt: during(day), result: { $exists: true }, agentId: { $exists: true } } },
          {
            $group: {
              _id: '$agentId',
              answered: when(IS_ANSWERED),
              unanswered: when(IS_VAIN),
              out: when({ $eq: ['$direction', 'out'] }),
              timed: when(IS_TIMED),
              waitSeconds: when(IS_TIMED, '$seconds.wait'),
              talkSeconds: when(IS_TIMED, '$seconds.talk'),
              wrapUps: when(IS_WRAPPED),
              wrapUpSeconds: when(IS_WRAPPED, '$seconds.wrapUp'),
            },
          },
        ],
        READ_LIMIT,
      )
      .toArray()
    return new Map(rows.map((row) => [row._id, row]))
  }

  /** A call in hand goes before what they say of themselves; of several the newest. */
  async function doing(agentIds: readonly string[]): Promise<Map<string, AgentDay['now']>> {
    const agentId = { $in: [...agentIds] }
    const [said, live] = await Promise.all([
      presences.find({ _id: agentId }, READ_LIMIT).toArray(),
      calls.find({ agentId, isLive: true }, READ_LIMIT).sort({ beganAt: 1 }).toArray(),
    ])
    const now = (state: AgentNow, since: Date) => ({ state, since: since.toISOString() })
    return new Map([
      ...said.map(({ _id, state, since }) => [_id, now(state, since)] as const),
      ...live.flatMap((row) => {
        const { agentId: id, state, call, beganAt } = row
        if (!id || state === 'done') return []
        const since = { ringing: beganAt, talking: call.answeredAt, wrapUp: call.hangupAt }[state]
        return [[id, now(state, since ?? beganAt)] as const]
      }),
    ])
  }

  return {
    async of(day) {
      const isToday = day === dayOf(clock.now())
      const counted = await count(day)
      const seated = isToday ? settings.now().lines.map(({ userId }) => userId) : []
      const ids = [...new Set([...counted.keys(), ...seated])]
      const [people, nows] = await Promise.all([settings.people(ids), isToday ? doing(ids) : undefined])
      const known = new Map(people.map((person) => [person._id, person]))
      return ids
        .map((agentId): AgentDay => {
          const counts = counted.get(agentId) ?? { ...NONE, _id: agentId }
          const person = known.get(agentId)
          return {
            agentId,
            name: person?.name ?? '已注销的坐席',
            jobNo: person?.jobNo,
            extension: settings.extensionOf(agentId),
            answered: counts.answered,
            unanswered: counts.unanswered,
            out: counts.out,
            averageWait: average(counts.waitSeconds, counts.timed),
            averageTalk: average(counts.talkSeconds, counts.timed),
            averageWrapUp: average(counts.wrapUpSeconds, counts.wrapUps),
            talkSeconds: counts.talkSeconds,
            now: nows?.get(agentId),
          }
        })
        .sort((a, b) => b.answered - a.answered || (a.jobNo ?? '').localeCompare(b.jobNo ?? ''))
    },
  }
}
