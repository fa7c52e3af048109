import type { AppError } from '@hotline/shared/error'
import type { Quote } from '@hotline/shared/knowledge/quote'
import type { EmergencyNumber } from '@hotline/shared/ticket/labels'
import type * as L from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'
import { suggestTitle } from './suggestTitle'

/** The forms that end a call in another way than 派单; each keeps its own words while another is open. */
export type CallPanel = 'answer' | 'decline' | 'transferEmergency'

/** A write on its way. If its answer is lost, it may have been done: the same key and body are sent again before anything else. */
export interface Attempt {
  key: string
  /** JSON */
  body: string
}

/** The request may have been carried out though we heard nothing of it. */
export function isOutcomeUnknown({ code }: Pick<AppError, 'code'>): boolean {
  return code === 'unavailable' || code === 'internal' || code === 'unauthenticated'
}

/** As much of a new ticket as the call needs until it ends. */
export type RegisteredTicket = Pick<TicketView, 'id' | 'no' | 'version' | 'queryCode' | 'status' | 'dispatchBy'> &
  Partial<Pick<TicketView, 'can'>>

/** What the caller is told at the end. */
export interface CallResult {
  ticketId: string
  no: string
  queryCode?: string
  title: string
  status: L.TicketStatus
  /** Until when the hotline dispatches; absent when the matter is over already. */
  dispatchBy?: string
  /** Changed after a first try that turned out to have succeeded, and not taken into the ticket. */
  lostChanges?: string
  /** No new ticket: attached to this one as an urge, which is its n-th. */
  urgeCount?: number
  /** Merged at once, into the ticket of this number. */
  mergedInto?: string
  /** Why it was not; it waits for the dispatcher then. */
  notMerged?: string
}

/** One call on the agent's desk. Kept in the browser until it is submitted or given up. */
export interface CallDraft {
  id: string
  startedAt: string
  savedAt?: string
  /** The call that it is about, of the exchange; absent for what came in another way. */
  callId?: string
  /** Called back because nobody had answered: the row of 回拨单. */
  returnId?: string

  number: string
  name: string
  gender: L.Gender
  callerType: L.CallerType
  isAnonymous: boolean
  confidentiality: L.Confidentiality
  channel: L.Channel

  kind?: L.Kind
  matterCode?: string
  /** Absent: the caller named no place (未提及), which is the whole city. */
  regionCode?: string
  address: string
  /** As pasted with the address from a map. */
  location?: { lng: number; lat: number }
  /** As it was said: 昨晚10点. `occurredAt` is what was understood. */
  occurredText: string
  occurredAt?: string
  /** Empty as long as the title follows the text. */
  title: string
  detail: string
  urgency: L.Urgency
  accusedUnitIds: string[]
  needsReply: boolean
  needsCallback: boolean
  isPublicAllowed: boolean
  /** What the caller sent, uploaded and not yet any ticket's. */
  attachmentIds: string[]

  panel?: CallPanel
  answer: string
  /** What of the knowledge base the answer quotes. */
  quotes: DraftQuote[]
  declineCode?: L.DeclineCode
  declineReason: string
  channelTold: string
  emergencyTo?: EmergencyNumber
  isThreeWay: boolean
  emergencyNote: string

  /** When F9 was pressed: what the caller was transferred at. */
  transferredAt?: string

  /** Registered as a likely part of this ticket; the dispatcher merges it or not. */
  duplicateOf?: { id: string; no: string }

  registering?: Attempt
  /** Being attached to the ticket of this number. */
  attaching?: Attempt & { no: string }
  /** The attachments on their way to that ticket. */
  bringing?: Attempt & { no: string }
  ending?: Attempt
  /** Registered already with this body; the second step (答复, 不予受理, 转紧急) is still open. */
  registered?: { ticket: RegisteredTicket; body: string }
  result?: CallResult
}

export interface DraftQuote extends Quote {
  question: string
}

/** What a draft begins with when it is not empty. */
export type CallSeed = Partial<Pick<CallDraft, 'callId' | 'returnId' | 'number' | 'startedAt'>>

export function createDraft(id: string, startedAt: string): CallDraft {
  return {
    id,
    startedAt,
    number: '',
    name: '',
    gender: 'unknown',
    callerType: 'person',
    isAnonymous: false,
    confidentiality: 0,
    channel: 'phone',
    address: '',
    occurredText: '',
    title: '',
    detail: '',
    urgency: 'general',
    accusedUnitIds: [],
    needsReply: true,
    needsCallback: true,
    isPublicAllowed: false,
    attachmentIds: [],
    answer: '',
    quotes: [],
    declineReason: '',
    channelTold: '',
    isThreeWay: false,
    emergencyNote: '',
  }
}

/** What the agent wrote, or else the first sentence of the matter. */
export function titleOf(draft: Pick<CallDraft, 'title' | 'detail'>): string {
  return draft.title.trim() || suggestTitle(draft.detail)
}

/** Nobody has typed anything into it: it may go without a question. A call brings its number itself. */
export function isBlank(draft: CallDraft): boolean {
  const { number, callId, returnId, name, detail, title, matterCode, address, kind, answer, attachmentIds } = draft
  const ownNumber = callId || returnId ? '' : number
  return (
    attachmentIds.length === 0 &&
    [ownNumber, name, detail, title, matterCode, address, kind, answer].every((text) => !text)
  )
}

/** A call's name on its tab: what it is about, else who calls. */
export function draftLabel(draft: CallDraft): string {
  if (draft.result?.urgeCount) return `已催办 …${draft.result.no.slice(-6)}`
  if (draft.result) return `已登记 …${draft.result.no.slice(-6)}`
  return titleOf(draft) || draft.number || (draft.callId ? '号码未知' : '新来电')
}
