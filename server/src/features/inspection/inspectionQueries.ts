import { createHash } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { endOfDay, startOfDay } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import type { Candidate, Drawable } from '@hotline/shared/inspection/draw'
import {
  INSPECTION_STATES,
  INSPECTORS,
  MOST_POPULATION,
  type InspectionQuery,
  type InspectionState,
  type RoundInput,
  type RoundSummary,
  type RoundSummaryRow,
} from '@hotline/shared/inspection/inspection'
import type { SheetItem } from '@hotline/shared/inspection/sheet'
import { TOTAL_CAP, type Page } from '@hotline/shared/page'
import { KIND_LABELS } from '@hotline/shared/ticket/labels'
import { visibilityFilter } from '@hotline/shared/ticket/visibility'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import type { TicketDoc } from '../ticket/ticketDocument'
import type { UserRow } from '../user/userStore'
import type { InspectionRow } from './inspectionStore'

export interface Populated extends Drawable {
  no: string
}

export interface InspectionQueries {
  /** Everything that may be drawn, by id. @throws AppError ruleViolated when there is too much of it */
  population(actor: Actor, round: RoundInput): Promise<{ items: Populated[]; hash: string }>
  /** With everybody who stands in their histories. */
  candidates(ids: readonly string[]): Promise<Candidate[]>
  inspectors(): Promise<{ id: string; name: string; roles: string[] }[]>
  agents(): Promise<{ id: string; name: string }[]>
  list(filter: Record<string, unknown>, query: InspectionQuery): Promise<Page<InspectionRow>>
  /** All rows of a list, by one cursor. */
  each(filter: Record<string, unknown>): AsyncIterable<InspectionRow>
  /** How many `each` will give; counts no further than `most`. */
  countEach(filter: Record<string, unknown>, most: number): Promise<number>
  counts(roundIds: readonly string[]): Promise<Map<string, Record<InspectionState, number>>>
  summary(roundId: string, items: readonly SheetItem[]): Promise<RoundSummary>
}

const POPULATION = { no: 1, leadUnitId: 1, registeredById: 1 } as const
const NEWEST_FIRST = { drawnAt: -1, _id: -1 } as const
/** Read at the pace of whoever takes it along. */
const LONG_READ = { batchSize: 200, maxTimeMS: 120_000 } as const
const KINDS = Object.keys(KIND_LABELS)
const STATES = Object.keys(INSPECTION_STATES) as InspectionState[]

export function createInspectionQueries(db: Db): InspectionQueries {
  const tickets = db.collection<TicketDoc>('tickets')
  const users = db.collection<UserRow>('users')
  const inspections = db.collection<InspectionRow>('inspections')

  const people = async (roles: readonly string[]) => {
    const found = await users
      .find(
        { roles: { $in: [...roles] as never }, isActive: true },
        { projection: { name: 1, roles: 1 }, ...READ_LIMIT },
      )
      .sort({ name: 1 })
      .limit(1000)
      .toArray()
    return found.map(({ _id: id, name, roles: his }) => ({ id, name, roles: his as string[] }))
  }

  return {
    async population(actor, { kind, from, to, unitIds, agentIds, kinds }) {
      const visible = visibilityFilter(actor)
      if (!visible) throw new AppError('forbidden', '您不能查看全市工单，不能抽取')
      const period = { $gte: startOfDay(from), $lt: endOfDay(to) }
      const filter: Record<string, unknown>[] = [
        visible,
        kind === 'handling'
          ? { 'facts.cases.closedAt': period, leadUnitId: { $exists: true } }
          : { registeredAt: period, ...(agentIds.length > 0 ? { registeredById: { $in: agentIds } } : {}) },
        ...(unitIds.length > 0 ? [{ leadPath: { $in: unitIds } }] : []),
        ...(kinds.length > 0 && kinds.length < KINDS.length ? [{ kind: { $in: kinds } }] : []),
      ]
      const wanted = kind === 'intake' ? new Set((await people(['agent'])).map(({ id }) => id)) : undefined
      const items: Populated[] = []
      const cursor = tickets.find({ $and: filter } as never, { projection: POPULATION, maxTimeMS: 60_000 })
      for await (const { _id: id, no, leadUnitId, registeredById } of cursor) {
        // What citizens, counters or the system put down was taken down by no agent.
        if (wanted && !wanted.has(registeredById)) continue
        items.push({ id, no, layer: (kind === 'handling' ? leadUnitId : registeredById) ?? '' })
        if (items.length > MOST_POPULATION)
          throw new AppError('ruleViolated', `范围内超过 ${MOST_POPULATION} 件，请缩小时间或单位`)
      }
      items.sort((a, b) => (a.id < b.id ? -1 : 1))
      const hash = createHash('sha256')
      for (const { no } of items) hash.update(`${no}\n`)
      return { items, hash: hash.digest('hex') }
    },

    async candidates(ids) {
      const found = await tickets
        .find({ _id: { $in: [...ids] } }, { projection: { 'events.by.userId': 1 }, ...READ_LIMIT })
        .toArray()
      const barred = new Map(found.map(({ _id, events }) => [_id, new Set(events.map(({ by }) => by.userId))]))
      return ids.map((id) => ({ id, barred: barred.get(id) ?? new Set() }))
    },

    inspectors: () => people(INSPECTORS),
    async agents() {
      return (await people(['agent'])).map(({ id, name }) => ({ id, name }))
    },

    async list(filter, { page, pageSize }) {
      const [items, total] = await Promise.all([
        inspections
          .find(filter as never, READ_LIMIT)
          .sort(NEWEST_FIRST)
          .skip((page - 1) * pageSize)
          .limit(pageSize)
          .toArray(),
        inspections.countDocuments(filter as never, { limit: TOTAL_CAP + 1, ...READ_LIMIT }),
      ])
      return { items, total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP }
    },

    each: (filter) => inspections.find(filter as never, LONG_READ).sort(NEWEST_FIRST),
    countEach: (filter, most) => inspections.countDocuments(filter as never, { limit: most, ...READ_LIMIT }),

    async counts(roundIds) {
      const none = () => Object.fromEntries(STATES.map((state) => [state, 0])) as Record<InspectionState, number>
      const result = new Map(roundIds.map((id) => [id, none()]))
      const found = inspections.aggregate<{ _id: { roundId: string; state: InspectionState }; n: number }>(
        [
          { $match: { roundId: { $in: [...roundIds] } } },
          { $group: { _id: { roundId: '$roundId', state: '$state' }, n: { $sum: 1 } } },
        ],
        READ_LIMIT,
      )
      for await (const { _id, n } of found) {
        const counts = result.get(_id.roundId)
        if (counts) counts[_id.state] = n
      }
      return result
    },

    /** A round holds a few hundred at the most: they are added up here. */
    async summary(roundId, items) {
      const rows = await inspections
        .find({ roundId }, { projection: { subject: 1, subjectName: 1, scored: 1 }, ...READ_LIMIT })
        .toArray()
      const bySubject = new Map<string, typeof rows>()
      for (const row of rows) bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), row])
      const scored = rows.flatMap((row) => (row.scored ? [row.scored] : []))
      return {
        rows: [...bySubject].map(([id, of]) => summaryOf(id, of)).sort(worstFirst),
        average: averageOf(scored.map(({ total }) => total)),
        items: items
          .map(({ key, label, max }) => {
            const points = scored.flatMap(({ scores }) => scores.filter((score) => score.key === key))
            const lost = points.reduce((sum, score) => sum + (max - score.points), 0)
            return { key, label, lostShare: points.length > 0 ? lost / (max * points.length) : 0 }
          })
          .sort((a, b) => b.lostShare - a.lostShare),
      }
    },
  }
}

function summaryOf(id: string, of: Pick<InspectionRow, 'subjectName' | 'scored'>[]): RoundSummaryRow {
  const scored = of.flatMap((row) => (row.scored ? [row.scored] : []))
  return {
    id,
    name: of[0]?.subjectName ?? '',
    n: of.length,
    scored: scored.length,
    average: averageOf(scored.map(({ total }) => total)),
    failed: scored.filter(({ isPassed }) => !isPassed).length,
    vetoed: scored.filter(({ vetoes }) => vetoes.length > 0).length,
  }
}

function averageOf(totals: readonly number[]): number | undefined {
  return totals.length > 0 ? totals.reduce((sum, total) => sum + total, 0) / totals.length : undefined
}

/** What is not scored yet stands last. */
function worstFirst(a: RoundSummaryRow, b: RoundSummaryRow): number {
  return (a.average ?? 101) - (b.average ?? 101) || b.failed - a.failed || a.id.localeCompare(b.id)
}
