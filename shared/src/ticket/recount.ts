import { momentText } from '../calendar/day'
import type { WorkCalendar } from '../calendar/workingDays'
import { deadlineAfter, type Deadline } from '../limits/deadline'
import { limitText } from '../limits/limit'
import type { Limit, LimitProfile, LimitUnit } from '../limits/profile'
import { extendDeadline, shiftByPauses, type Pause } from './deadlines'
import type { Assignment, CallerPromise, Ticket } from './ticket'

/** A deadline that knows what it would be without its pauses. */
export interface Counted extends Deadline {
  unpausedBy?: Date
}

export function reworkedFrom(
  { profile, calendar }: { profile: LimitProfile; calendar: WorkCalendar },
  at: Date,
): Deadline {
  return deadlineAfter(calendar, profile.rework, at, { event: '重办', dueTime: profile.dueTime })
}

/** The acknowledgement that the limit runs from, where the profile counts so: not a refused return, nor one after a stop. */
export function countedFrom({ role, acknowledgedAt, isAutoAcknowledged, pauses = [] }: Assignment): Date | undefined {
  if (!acknowledgedAt || role === 'delegated' || isAutoAcknowledged === undefined) return undefined
  return pauses.some(({ from }) => from < acknowledgedAt) ? undefined : acknowledgedAt
}

/** Workdays that were granted on the clock that runs now. */
export function extensionOf({ extendedBy: own, extensionWorkdays, limitFrom }: Assignment): number {
  return own ?? (limitFrom === 'rework' ? 0 : extensionWorkdays)
}

export function extendedBy(calendar: WorkCalendar, base: Deadline, workdays: number): Deadline {
  if (workdays === 0) return base
  const moved = extendDeadline(calendar, base.by, workdays)
  return {
    by: moved.by,
    isProvisional: base.isProvisional || moved.isProvisional,
    explain: [...base.explain, `已批准延期 ${workdays} 个工作日`, ...moved.explain],
  }
}

export function withPauses(
  calendar: WorkCalendar,
  base: Deadline,
  { pauses, limitUnit }: { pauses?: readonly Pause[]; limitUnit: LimitUnit },
): Counted {
  if (!pauses?.length) return base
  const moved = shiftByPauses(calendar, { by: base.by, limitUnit, pauses })
  return {
    by: moved.by,
    unpausedBy: base.by,
    isProvisional: base.isProvisional || moved.isProvisional,
    explain: [...base.explain, ...moved.explain],
  }
}

export function notAfter(counted: Counted, latest: Date | undefined, of: string): Counted {
  if (!latest || counted.by <= latest) return counted
  const explain = [...counted.explain, `不得晚于${of}的时限：${momentText(latest, true)}`]
  return { by: latest, explain, isProvisional: counted.isProvisional }
}

export function whyLimit({ limitFrom }: Assignment, limit: Limit, profile: LimitProfile): string[] {
  if (limitFrom === 'rework') return [`时限方案“${profile.name}”规定重办 ${limitText(limit)}`]
  if (limitFrom === 'profile') return [`时限方案“${profile.name}”规定 ${limitText(limit)}`]
  if (limitFrom === 'catalogue') return [`派单目录规定 ${limitText(limit)}`]
  return [limitFrom === 'statutory' ? `法定时限 ${limitText(limit)}，从其规定` : `派单时指定 ${limitText(limit)}`]
}

/** Accepted, or come back from a unit or a consultation: since when it waits to be dispatched. */
export function queuedSince({ acceptedAt, queuedAt, assignments, consultations }: Ticket): Date | undefined {
  const moments = [acceptedAt, queuedAt, ...assignments.map(({ endedAt }) => endedAt), consultations?.at(-1)?.closedAt]
  const times = moments.flatMap((moment) => (moment ? [moment.getTime()] : []))
  return times.length > 0 ? new Date(Math.max(...times)) : undefined
}

export function lastPromise(
  { promises }: Pick<Ticket, 'promises'>,
  reasons: readonly CallerPromise['reason'][],
): CallerPromise | undefined {
  return promises.findLast(({ reason }) => reasons.includes(reason))
}

/** What stood still of the promise that holds: one that came with another caller meanwhile had run until then. */
export function pauseOfPromise({ promises }: Ticket, pause: Pause): Pause {
  const joined = lastPromise({ promises }, ['merge'])?.at
  return joined && joined > pause.from ? { ...pause, from: joined } : pause
}

/** The earliest promise of those who had joined by then. */
export function joinedUntil({ participants = [] }: Ticket, at: Date): Date | undefined {
  const times = participants.flatMap(({ joinedAt, joinedBy }) =>
    joinedBy && joinedAt <= at ? [joinedBy.getTime()] : [],
  )
  return times.length > 0 ? new Date(Math.min(...times)) : undefined
}

/** Another caller joined since, and with him perhaps an earlier promise. */
export function hasJoined({ promises }: Ticket, since: Date): boolean {
  return promises.some(({ reason, at }) => reason === 'merge' && at >= since)
}
