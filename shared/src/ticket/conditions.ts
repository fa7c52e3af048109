import type { CaseFacts } from '../stats/facts'
import type { RatedInput } from './commands/rating'
import type * as L from './labels'
import type { By } from './ticket'

/** A request that the unit's lead endorses before the hotline decides. */
export interface PendingRequest {
  at: Date
  by: By
  reason: string
  isCallerTold: boolean
  /** `unit`: waits for the unit's lead; `hotline`: endorsed, waits for the hotline. */
  stage: 'unit' | 'hotline'
  endorsedBy?: By
  reviewBy?: Date
}

export interface PendingExtension extends PendingRequest {
  workdays: number
}

export interface PendingSuspension extends PendingRequest {
  measures: string
  /** `2026-12-31`, Asia/Shanghai: at its end the work goes on. */
  promisedDate: string
}

export interface PendingTermination extends PendingRequest {
  ground: L.TerminationGround
  code?: L.DeclineCode
}

/** 挂起: no clock of the ticket runs until `until`. */
export interface Suspension {
  since: Date
  /** The end of the promised day. */
  until: Date
  assignmentId: string
  reason: string
  measures: string
  approvedBy: By
  supervisionId: string
}

export interface SiteVisit {
  at: Date
  by: By
  visitedAt: Date
  place: string
  unitIds: string[]
  people: string
  findings: string
  attachmentIds: string[]
}

/** 会商. The last of `consultations` is the open one while the ticket is 会商中. */
export interface Consultation {
  id: string
  topic: string
  openedAt: Date
  by: By
  units: { unitId: string; unitPath: string[] }[]
  answerBy?: Date
  /** It took the place of the decision on a pending return. */
  isFromReturn: boolean
  opinions: { at: Date; by: By; unitId: string; stance: L.Stance; opinion: string; basis?: string }[]
  visits: SiteVisit[]
  closedAt?: Date
  conclusion?: { leadUnitId: string; coUnitIds: string[]; basis: string; by: By }
  cancelReason?: string
}

/** 督办 in any form, tracked until it is closed. */
export interface Supervision {
  id: string
  form: L.SupervisionForm
  trigger: L.SupervisionTrigger
  unitId?: string
  unitPath: string[]
  requirement: string
  deadline?: Date
  at: Date
  by: By
  answers: { at: Date; by: By; answer: string; attachmentIds: string[] }[]
  closedAt?: Date
  closedBy?: By
  result?: string
}

/** Another caller with the same matter, whose ticket was merged into this one; called back like its own. */
export interface Participant {
  ticketId: string
  no: string
  needsCallback: boolean
  joinedAt: Date
  /** What he had been promised on his own ticket. */
  joinedBy?: Date
  /** 举报保密: the units that he accused, which must never see what he said; absent: it was none. */
  keptFrom?: string[]
  /** He urges by his own number, once a day. */
  lastUrgedAt?: Date
}

/** 同意退单: a lead's goes back to be dispatched; `isLast`: from now on it can only be designated. */
export interface ReturnApproved {
  assignmentId: string
  opinion: string
  isLead: boolean
  dispatchBy?: Date
  isLast?: boolean
}

/** From one unit or person to another, because the first one leaves; its clock goes on. */
export interface HandedOver {
  assignmentId: string
  fromUnitId: string
  unitId: string
  unitPath: string[]
  handlerId?: string
  handlerName?: string
  reason: string
}

/** Where a merged ticket went; its number resolves to that one. */
export interface Merger {
  mainId: string
  mainNo: string
  at: Date
  by: By
  reason?: string
  statusBefore: L.TicketStatus
  /** For its way back. */
  dispatchBy?: Date
  openCase?: CaseFacts
}

/** What the catalogue says now that matter or place were corrected; asked, never done by itself. */
export interface Suggestion {
  at: Date
  leadUnitId: string
  coUnitIds: string[]
  ruleId?: string
  reason: string
}

/** The caller's own 好差评 on this ticket. */
export interface TicketRating {
  at: Date
  by: By
  channel: L.RatingChannel
  score: 1 | 2 | 3 | 4 | 5
  comment?: string
  isNamed: boolean
}

/** The bad rating that a rectification ticket is about, and what became of it. */
export type Rated = RatedInput & {
  appeal?: { at: Date; by: By; reason: string }
  verdict?: { verdict: L.RatingVerdict; reason: string; at: Date; by: By }
}

export interface Rectification {
  at: Date
  by: By
  cause: string
  measures: string
  result: string
  contactedAt?: Date
  overdueReason?: string
}

/** Version of the rules that a deadline was made with. */
export interface RulesRef {
  profileId: string
  profileVersion: number
  calendarVersion: number
}
