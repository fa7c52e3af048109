import { z } from 'zod'
import { endOfDay, startOfDay, type Day } from './day'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/
const EARLIEST = Date.UTC(1900, 0, 2)
const LATEST = Date.UTC(2200, 0, 1)

/** Undefined for what is no moment, says no zone, or lies where no calendar reaches. */
function momentOf(text: string): Date | undefined {
  const millis = MOMENT.test(text) ? Date.parse(text) : NaN
  return millis >= EARLIEST && millis < LATEST ? new Date(millis) : undefined
}

function dayBound(text: string, ofDay: (day: Day) => Date): Date | undefined {
  try {
    return DAY.test(text) ? momentOf(ofDay(text).toISOString()) : undefined
  } catch {
    return undefined
  }
}

const inQuery = (ofDay: (day: Day) => Date) =>
  z.string().transform((text, context) => {
    const moment = dayBound(text, ofDay) ?? momentOf(text)
    if (moment) return moment
    context.addIssue({ code: 'custom', message: '应为日期（2026-11-20）或带时区的时刻' })
    return z.NEVER
  })

/** Of a query: `2026-11-20` begins that day in Asia/Shanghai; anything finer must say its zone. */
export const FromMoment = inQuery(startOfDay)
/** The same, but a day is meant with all of it: until its 24:00. */
export const ToMoment = inQuery(endOfDay)

/**
 * Of a body: an ISO string with its zone. Neither `null` nor a number nor a wall clock without a zone, which would become
 * another moment on each machine.
 */
export const Moment = z.union([z.string(), z.date()], { error: '时间格式不正确' }).transform((value, context) => {
  const moment = momentOf(typeof value === 'string' ? value : isNaN(value.getTime()) ? '' : value.toISOString())
  if (moment) return moment
  context.addIssue({ code: 'custom', message: '时间格式不正确，应带时区' })
  return z.NEVER
})
