import { quietSinceOf } from '@hotline/shared/board/quiet'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import type { TicketFacts } from '@hotline/shared/stats/facts'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { Staff } from '@hotline/shared/ticket/context'
import { DEFAULT_PROFILE } from '@hotline/shared/limits/presets'
import type { PoolOrder } from '@hotline/shared/limits/profile'
import { deskDueOf } from '@hotline/shared/ticket/deskDue'
import { desksOf, dueByOf, unmetByOf } from '@hotline/shared/ticket/desks'
import { factsOf } from '@hotline/shared/ticket/facts'
import { riskByOf } from '@hotline/shared/ticket/risk'
import { superviseByOf } from '@hotline/shared/ticket/supervision'
import { leadOf } from '@hotline/shared/ticket/ticket'
import { scopeOf } from '@hotline/shared/ticket/visibility'

/** Contact data and the query code, each value sealed for itself (AES-256-GCM). Stands beside the ticket, never in it. */
export interface SealedData {
  queryCode: string
  name?: string
  number?: string
  phone?: string
  address?: string
  /** The number that a unit called, by assignment. */
  contactNumbers?: Record<string, string>
}

/** An idempotency key lives in the document that it protects. `k` is unique over all tickets. */
export interface WriteKey {
  k: string
  h: string
}

/** What lists and counts look for; computed from the ticket at each commit. */
export interface IndexFields {
  /** The beginning of the text, for lists. */
  excerpt: string
  status: string
  kind: string
  urgency: string
  registeredAt: Date
  registeredById: string
  /** Units, with their superiors, that may see it. */
  scope: string[]
  desks: string[]
  /** By desk of a unit, the deadline of that unit: 协办 and 下派 have clocks of their own (shared/ticket/deskDue.ts). */
  deskDue?: Record<string, Date>
  dueBy?: Date
  unmetBy?: Date
  /** The order of what waits to be accepted or dispatched. */
  riskBy?: Date
  /** The earliest deadline of its open supervisions. */
  superviseBy?: Date
  /** 久未进展: the units' last move. */
  quietSince?: Date
  leadUnitId?: string
  /** The lead unit and its superiors. */
  leadPath: string[]
  matterPath: string[]
  regionPath: string[]
  nextCheckAt?: Date
  facts: TicketFacts
}

/** One document holds a ticket, its history and its index fields: one guarded update is the whole transaction. */
export interface TicketDoc extends IndexFields {
  _id: string
  no: string
  version: number
  t: Ticket
  events: TicketEvent[]
  sealed: SealedData
  /** Keyed hashes of the caller's numbers, for equality search. */
  callerHashes: string[]
  keys: WriteKey[]
  /** Committed events wait to be announced. */
  hasNews?: boolean
  /** Title, place or text changed: the search text is to be made again. */
  isTextStale?: boolean
  /** Version up to which effects are done. */
  announced: number
}

const EXCERPT = 120

/** A row of a list needs neither history nor long texts: what is left is a twentieth of the document. */
export const ROW = {
  events: 0,
  keys: 0,
  facts: 0,
  deskDue: 0,
  't.detail': 0,
  't.promises': 0,
  't.contacts.result': 0,
  't.progress.note': 0,
  't.callbacks.remark': 0,
  't.cases': 0,
  't.newFacts': 0,
  't.answer': 0,
  't.assignments.explain': 0,
  't.assignments.task': 0,
  't.assignments.standard': 0,
  't.assignments.reply.handling': 0,
  't.assignments.reply.publicReply': 0,
  't.assignments.reviews': 0,
} as const

export interface Paths {
  matterPath(code: string): string[]
  regionPath(code: string): string[]
  /** Who signs off for a unit of one person. */
  staff?: Staff
  /** As the city's profile has it now. */
  poolOrder?(): PoolOrder
}

/** A number is not cut in two: half of it would be no number any more, and would not be masked. */
function excerptOf(text: string): string {
  return text.length <= EXCERPT ? text : text.slice(0, EXCERPT).replace(/[\d０-９][\d０-９\s.·－-]*$/, '')
}

export function indexFieldsOf(ticket: Ticket, paths: Paths): IndexFields {
  const lead = leadOf(ticket)
  const desks = desksOf(ticket, paths.staff)
  return {
    excerpt: excerptOf(ticket.detail),
    status: ticket.status,
    kind: ticket.kind,
    urgency: ticket.urgency,
    registeredAt: ticket.registeredAt,
    registeredById: ticket.registeredBy.userId,
    scope: scopeOf(ticket),
    desks,
    deskDue: deskDueOf(ticket, desks),
    dueBy: dueByOf(ticket),
    unmetBy: unmetByOf(ticket),
    riskBy: riskByOf(ticket, paths.poolOrder?.() ?? DEFAULT_PROFILE.poolOrder),
    superviseBy: superviseByOf(ticket),
    quietSince: quietSinceOf(ticket),
    leadUnitId: lead?.unitId,
    leadPath: lead?.unitPath ?? [],
    matterPath: ticket.matterCode ? paths.matterPath(ticket.matterCode) : [],
    regionPath: paths.regionPath(ticket.regionCode),
    nextCheckAt: ticket.nextCheckAt,
    facts: factsOf(ticket),
  }
}

/** A new ticket as it is stored, with its first events waiting to be announced. */
export function documentOf(
  ticket: Ticket,
  events: TicketEvent[],
  beside: Pick<TicketDoc, 'sealed' | 'callerHashes' | 'keys'>,
  paths: Paths,
): TicketDoc {
  return {
    _id: ticket.id,
    no: ticket.no,
    version: ticket.version,
    t: ticket,
    events,
    ...beside,
    hasNews: true,
    isTextStale: true,
    announced: 0,
    ...indexFieldsOf(ticket, paths),
  }
}
