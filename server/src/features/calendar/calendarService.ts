import type { Actor } from '@hotline/shared/actor'
import type { CalendarList, CalendarVersionView, CalendarYearView, YearPublished } from '@hotline/shared/calendar/view'
import type { WorkCalendar } from '@hotline/shared/calendar/workingDays'
import type { CalendarYearInput } from '@hotline/shared/calendar/yearInput'
import { AppError } from '@hotline/shared/error'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { RecomputeJobView, RecomputePreview } from '@hotline/shared/limits/recomputeView'
import type { Audit } from '../audit/auditService'
import type { Clock } from '../../platform/clock'
import { isDuplicate } from '../../platform/mongo'
import type { Transact, Tx } from '../../platform/outbox'
import type { CalendarDoc, CalendarStore } from './calendarStore'

export interface CalendarDeps {
  store: CalendarStore
  profileAt(at: Date): LimitProfile
  recomputing: {
    preview(rules: { profile: LimitProfile; calendar: WorkCalendar }): Promise<RecomputePreview>
    start(cause: string, actor: Actor, notBefore: Date, tx: Tx): Promise<RecomputeJobView>
    isStartedSince(at: Date): Promise<boolean>
  }
  audit: Audit
  transact: Transact
  clock: Clock
}

const ATTEMPTS = 20

interface Save {
  calendar: CalendarYearInput
  basedOn: number
  note: string
}

export interface CalendarService {
  list(): Promise<CalendarList>
  /** A draft counts for nothing. @throws AppError staleVersion */
  saveDraft(save: Save, actor: Actor, ip?: string): Promise<CalendarVersionView>
  preview(year: CalendarYearInput): Promise<RecomputePreview>
  /** Counts from now on, and tickets under way are recomputed. @throws AppError staleVersion, invalidInput */
  publish(save: Save, actor: Actor, ip?: string): Promise<YearPublished>
}

export function createCalendarService(deps: CalendarDeps): CalendarService {
  const { store, profileAt, recomputing, audit, transact, clock } = deps

  async function save(
    { calendar, basedOn, note }: Save,
    isPublished: boolean,
    actor: Actor,
    tx: Tx,
  ): Promise<CalendarDoc> {
    // Of a day that another year's notice has already spoken of, only one may be right.
    store.withYear(calendar)
    const { userId, name, unitId } = actor
    return store.save({ ...calendar, note, isPublished }, basedOn, clock.now(), { userId, name, unitId }, tx)
  }
  /** Another year was saved at the same moment: its number is taken, and the next one is free. */
  async function whole<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      try {
        return await transact(work)
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
    }
    throw new AppError('unavailable', '日历正被多人同时保存，请稍后再试', { retryAfter: 2 })
  }
  const note = (tx: Tx, actor: Actor, action: string, row: CalendarDoc, ip?: string, jobId?: string) =>
    audit.appendWith(tx, {
      actor,
      action,
      target: `calendar/${row.year}`,
      reason: row.note,
      ip,
      details: {
        version: row.version,
        source: row.source,
        off: row.off,
        work: row.work,
        ...(jobId ? { jobId } : {}),
      },
    })

  return {
    async list() {
      const rows = await store.all()
      const years = new Map<number, CalendarYearView>()
      for (const row of rows) {
        const year = years.get(row.year) ?? { year: row.year, version: row.version, versions: [] }
        years.set(row.year, year)
        const view = viewOf(row)
        if (row.isPublished) year.published ??= view
        else if (!year.published) year.draft ??= view
        const { off: _off, work: _work, ...version } = view
        year.versions.push(version)
      }
      return { revision: store.calendar().revision, years: [...years.values()].sort((a, b) => a.year - b.year) }
    },
    async saveDraft(input, actor, ip) {
      return whole(async (tx) => {
        const row = await save(input, false, actor, tx)
        note(tx, actor, 'calendar.drafted', row, ip)
        return viewOf(row)
      })
    },
    preview: (year) => recomputing.preview({ profile: profileAt(clock.now()), calendar: store.withYear(year) }),
    async publish(input, actor, ip) {
      const { year } = input.calendar
      const known = (await store.all()).find((row) => row.year === year && row.isPublished)
      const kept = known && isSame(known, input.calendar) ? known : undefined
      // An earlier program that died right after the year was kept has left the rest of its publication undone.
      if (kept && (await recomputing.isStartedSince(kept.at)))
        throw new AppError('ruleViolated', `与已公布的 ${year} 年日历没有差别`)
      return whole(async (tx) => {
        const row = kept ?? (await save(input, true, actor, tx))
        const cause = known && !kept ? `${year} 年工作日历更正（第 ${row.version} 版）` : `公布 ${year} 年工作日历`
        const job = await recomputing.start(cause, actor, clock.now(), tx)
        note(tx, actor, 'calendar.published', row, ip, job.id)
        return { year: viewOf(row), job }
      })
    },
  }
}

function isSame(a: Pick<CalendarDoc, 'off' | 'work' | 'source'>, b: Pick<CalendarDoc, 'off' | 'work' | 'source'>) {
  return a.source === b.source && a.off.join() === b.off.join() && a.work.join() === b.work.join()
}

function viewOf({ _id: _, at, by, ...row }: CalendarDoc): CalendarVersionView {
  return { ...row, at: at.toISOString(), byName: by.name }
}
