import type { WorkCalendar } from '@hotline/shared/calendar/workingDays'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { Audit } from '../audit/auditService'
import { createCalendarFeature } from '../calendar/calendarFeature'
import { calendarMigrations } from '../calendar/calendarMigrations'
import { createCalendarService } from '../calendar/calendarService'
import { createCalendarStore } from '../calendar/calendarStore'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import type { Write } from '../../platform/http/idempotency'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'
import type { Transact } from '../../platform/outbox'
import { createLimitFeature } from './limitFeature'
import { limitMigrations } from './limitMigrations'
import { createLimitService, type Recomputing } from './limitService'
import { createLimitStore } from './limitStore'

/** The rules that a city sets as data: its profile of limits and its calendar, from memory. */
export interface CityPolicy {
  profileAt(at: Date): LimitProfile
  calendar(): WorkCalendar
  /** Always the newest, for those who keep it. */
  liveCalendar: WorkCalendar
  /** Before work that must not begin with rules of a moment ago. */
  refresh(): Promise<void>
  features(deps: { recomputing: Recomputing; audit: Audit; transact: Transact; clock: Clock; write: Write }): Feature[]
  start(): Promise<void>
  stop(): Promise<void>
}

export const policyMigrations = [...limitMigrations, ...calendarMigrations]

export function createPolicy(db: Db, logger: Logger): CityPolicy {
  const limits = createLimitStore(db, logger)
  const calendars = createCalendarStore(db, logger)
  const { profileAt } = limits
  const { calendar, live } = calendars
  return {
    profileAt,
    calendar,
    liveCalendar: live,
    refresh: async () => void (await Promise.all([limits.poll(), calendars.poll()])),
    features: ({ write, ...deps }) => [
      createLimitFeature(createLimitService({ ...deps, store: limits, calendar }), write),
      createCalendarFeature(createCalendarService({ ...deps, store: calendars, profileAt }), write),
    ],
    async start() {
      await limits.start()
      await calendars.start()
    },
    async stop() {
      await limits.stop()
      await calendars.stop()
    },
  }
}
