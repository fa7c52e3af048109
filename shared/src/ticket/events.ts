import type * as C from './conditions'
import type { Assignment, By, Reply, Ticket } from './ticket'
import type * as L from './labels'
import type { CommandOf } from './commands'
import type { Pause } from './deadlines'
import type { Limit, LimitUnit } from '../limits/profile'

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

/** As it begins; `at` and `by` are the event's. */
export type NewSupervision = Omit<C.Supervision, 'at' | 'by' | 'answers' | 'closedAt' | 'closedBy' | 'result'>

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
  'ticket.amended': {
    changes: { field: string; from: unknown; to: unknown }[]
    reason?: string
    dispatchBy?: Date
    /** Matter or place changed and lead elsewhere now; `null` takes an earlier suggestion back. */
    suggestion?: Omit<C.Suggestion, 'at'> | null
  }
  'ticket.answered': Pick<CommandOf<'answer'>, 'answer' | 'knowledge'>
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
  'ticket.acknowledged': {
    assignmentId: string
    isAuto: boolean
    isLate: boolean
    firstContactBy: Date
    /** Where the profile counts from here. */
    clock?: NewClock
  }
  'ticket.returnRequested': {
    assignmentId: string
    reason: L.ReturnReason
    basis: string
    suggestedUnitId: string
    reviewBy: Date
  }
  'ticket.returnApproved': C.ReturnApproved
  'ticket.returnRejected': { assignmentId: string; opinion: string; firstContactBy: Date }
  'ticket.handedOver': C.HandedOver
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
  'ticket.requestEndorsed': {
    assignmentId: string
    /** Absent: an extension. */
    request?: 'extension' | 'suspension' | 'termination'
    opinion: string
    reviewBy: Date
  }
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
    participantId?: string
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
  /** `participantId`: by the caller of a ticket that was merged into this one. */
  'ticket.urged': { note?: string; isByCaller: boolean; participantId?: string }
  'ticket.cardIssued': { assignmentId: string; card: L.Card; resolveBy: Date }

  'ticket.infoRequested': { missing: string }
  /** Without `dispatchBy`: it is still without matter or title, and waits to be accepted. */
  'ticket.infoSupplied': {
    facts: string
    changes: Partial<Pick<Ticket, 'title' | 'matterCode' | 'regionCode' | 'address' | 'location'>>
    dispatchBy?: Date
  }
  'ticket.supplemented': { text: string; attachmentIds: string[] }
  'ticket.merged': { mainId: string; mainNo: string; reason?: string; statusBefore: L.TicketStatus }
  'ticket.unmerged': { mainId: string; reason: string; dispatchBy?: Date }
  'ticket.callerJoined': Omit<C.Participant, 'joinedAt' | 'lastUrgedAt'> & {
    /** Where his are earlier than the main ticket's. */
    dispatchBy?: Date
    promise?: NewPromise
  }
  'ticket.callerLeft': { ticketId: string }
  'ticket.voided': { reason: string }
  'ticket.withdrawn': { reason: string }
  'ticket.archived': Record<never, never>
  'ticket.unitKept': { opinion?: string }

  'ticket.consultationOpened': Pick<C.Consultation, 'id' | 'topic' | 'units' | 'answerBy' | 'isFromReturn'>
  'ticket.opinionGiven': { unitId: string; stance: L.Stance; opinion: string; basis?: string }
  'ticket.siteVisitRecorded': Omit<C.SiteVisit, 'at' | 'by'>
  /** Followed by `ticket.dispatched` in the same commit. */
  'ticket.consultationConcluded': {
    leadUnitId: string
    coUnitIds: string[]
    basis: string
    pause?: Pause
    promise?: NewPromise
  }
  'ticket.consultationCancelled': { reason: string; dispatchBy: Date; pause?: Pause; promise?: NewPromise }

  'ticket.delegated': { parentId: string; assignment: Assignment }
  'ticket.delegationRecalled': { assignmentId: string; reason: string }
  /** The time that lay with the reader is given back. */
  'ticket.sentBack': { assignmentId: string; opinion: string; pause?: Pause; clock?: NewClock }

  'ticket.suspensionRequested': { assignmentId: string } & Omit<C.PendingSuspension, 'at' | 'by' | 'endorsedBy'>
  'ticket.suspensionApproved': { assignmentId: string; opinion: string; until: Date; supervision: NewSupervision }
  'ticket.suspensionRejected': { assignmentId: string; opinion: string }
  'ticket.resumed': {
    isByClock: boolean
    reason?: string
    pause: Pause
    /** Of every assignment that still runs; the steps that it has yet to take move too. */
    clocks: { assignmentId: string; clock: NewClock; acknowledgeBy?: Date; returnBy?: Date }[]
    promise?: NewPromise
  }
  'ticket.terminationRequested': { assignmentId: string } & Omit<C.PendingTermination, 'at' | 'by' | 'endorsedBy'>
  'ticket.terminationApproved': { assignmentId: string; opinion: string }
  'ticket.terminationRejected': { assignmentId: string; opinion: string }

  'ticket.callbackAppealed': { callback: number; reason: string; attachmentIds: string[] }
  'ticket.supervised': { supervision: NewSupervision }
  'ticket.supervisionAnswered': { supervisionId: string; answer: string; attachmentIds: string[] }
  'ticket.supervisionClosed': { supervisionId: string; result: string }
  'ticket.escalated': { supervision: NewSupervision; toUnitId: string }
  'ticket.instructed': { supervision: NewSupervision }

  'ticket.rated': Omit<C.TicketRating, 'at' | 'by'>
  'ticket.rectified': { assignmentId: string; rectification: Omit<C.Rectification, 'at' | 'by'> }
  'ticket.ratingAppealed': { reason: string }
  'ticket.ratingJudged': { verdict: L.RatingVerdict; reason: string }

  /** A new profile or calendar was applied to tickets that are under way. */
  'ticket.deadlinesRecomputed': {
    jobId: string
    cause: string
    rules: C.RulesRef
    clocks: {
      assignmentId: string
      from: Date
      /** Absent: only its steps moved. */
      clock?: NewClock
      limit?: Limit
      acknowledgeBy?: Date
      returnBy?: Date
      firstContactBy?: Date
    }[]
    promise?: NewPromise & { from: Date; unit: LimitUnit }
    dispatchBy?: Date
    hotlineReviewBy?: Date
    callbackBy?: Date
  }
}

export type EventType = keyof EventData
/**
 * An event as a decider makes it; `at`, `by` and `version` are added by `decide`, and to one that ends the ticket the day
 * on which it goes to the archive.
 */
export type NewEvent = { [T in EventType]: { type: T } & EventData[T] }[EventType]
export type EventOf<T extends EventType> = {
  type: T
  at: Date
  by: By
  version: number
  archiveBy?: Date
} & EventData[T]
/** `version` is the ticket's version after the commit that the event belongs to. */
export type TicketEvent = { [T in EventType]: EventOf<T> }[EventType]

/** What happens beside the work and never changes what somebody is writing. */
const ASIDE: readonly EventType[] = [
  'ticket.cardIssued',
  'ticket.urged',
  'ticket.contactRecorded',
  'ticket.progressRecorded',
  'ticket.callerJoined',
  'ticket.callerLeft',
  'ticket.opinionGiven',
  'ticket.siteVisitRecorded',
  'ticket.supervised',
  'ticket.supervisionAnswered',
  'ticket.supervisionClosed',
  'ticket.instructed',
  'ticket.escalated',
  'ticket.deadlinesRecomputed',
  'ticket.rated',
]

/** True for what may have happened meanwhile without costing the author of a command his work (ticket.md §4). */
export function isIndependentOf(event: TicketEvent, assignmentId: string | undefined): boolean {
  if (ASIDE.includes(event.type)) return true
  if (assignmentId === undefined || movesTicket(event)) return false
  if (event.type === 'ticket.delegated') return event.parentId !== assignmentId
  return 'assignmentId' in event && event.assignmentId !== assignmentId
}

/** An act on an assignment that takes the whole ticket with it, and so concerns everyone. */
function movesTicket(event: TicketEvent): boolean {
  if (event.type === 'ticket.returnApproved') return event.isLead
  return [
    'ticket.hotlineReviewed',
    'ticket.reworked',
    'ticket.suspensionApproved',
    'ticket.terminationApproved',
  ].includes(event.type)
}
