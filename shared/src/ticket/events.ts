import type { Assignment, By, Reply } from './ticket'
import type * as L from './labels'
import type { CommandOf } from './commands'
import type { Pause } from './deadlines'
import type { Limit } from '../limits/profile'

type Carried<T extends 'register'> = Omit<CommandOf<T>, 'type' | 'caller'>

/** The deadlines that a step sets anew on one assignment. */
export interface NewClock {
  resolveBy: Date
  explain: string[]
  isProvisional: boolean
  /** `resolveBy` without the pauses that are in it. */
  unpausedBy?: Date
  yellowAt: Date
  redAt: Date
}

/** What the caller is promised from now on. */
export interface NewPromise {
  resolveBy: Date
  isProvisional: boolean
  unpausedBy?: Date
}

/** What happened, by name. Past tense; facts only, so that old ones always fold. Contact data never stands here. */
export interface EventData {
  'ticket.registered': Carried<'register'> & {
    id: string
    no: string
    isAnonymous: boolean
    hasContact: boolean
    callerType: L.CallerType
    callerGender: L.Gender
  }
  'ticket.accepted': { title: string; matterCode: string; regionCode: string; dispatchBy: Date; explain: string[] }
  'ticket.amended': { changes: { field: string; from: unknown; to: unknown }[]; reason?: string; dispatchBy?: Date }
  'ticket.answered': { answer: string; knowledgeIds: string[] }
  'ticket.declined': { code: L.DeclineCode; reason: string; channelTold?: string }
  'ticket.emergencyTransferred': { to: L.EmergencyNumber; transferredAt: Date; isThreeWay: boolean; note?: string }
  'ticket.dispatched': {
    assignments: Assignment[]
    leadAssignmentId: string
    isDesignated: boolean
    isLate: boolean
    basis?: string
    ruleId?: string
    /** Absent where the caller's promise already stands (a redispatch). */
    promise?: NewPromise
  }
  'ticket.recalled': { reason: string; dispatchBy: Date }
  'ticket.acknowledged': { assignmentId: string; isAuto: boolean; isLate: boolean; firstContactBy: Date }
  'ticket.returnRequested': {
    assignmentId: string
    reason: L.ReturnReason
    basis: string
    suggestedUnitId: string
    reviewBy: Date
  }
  'ticket.returnApproved': { assignmentId: string; opinion: string; isLead: boolean; dispatchBy?: Date }
  'ticket.returnRejected': { assignmentId: string; opinion: string; firstContactBy: Date }
  'ticket.handlerAssigned': { assignmentId: string; handlerId: string; handlerName: string }
  'ticket.contactRecorded': {
    assignmentId: string
    contactedAt: Date
    method: keyof typeof L.CONTACT_METHOD_LABELS
    isReached: boolean
    result: string
  }
  'ticket.progressRecorded': { assignmentId: string; note: string }
  'ticket.extensionRequested': {
    assignmentId: string
    reason: string
    workdays: number
    isCallerTold: boolean
    stage: 'unit' | 'hotline'
    reviewBy?: Date
  }
  'ticket.requestEndorsed': { assignmentId: string; opinion: string; reviewBy: Date }
  'ticket.requestRefused': { assignmentId: string; opinion: string }
  'ticket.extensionApproved': {
    assignmentId: string
    opinion: string
    workdays: number
    clock: NewClock
    promise?: NewPromise
  }
  'ticket.extensionRejected': { assignmentId: string; opinion: string }
  'ticket.replied': { assignmentId: string; reply: Omit<Reply, 'at' | 'by'> }
  'ticket.unitReviewed': { assignmentId: string; isPassed: boolean; opinion: string; hotlineReviewBy?: Date }
  'ticket.hotlineReviewed': {
    assignmentId: string
    isPassed: boolean
    opinion: string
    callbackBy?: Date
    nextAttemptAt?: Date
    /** Sent back: the time that the hotline took is given back. */
    pause?: Pause
    clock?: NewClock
    promise?: NewPromise
  }
  'ticket.callbackAttempted': {
    result: L.AttemptResult
    isCounted: boolean
    isExhausted: boolean
    nextAt?: Date
    remark?: string
  }
  'ticket.callbackRecorded': Omit<CommandOf<'recordCallback'>, 'type' | 'version' | 'assignmentId'> & {
    isDissatisfied: boolean
    needsJudgement: boolean
  }
  'ticket.callbackJudged': { callback: number; verdict: 'upheld' | 'dismissed'; reason: string }
  'ticket.reworked': {
    assignmentId: string
    reason: string
    clock: NewClock
    limit: Limit
    resolveBy: Date
    isEscalated: boolean
  }
  'ticket.closed': { outcome: L.Outcome }
  /** Without `dispatchBy`: it was never accepted, and has to be now. */
  'ticket.reopened': { newFacts: string; dispatchBy?: Date }
  'ticket.urged': { note?: string; isByCaller: boolean }
  'ticket.cardIssued': { assignmentId: string; card: L.Card; resolveBy: Date }
}

export type EventType = keyof EventData
/** An event as a decider makes it; `at`, `by` and `version` are added by `decide`. */
export type NewEvent = { [T in EventType]: { type: T } & EventData[T] }[EventType]
export type EventOf<T extends EventType> = { type: T; at: Date; by: By; version: number } & EventData[T]
/** `version` is the ticket's version after the commit that the event belongs to. */
export type TicketEvent = { [T in EventType]: EventOf<T> }[EventType]

export const EVENT_LABELS: Record<EventType, string> = {
  'ticket.registered': '登记诉求',
  'ticket.accepted': '受理',
  'ticket.amended': '更正',
  'ticket.answered': '直接答复',
  'ticket.declined': '不予受理',
  'ticket.emergencyTransferred': '转紧急',
  'ticket.dispatched': '派单',
  'ticket.recalled': '撤回改派',
  'ticket.acknowledged': '签收',
  'ticket.returnRequested': '申请退单',
  'ticket.returnApproved': '同意退单',
  'ticket.returnRejected': '驳回退单',
  'ticket.handlerAssigned': '分办',
  'ticket.contactRecorded': '联系诉求人',
  'ticket.progressRecorded': '办理进展',
  'ticket.extensionRequested': '申请延期',
  'ticket.requestEndorsed': '单位同意申请',
  'ticket.requestRefused': '单位不同意申请',
  'ticket.extensionApproved': '批准延期',
  'ticket.extensionRejected': '驳回延期',
  'ticket.replied': '提交办理反馈',
  'ticket.unitReviewed': '单位审核',
  'ticket.hotlineReviewed': '热线审核',
  'ticket.callbackAttempted': '回访未接通',
  'ticket.callbackRecorded': '回访',
  'ticket.callbackJudged': '回访甄别',
  'ticket.reworked': '重办',
  'ticket.closed': '办结',
  'ticket.reopened': '重启',
  'ticket.urged': '催办',
  'ticket.cardIssued': '发牌',
}

/** True for what may have happened meanwhile without costing the author of a command his work (ticket.md §4). */
export function isIndependentOf(event: TicketEvent, assignmentId: string | undefined): boolean {
  if (event.type === 'ticket.cardIssued' || event.type === 'ticket.urged') return true
  if (event.type === 'ticket.contactRecorded' || event.type === 'ticket.progressRecorded') return true
  return (
    'assignmentId' in event && assignmentId !== undefined && event.assignmentId !== assignmentId && !movesTicket(event)
  )
}

/** An act on an assignment that takes the whole ticket with it, and so concerns everyone. */
function movesTicket(event: TicketEvent): boolean {
  if (event.type === 'ticket.hotlineReviewed' || event.type === 'ticket.reworked') return true
  return event.type === 'ticket.returnApproved' && event.isLead
}
