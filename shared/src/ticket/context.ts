import type { Actor } from '../actor'
import type { WorkCalendar } from '../calendar/workingDays'
import type { LimitProfile } from '../limits/profile'
import type { UnitTree } from '../unit/unit'
import type { Suggestion } from './conditions'
import type { Assignment, Ticket } from './ticket'
import type { Limit } from '../limits/profile'

/** Who works in a unit; what the rules on reviewers and handlers need to know of the accounts. */
export interface Staff {
  /** Some other active account of the unit has one of these roles. */
  hasOther(unitId: string, roles: readonly string[], exceptUserId: string): boolean
  /** Name of an active account of the unit that may handle, else undefined. */
  handlerName(unitId: string, userId: string): string | undefined
}

/** Everything outside the ticket that a rule may look at. Fetched by the service, passed in: the rules ask nobody. */
export interface Surroundings {
  at: Date
  actor: Actor
  units: UnitTree
  staff: Staff
  calendar: WorkCalendar
  profile: LimitProfile
}

/** What a `when` of the table sees. */
export interface WhenContext extends Surroundings {
  /** The assignment that the command names, or the actor's own one. */
  assignment?: Assignment
}

export interface DecideContext extends Surroundings {
  /** Identity for `register`, drawn by the service. */
  fresh?: { id: string; no: string }
  isRegion(code: string): boolean
  /** A place more precise than a county: it wants an address. */
  isExactPlace(code: string): boolean
  isLeafMatter(code: string): boolean
  /** Whether the duty list (属地管理事项责任清单) lets this matter be delegated to this unit, or why not. */
  dutyAllows?(ticket: Ticket, unitId: string): true | string
  /** For `merge` and `unmerge`: the main ticket as it is now. */
  main?: Ticket
  /** What the catalogue says of a ticket as it is after a correction. */
  suggest?(ticket: Ticket): Omit<Suggestion, 'at'> | undefined
  /** The catalogue's row for the ticket's matter and place that leads to this unit, if there is one. */
  catalogueRow?(ticket: Ticket, unitId: string): CatalogueRow | undefined
}

export interface CatalogueRow {
  /** Absent when a person chose a unit that the catalogue does not name. */
  ruleId?: string
  catalogueVersion?: number
  reason?: string
  limit?: Limit
  /** Of the matter, whoever handles it. */
  isLimitStatutory?: boolean
  complexity?: Ticket['complexity']
}
