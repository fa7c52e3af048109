import { z } from 'zod'
import type { RecomputeJobView } from '../limits/recomputeView'
import { CalendarYearInput } from './yearInput'

const note = z.string({ error: '请填写说明' }).trim().min(2, '请填写说明').max(200, '说明最多 200 字')
/** The version of the year that its author saw; 0 when there was none. */
const basedOn = z.number({ error: '缺少版本号' }).int().min(0)

export const ReadNoticeInput = z.strictObject({
  text: z.string({ error: '请粘贴通知的内容' }).trim().min(1, '请粘贴通知的内容').max(20_000, '最多 20000 字'),
  year: z.number().int().min(2000).max(2199).optional(),
})
export const PreviewYearInput = z.strictObject({ calendar: CalendarYearInput })
export const SaveYearInput = z.strictObject({ calendar: CalendarYearInput, basedOn, note })

export interface CalendarVersionView {
  year: number
  version: number
  isPublished: boolean
  off: string[]
  work: string[]
  source: string
  note: string
  at: string
  byName: string
}

export interface CalendarYearView {
  year: number
  /** What counts. */
  published?: CalendarVersionView
  /** Saved after it, and not published. */
  draft?: CalendarVersionView
  /** What the next save is based on. */
  version: number
  versions: Omit<CalendarVersionView, 'off' | 'work'>[]
}

export interface CalendarList {
  revision: number
  years: CalendarYearView[]
}

export interface YearPublished {
  year: CalendarVersionView
  job: RecomputeJobView
}
