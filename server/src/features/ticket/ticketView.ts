import type { Actor } from '@hotline/shared/actor'
import { availableCommands } from '@hotline/shared/ticket/available'
import { dueByOf } from '@hotline/shared/ticket/desks'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { leadOf, type Assignment, type Ticket } from '@hotline/shared/ticket/ticket'
import type { MaskedContact, TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { canReveal, mayKnowCallers } from '@hotline/shared/ticket/visibility'
import { maskEveryNumber } from '@hotline/shared/user/masking'
import type { Wire } from '@hotline/shared/wire'
import type { SealedContact } from './sealedContact'
import type { SealedData } from './ticketDocument'
import type { Masters, TicketRules } from './ticketRules'

/** The only way out for a ticket: masked for this actor, with what he may do now. */
export interface TicketPresenter {
  one(found: { t: Ticket; events: TicketEvent[]; sealed: SealedData }, actor: Actor, queryCode?: string): TicketView
  row(found: { t: Ticket; sealed: SealedData; excerpt: string }, actor: Actor): TicketRow
}

/** Free text in which a citizen's number may stand. */
const FREE_TEXT = new Set([
  'title',
  'detail',
  'address',
  'note',
  'reason',
  'text',
  'result',
  'remark',
  'handling',
  'publicReply',
  'unsolvedReason',
  'overdueReason',
  'opinion',
  'answer',
  'newFacts',
  'from',
  'to',
  'excerpt',
  'task',
  'standard',
  'basis',
  'legalBasis',
  'channelTold',
])

export function createTicketPresenter(masters: Masters, rules: TicketRules, contact: SealedContact): TicketPresenter {
  const { units, regions, matters } = masters

  return {
    one({ t, events, sealed }, actor, queryCode) {
      const { cases: _cases, nextCheckAt: _next, ...ticket } = t
      const lead = leadOf(t)
      const view = {
        ...ticket,
        can: availableCommands(t, rules.surroundings(actor)),
        contact: contactFor(t, sealed, actor),
        canReveal: t.hasContact && canReveal(t, actor),
        queryCode,
        matterName: t.matterCode ? matters.fullName(t.matterCode) : undefined,
        regionName: regions.fullName(t.regionCode),
        leadUnitId: lead?.unitId,
        leadUnitName: lead && units.name(lead.unitId),
        unitNames: namesOf(t, events),
        myAssignmentId: mineOf(t, actor)?.id,
        dueBy: dueByOf(t),
        history: events,
      }
      return toWire(hidesText(t, actor) ? maskFreeText(view) : view) as TicketView
    },
    row({ t, sealed, excerpt }, actor) {
      const lead = leadOf(t)
      const mine = mineOf(t, actor)
      const row = {
        id: t.id,
        no: t.no,
        version: t.version,
        status: t.status,
        kind: t.kind,
        channel: t.channel,
        title: t.title,
        excerpt,
        matterCode: t.matterCode,
        matterName: t.matterCode ? matters.name(t.matterCode) : undefined,
        regionCode: t.regionCode,
        regionName: regions.fullName(t.regionCode),
        address: t.address,
        urgency: t.urgency,
        confidentiality: t.confidentiality,
        isAnonymous: t.isAnonymous,
        registeredAt: t.registeredAt,
        closedAt: t.closedAt,
        dueBy: dueByOf(t),
        callbackBy: t.status === 'callback' ? t.callbackBy : undefined,
        resolveBy: t.resolveBy,
        isProvisional: t.isProvisional,
        leadUnitId: lead?.unitId,
        leadUnitName: lead && units.name(lead.unitId),
        mine: mine && pick(mine),
        urgeCount: t.urgeCount,
        returnCount: t.returnCount,
        reworkCount: t.reworkCount,
        hasYellow: t.assignments.some((assignment) => isCardOn(assignment, assignment.yellowFor)),
        hasRed: t.assignments.some((assignment) => isCardOn(assignment, assignment.redFor)),
        hasPendingReturn: t.assignments.some((assignment) => assignment.pendingReturn),
        hasPendingExtension: t.assignments.some((assignment) => assignment.pendingExtension),
        hasPendingSuspension: t.assignments.some((assignment) => assignment.pendingSuspension) || undefined,
        hasPendingTermination: t.assignments.some((assignment) => assignment.pendingTermination) || undefined,
        isSuspended: t.suspension ? true : undefined,
        isEscalated: t.escalatedTo ? true : undefined,
        openSupervisions: t.supervisions?.filter(({ closedAt }) => !closedAt).length || undefined,
        participantCount: t.participants?.length || undefined,
        flags: t.flags,
        outcome: t.outcome,
        contact: contactFor(t, sealed, actor),
        can: availableCommands(t, rules.surroundings(actor)),
      }
      return toWire(hidesText(t, actor) ? maskFreeText(row) : row) as TicketRow
    },
  }

  /** Confidential and anonymous ones: the hotline only (ticket.md §6). */
  function contactFor(ticket: Ticket, sealed: SealedData, actor: Actor): MaskedContact | undefined {
    if (mayKnowCallers(actor)) return contact.mask(ticket.id, sealed)
    if (ticket.confidentiality > 0 || ticket.isAnonymous) return undefined
    return contact.mask(ticket.id, sealed)
  }

  function namesOf(ticket: Ticket, events: readonly TicketEvent[]): Record<string, string> {
    const ids = new Set([
      ...ticket.assignments.map((assignment) => assignment.unitId),
      ...ticket.assignments.flatMap(({ pendingReturn }) => (pendingReturn ? [pendingReturn.suggestedUnitId] : [])),
      ...events.map((event) => event.by.unitId),
      ...events.flatMap((event) => (event.type === 'ticket.returnRequested' ? [event.suggestedUnitId] : [])),
      ...ticket.accusedUnitIds,
      ...(ticket.consultations?.flatMap(({ units: invited }) => invited.map(({ unitId }) => unitId)) ?? []),
      ...(ticket.supervisions?.flatMap(({ unitId }) => unitId ?? []) ?? []),
      ...(ticket.suggestion ? [ticket.suggestion.leadUnitId, ...ticket.suggestion.coUnitIds] : []),
      ...(ticket.escalatedTo ? [ticket.escalatedTo.unitId] : []),
      ...(ticket.rated ? [ticket.rated.unitId] : []),
    ])
    return Object.fromEntries([...ids].filter((id) => units.has(id)).map((id) => [id, units.name(id)]))
  }
}

/** Numbers inside free text are masked for those who may not know the caller (domain.md §5.3). */
function hidesText(ticket: Ticket, actor: Actor): boolean {
  return (ticket.confidentiality > 0 || ticket.isAnonymous) && !mayKnowCallers(actor)
}

function mineOf(ticket: Ticket, actor: Actor): Assignment | undefined {
  return ticket.assignments.filter((assignment) => assignment.unitId === actor.unitId).at(-1)
}

function isCardOn(assignment: Assignment, given: Date | undefined): boolean {
  return given !== undefined && given.getTime() === assignment.resolveBy.getTime()
}

function pick(assignment: Assignment): TicketRow['mine'] {
  const { id, role, status, dispatchedAt, acknowledgeBy, returnBy, resolveBy, yellowAt, redAt } = assignment
  const { handlerId, handlerName, locked, firstContactBy, firstContactAt } = assignment
  return {
    ...({ id, role, status, handlerId, handlerName, locked } as const),
    ...toWire({ dispatchedAt, acknowledgeBy, returnBy, resolveBy, yellowAt, redAt, firstContactBy, firstContactAt }),
  }
}

/** `res.json` does the rest: dates become ISO strings, the undefined disappears. */
function toWire<T>(value: T): Wire<T> {
  return value as unknown as Wire<T>
}

function maskFreeText<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (FREE_TEXT.has(key) ? maskEveryNumber(value) : value) as T
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  if (Array.isArray(value)) return value.map((item) => maskFreeText(item, key)) as T
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, maskFreeText(entry, name)])) as T
}
