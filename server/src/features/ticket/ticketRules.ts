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

/** The rules that a city sets as data, from memory. What it gives never changes by itself: ask again each time. */
export interface Policy {
  profileAt(at: Date): LimitProfile
  calendar(): WorkCalendar
}

/** What comes with the product, for scripts without a server. */
export const FACTORY_POLICY: Policy = {
  profileAt: () => DEFAULT_PROFILE,
  calendar: once(() => createCalendar(CALENDAR_YEARS)),
}

/** Everything that the rules of the domain may ask, gathered for one request. */
export interface TicketRules {
  /** As they are at this moment; within one decision take them once. */
  readonly profile: LimitProfile
  readonly calendar: WorkCalendar
  paths: Paths
  surroundings(actor: Actor): Surroundings
  context(actor: Actor, fresh?: DecideContext['fresh']): DecideContext
}

export function createTicketRules(
  masters: Masters,
  staff: Staff,
  clock: Clock,
  policy: Policy = FACTORY_POLICY,
): TicketRules {
  const { units, regions, matters } = masters
  const surroundings = (actor: Actor): Surroundings => {
    const at = clock.now()
    return { at, actor, units, staff, calendar: policy.calendar(), profile: policy.profileAt(at) }
  }

  return {
    get profile() {
      return policy.profileAt(clock.now())
    },
    get calendar() {
      return policy.calendar()
    },
    paths: {
      staff,
      poolOrder: () => policy.profileAt(clock.now()).poolOrder,
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

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
