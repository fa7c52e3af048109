import type { Actor } from '../actor'
import type { CaseFacts } from '../stats/facts'
import type { Quote } from '../knowledge/quote'
import type { Limit, LimitCase, LimitUnit } from '../limits/profile'
import type { CommandOf } from './commands'
import type * as C from './conditions'
import type { Pause } from './deadlines'
import { OPEN_ASSIGNMENT } from './labels'
import type * as L from './labels'

/** Who did something, as it stands in the history. */
export interface By {
  userId: string
  name: string
  unitId: string
}

/** What a unit reports (办理反馈, domain.md §2.5 H2). The number that was called is sealed beside the ticket, not here. */
export type Reply = Omit<CommandOf<'reply'>, 'type' | 'version' | 'assignmentId' | 'contactNumber'> & {
  hasContactNumber: boolean
  at: Date
  by: By
}

export interface Review {
  level: 'unit' | 'hotline'
  isPassed: boolean
  opinion: string
  at: Date
  by: By
}

export interface PendingReturn {
  at: Date
  by: By
  reason: L.ReturnReason
  basis: string
  suggestedUnitId: string
  /** The hotline's own deadline for its review. */
  reviewBy: Date
}

/** 承办任务: one unit's part of the work; a tree by `parentId`. */
export interface Assignment {
  id: string
  parentId?: string
  role: L.AssignmentRole
  unitId: string
  /** The unit and its superiors, itself first: who of the tree may see this. */
  unitPath: string[]
  status: L.AssignmentStatus
  task: string
  standard: string
  note?: string
  limit: Limit
  limitFrom: 'statutory' | 'manual' | 'catalogue' | 'profile' | 'rework'
  /** What the profile's table was asked when it was dispatched; a later correction moves no deadline. */
  limitCase?: LimitCase
  /** The rule of the catalogue that led here, its version and its reason in words. */
  ruleId?: string
  catalogueVersion?: number
  ruleReason?: string
  rules?: C.RulesRef
  dispatchedAt: Date
  dispatchedBy: By
  acknowledgeBy: Date
  returnBy: Date
  firstContactBy?: Date
  resolveBy: Date
  /** Why `resolveBy` is that moment, step by step, in Chinese. */
  explain: string[]
  isProvisional: boolean
  /** `resolveBy` without its pauses, which are summed from it (ticket.md §3). Both absent while there was none. */
  unpausedBy?: Date
  pauses?: Pause[]
  yellowAt: Date
  redAt: Date
  /** Deadline for which a card has been given; the same one is never given twice. */
  yellowFor?: Date
  redFor?: Date
  acknowledgedAt?: Date
  isAutoAcknowledged?: boolean
  isAcknowledgedLate?: boolean
  handlerId?: string
  handlerName?: string
  /** 不得再退. */
  locked: boolean
  lockedReason?: string
  pendingReturn?: PendingReturn
  pendingExtension?: C.PendingExtension
  pendingSuspension?: C.PendingSuspension
  pendingTermination?: C.PendingTermination
  extensionCount: number
  extensionWorkdays: number
  /** Of these, the workdays that are in `resolveBy`; a rework begins without any. */
  extendedBy?: number
  firstContactAt?: Date
  reply?: Reply
  /** Instead of a reply on a rectification ticket. */
  rectification?: C.Rectification
  reviews: Review[]
  /** The unit's sign-off; cleared when it is sent back. */
  metAt?: Date
  endedAt?: Date
}

export interface Attempt {
  /** The merged ticket whose caller was called; absent: the ticket's own. */
  participantId?: string
  at: Date
  by: By
  result: L.AttemptResult
  /** Attempts closer together than the profile's interval do not count towards the cap. */
  isCounted: boolean
  /** The last that was owed to this caller. */
  isExhausted?: boolean
  nextAt?: Date
  remark?: string
}

/** What the caller said, raw; `judged` and `verdict` stand beside it and never replace it. */
export type CallbackResult = Omit<CommandOf<'recordCallback'>, 'type' | 'version' | 'assignmentId'> & {
  at: Date
  by: By
  isDissatisfied: boolean
  verdict?: { verdict: 'upheld' | 'dismissed'; reason: string; at: Date; by: By }
}

/** What the caller was told: solved by then. Old ones are kept. */
export interface CallerPromise {
  by: Date
  at: Date
  reason:
    | 'dispatch'
    | 'extension'
    | 'givenBack'
    | 'rework'
    | 'reopen'
    | 'consultation'
    | 'suspension'
    | 'merge'
    | 'recomputed'
}

/** The ticket as it is after its events. Holds no contact data: that is sealed beside it (ticket.md §6). */
export interface Ticket {
  id: string
  no: string
  version: number
  status: L.TicketStatus

  channel: L.Channel
  kind: L.Kind
  matterCode?: string
  regionCode: string
  address?: string
  location?: { lng: number; lat: number }
  occurredAt?: Date
  title?: string
  detail: string
  urgency: L.Urgency
  complexity?: L.Complexity
  confidentiality: L.Confidentiality
  isAnonymous: boolean
  hasContact: boolean
  callerType: L.CallerType
  callerGender: L.Gender
  accusedUnitIds: string[]
  needsReply: boolean
  needsCallback: boolean
  isPublicAllowed: boolean
  externalNo?: string
  callId?: string
  attachmentIds: string[]

  registeredAt: Date
  registeredBy: By
  acceptedAt?: Date
  /** The hotline's own deadline to dispatch. */
  dispatchBy?: Date
  /** Since when `dispatchBy` is counted, where it is not from the acceptance or a unit's end. */
  queuedAt?: Date
  firstDispatchedAt?: Date
  dispatchedAt?: Date
  isDispatchedLate?: boolean

  assignments: Assignment[]
  leadAssignmentId?: string

  /** What the caller was promised; moved only by an approved extension, a pause, time given back, or a rework. */
  resolveBy?: Date
  isProvisional?: boolean
  /** As on an assignment. */
  unpausedBy?: Date
  pauses?: Pause[]
  /** What its pauses are counted in: that of the limit it was made with, whoever works on it later. */
  promiseUnit?: LimitUnit
  promises: CallerPromise[]

  hotlineReviewBy?: Date
  hotlineReviewSince?: Date

  /** Start of the present callback. */
  callbackSince?: Date
  /** How many callbacks and attempts stood there when it began, and when the first call may be made. */
  callbackRound?: { callbacks: number; attempts: number; callFrom: Date }
  callbackBy?: Date
  nextAttemptAt?: Date
  attempts: Attempt[]
  callbacks: CallbackResult[]
  /** Set while a supervisor must judge a refused dissatisfaction; the index of the callback in question. */
  pendingJudgement?: { at: Date; by: By; callback: number }
  /** 回访申诉: the unit speaks against a callback; beside the work, which goes on until a supervisor has judged it. */
  pendingAppeal?: { at: Date; by: By; callback: number; reason: string; attachmentIds: string[] }

  contacts: {
    at: Date
    by: By
    assignmentId: string
    method: string
    isReached: boolean
    result: string
    contactedAt: Date
  }[]
  progress: { at: Date; by: By; assignmentId: string; note: string }[]
  newFacts: { at: Date; by: By; text: string; attachmentIds?: string[] }[]

  /** 待补充: what is missing. */
  infoRequest?: { missing: string; at: Date; by: By }
  /** The ticket that the agent took it for. */
  duplicateOfId?: string
  relatedIds?: string[]
  merger?: C.Merger
  participants?: C.Participant[]
  /** The earliest promise to those who joined; a reopening or rework makes a new one to all. */
  joinedBy?: Date
  voided?: { reason: string; at: Date; by: By }
  withdrawn?: { reason: string; at: Date; by: By }
  /** When the clock archives it; set while it has ended. */
  archiveBy?: Date
  archivedAt?: Date
  suggestion?: C.Suggestion

  consultations?: C.Consultation[]
  suspension?: C.Suspension
  terminated?: { ground: L.TerminationGround; code?: L.DeclineCode; reason: string; opinion: string; at: Date; by: By }
  supervisions?: C.Supervision[]
  /** 提级: to whom, once it is done. */
  /** With the reworks and returns that were the reason: they are no reason again. */
  escalatedTo?: { unitId: string; at: Date; reworks: number; returns: number }
  rating?: C.TicketRating
  rated?: C.Rated

  answer?: { answer: string; knowledge?: Quote[]; at: Date; by: By }
  declined?: { code: L.DeclineCode; reason: string; channelTold?: string; at: Date; by: By }
  emergency?: { to: L.EmergencyNumber; transferredAt: Date; isThreeWay: boolean; note?: string; at: Date; by: By }

  outcome?: L.Outcome
  closedAt?: Date
  /** 作风 or 话务 follow-ups, escalation after the third rework. */
  flags: ('attitude' | 'agentService' | 'escalate')[]

  dispatchCount: number
  returnRequestCount: number
  /** Approved returns of the lead; from three on the ticket can only be designated. */
  returnCount: number
  /** 转派三家无牵头: whether the last of these was one too many by the profile of that day. */
  isLeaderless?: boolean
  extensionCount: number
  reworkCount: number
  /** Of these, the ones whose callback was dismissed on appeal: not the unit's. */
  voidedReworkCount?: number
  urgeCount: number
  lastUrgedByCallerAt?: Date
  yellowCount: number
  redCount: number

  /** One entry for each way from first dispatch to close (stats/facts.ts). The last may be open. */
  cases: CaseFacts[]
  /** When the clock must look again; absent when nothing is due by itself. */
  nextCheckAt?: Date
}

export function leadOf(ticket: Ticket): Assignment | undefined {
  return ticket.assignments.find((assignment) => assignment.id === ticket.leadAssignmentId)
}

/** It owes something, or has replied and may be asked again. A copy is only read. */
export function isUnderWay({ role, status }: Pick<Assignment, 'role' | 'status'>): boolean {
  return role !== 'copy' && OPEN_ASSIGNMENT.includes(status)
}

/** The caller of a merged ticket, on the main one. */
export function participantOf(
  { participants }: Ticket,
  { ticketId }: Pick<Actor, 'ticketId'>,
): C.Participant | undefined {
  return ticketId === undefined ? undefined : participants?.find((participant) => participant.ticketId === ticketId)
}
