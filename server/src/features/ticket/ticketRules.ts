import type { Actor } from '@hotline/shared/actor'
import { createCalendar, type WorkCalendar } from '@hotline/shared/calendar/workingDays'
import { CALENDAR_YEARS } from '@hotline/shared/calendar/data'
import type { Matters } from '@hotline/shared/catalogue/matter'
import { DEFAULT_PROFILE } from '@hotline/shared/limits/presets'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import { levelOf } from '@hotline/shared/region/code'
import type { Regions } from '@hotline/shared/region/region'
import type { DecideContext, Staff, Surroundings } from '@hotline/shared/ticket/context'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import { catalogueContext, type CatalogueMasters } from './ticketCatalogue'
import type { Paths } from './ticketDocument'

export interface Masters extends CatalogueMasters {
  units: UnitTree
  regions: Regions
  matters: Matters
}

/** Everything that the rules of the domain may ask, gathered for one request. */
export interface TicketRules {
  profile: LimitProfile
  calendar: WorkCalendar
  paths: Paths
  surroundings(actor: Actor): Surroundings
  context(actor: Actor, fresh?: DecideContext['fresh']): DecideContext
}

export function createTicketRules(masters: Masters, staff: Staff, clock: Clock): TicketRules {
  const { units, regions, matters } = masters
  const profile = DEFAULT_PROFILE
  const calendar = createCalendar(CALENDAR_YEARS)
  const surroundings = (actor: Actor): Surroundings => ({ at: clock.now(), actor, units, staff, calendar, profile })

  return {
    profile,
    calendar,
    paths: {
      matterPath: (code) => matters.pathOf(code),
      regionPath: (code) => regions.pathOf(code),
    },
    surroundings,
    context: (actor, fresh) => ({
      ...surroundings(actor),
      fresh,
      isRegion: (code) => regions.has(code),
      isExactPlace: (code) => regions.has(code) && ['town', 'village'].includes(levelOf(code) ?? ''),
      isLeafMatter: (code) => matters.isLeaf(code),
      ...catalogueContext(masters),
    }),
  }
}
