import { createCalendar, type CalendarYear, type WorkCalendar } from '@hotline/shared/calendar/workingDays'
import { AppError } from '@hotline/shared/error'
import type { By } from '@hotline/shared/ticket/ticket'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import { createNewest, type Newest } from '../../platform/newest'

/** One year as somebody saved it; never changed afterwards. `_id` counts all saves of all years. */
export interface CalendarDoc {
  _id: number
  year: number
  version: number
  /** A draft counts for nothing. */
  isPublished: boolean
  off: string[]
  work: string[]
  source: string
  note: string
  at: Date
  by: By
}

export type NewYear = Pick<CalendarDoc, 'year' | 'off' | 'work' | 'source' | 'note' | 'isPublished'>

export interface CalendarStore extends Newest {
  /** The published years, from memory. Its content never changes: ask again for each decision. */
  calendar(): WorkCalendar
  /** The same, always the newest: for those who keep it for as long as they live. */
  live: WorkCalendar
  /** All versions of all years, newest first. */
  all(): Promise<CalendarDoc[]>
  /** The calendar as it would be with this year in it. @throws AppError invalidInput */
  withYear(year: CalendarYear): WorkCalendar
  /** @throws AppError staleVersion when somebody has saved the year meanwhile; a duplicate when another year was */
  save(year: NewYear, basedOn: number, at: Date, by: By, tx: Tx): Promise<CalendarDoc>
}

export function createCalendarStore(db: Db, logger: Logger): CalendarStore {
  const rows = db.collection<CalendarDoc>('calendarVersions')
  let published: CalendarYear[] = []
  let current = createCalendar([])

  const newest = createNewest('工作日历', {
    logger,
    ask: async () => (await rows.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } }))?._id ?? 0,
    async load() {
      const found = await rows.find({ isPublished: true }).sort({ _id: 1 }).toArray()
      const byYear = new Map(found.map((row) => [row.year, row]))
      published = [...byYear.values()]
      current = createCalendar(published, undefined, found.at(-1)?._id ?? 0)
    },
  })

  return {
    ...newest,
    calendar: () => current,
    live: {
      get version() {
        return current.version
      },
      get revision() {
        return current.revision
      },
      get publishedYears() {
        return current.publishedYears
      },
      isWorkday: (day) => current.isWorkday(day),
      isPublished: (year) => current.isPublished(year),
      reasonOf: (day) => current.reasonOf(day),
    },
    all: () => rows.find().sort({ _id: -1 }).toArray(),
    withYear: (year) =>
      createCalendar([...published.filter((one) => one.year !== year.year), year], undefined, current.revision + 1),
    async save(year, basedOn, at, by, { session, after }) {
      const last = await rows.findOne({ year: year.year }, { sort: { version: -1 }, projection: { version: 1 } })
      if ((last?.version ?? 0) !== basedOn)
        throw new AppError('staleVersion', `${year.year} 年的日历已被他人更新，请核对后重试`)
      const highest = await rows.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } })
      const row: CalendarDoc = { _id: (highest?._id ?? 0) + 1, ...year, version: basedOn + 1, at, by }
      await rows.insertOne(row, { session })
      after(newest.poll)
      return row
    },
  }
}
