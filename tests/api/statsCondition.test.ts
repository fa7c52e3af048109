import { MongoClient, type Collection } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOfDay } from '@hotline/shared/calendar/day'
import { HOUR } from '@hotline/shared/calendar/millis'
import { matches, toElementFilter, toExpression, toFilter, type Condition } from '@hotline/shared/stats/condition'
import type { CaseFacts, Rated, TicketFacts } from '@hotline/shared/stats/facts'
import { LIVE_COUNTS } from '@hotline/shared/stats/liveCounts'
import { createMeasures } from '@hotline/shared/stats/measures'
import { freshDatabase } from '../helpers/database'

/** The same numbers in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const next = sequence(12_345)
const pick = <T>(...values: readonly T[]): T => values[next(values.length)] as T
const origin = startOfDay('2026-10-01').getTime()
/** Every 12 hours, so that moments often fall on the edges of days and periods. */
const moment = () => new Date(origin + next(180) * 12 * HOUR)
const maybe = <T>(value: T): T | undefined => (next(3) === 0 ? undefined : value)

function aCase(): CaseFacts {
  const own = { unitId: pick('', 'u1'), startedAt: moment(), dueAt: moment(), unitDueAt: moment() }
  return {
    ...own,
    metAt: maybe(moment()),
    closedAt: maybe(moment()),
    isLate: pick(true, false),
    isUnitLate: pick(true, false),
  }
}

function aTicket(): TicketFacts {
  const cases = Array.from({ length: next(4) }, aCase)
  const rated = () => maybe(pick<Rated>(1, 2, 3, 4, 5, 'declined'))
  return {
    registeredAt: moment(),
    status: pick('registered', 'accepted', 'handling', 'callback', 'closed', 'answered'),
    direct: pick(true, false),
    outcome: maybe(pick('satisfied', 'dissatisfiedDismissed', 'unreachable', 'noCallback')),
    isInvalid: maybe(pick(true, false)),
    acceptedAt: maybe(moment()),
    dispatchBy: maybe(moment()),
    firstDispatchedAt: maybe(moment()),
    isDispatchedLate: maybe(pick(true, false)),
    dispatchCount: next(3),
    returnRequestCount: next(3),
    returnCount: next(3),
    extensionCount: next(3),
    reworkCount: next(3),
    acknowledgedOnTime: maybe(pick(true, false)),
    firstContactAt: maybe(moment()),
    firstContactBy: maybe(moment()),
    callbackAt: maybe(moment()),
    solved: maybe(pick('yes', 'partly', 'no', 'noOpinion')),
    satisfactionResult: rated(),
    satisfactionAttitude: rated(),
    satisfactionAgent: rated(),
    unreachable: maybe(true),
    current: cases.at(-1),
    cases,
  }
}

const database = freshDatabase()
const rows = Array.from({ length: 400 }, (_, id) => ({ _id: id, facts: aTicket() }))
let client: MongoClient
let stored: Collection<{ _id: number; facts: TicketFacts }>

beforeAll(async () => {
  // Absent facts are stored as null by one driver setting and left out by the other: both must count alike.
  client = await MongoClient.connect(database.uri, { ignoreUndefined: true })
  stored = client.db(database.name).collection('tickets')
  await stored.insertMany(rows.slice(0, 200))
  await stored.insertMany(rows.slice(200), { ignoreUndefined: false })
})

afterAll(async () => {
  await client.close()
  await database.drop()
})

async function found(filter: Record<string, unknown>): Promise<number[]> {
  return (await stored.find(filter, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray()).map(({ _id }) => _id)
}

const periods = [
  { from: startOfDay('2026-11-01'), to: startOfDay('2026-12-01') },
  { from: startOfDay('2026-10-15'), to: startOfDay('2026-10-16') },
]
const measures = [...createMeasures(), ...createMeasures({ scope: 'unit', isFairSatisfied: false, rating: 'judged' })]
const conditions = measures.flatMap((measure, index) =>
  periods.flatMap((period) =>
    [measure.numerator(period), ...(measure.denominator ? [measure.denominator(period)] : [])].map(
      (condition, part) => ({
        name: `${measure.label} ${index}-${part} ${period.from.toISOString().slice(0, 10)}`,
        unitOfCount: measure.unitOfCount,
        condition: condition as Condition,
      }),
    ),
  ),
)
const live = LIVE_COUNTS.map(({ label, condition }) => ({
  name: label,
  unitOfCount: 'ticket' as const,
  condition: condition(startOfDay('2026-11-05')) as Condition,
}))

describe('统计条件在数据库里与在内存里数出同样的件', () => {
  it.each([...conditions, ...live].filter(({ unitOfCount }) => unitOfCount === 'ticket'))(
    '$name',
    async ({ condition }) => {
      const expected = rows.filter(({ facts }) => matches(condition, facts)).map(({ _id }) => _id)
      expect(await found(toFilter(condition, 'facts.'))).toEqual(expected)
      expect(await found({ $expr: toExpression(condition, '$facts.') })).toEqual(expected)
    },
  )

  it.each(conditions.filter(({ unitOfCount }) => unitOfCount === 'case'))('$name', async ({ condition }) => {
    const counts = rows.map(({ facts }) => facts.cases.filter((each) => matches(condition, each)).length)
    const expected = rows.filter((_, index) => (counts[index] ?? 0) > 0).map(({ _id }) => _id)
    expect(await found(toElementFilter(condition, 'facts.cases'))).toEqual(expected)
    const unwound = await stored
      .aggregate<{ n: number }>([
        { $unwind: '$facts.cases' },
        { $match: toFilter(condition, 'facts.cases.') },
        { $count: 'n' },
      ])
      .toArray()
    expect(unwound[0]?.n ?? 0).toBe(counts.reduce((sum, n) => sum + n, 0))
  })
})
