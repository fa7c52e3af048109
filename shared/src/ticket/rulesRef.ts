import type { WorkCalendar } from '../calendar/workingDays'
import type { LimitProfile } from '../limits/profile'
import type { RulesRef } from './conditions'

/** Which rules a deadline was counted with: a profile's version, and how often the calendar had been saved. */
export function rulesRefOf(profile: LimitProfile, calendar: WorkCalendar): RulesRef {
  return { profileId: profile.id, profileVersion: profile.version, calendarVersion: calendar.revision }
}
