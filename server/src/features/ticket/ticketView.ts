import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { availableCommands, isAvailable } from '@hotline/shared/ticket/available'
import { callbackTargets } from '@hotline/shared/ticket/callbackTargets'
import { dueBySeen, partOf } from '@hotline/shared/ticket/deskDue'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { expectedDue } from '@hotline/shared/ticket/standstill'
import { nextSupervisionDue } from '@hotline/shared/ticket/supervision'
import { supervisionAdvice, type SupervisionAdvice } from '@hotline/shared/ticket/supervisionAdvice'
import { isUnderWay, leadOf, type Assignment, type Ticket } from '@hotline/shared/ticket/ticket'
import type { MaskedContact, TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { canReveal, mayKnowCallers, sightOf, type Sight } from '@hotline/shared/ticket/visibility'
import { historySeen } from '@hotline/shared/ticket/visibilityHistory'
import { seenOf } from '@hotline/shared/ticket/visibilityPart'
import { dropCutName } from '@hotline/shared/user/masking'
import type { Wire } from '@hotline/shared/wire'
import { createHider, hideTexts, isHidden } from './hiddenText'
import type { JoinedTickets } from './participantStore'
import type { SealedContact } from './sealedContact'
import type { SealedData } from './ticketDocument'
import type { Masters, TicketRules } from './ticketRules'

/** The only way out for a ticket: masked for this actor, with what he may do now. */
export interface TicketPresenter {
  one(
    found: { t: Ticket; events: TicketEvent[]; sealed: SealedData },
    actor: Actor,
    queryCode?: string,
  ): Promise<TicketView>
  /** `isPlain`: without what may be done, for whoever only reads many of them. */
  row(found: { t: Ticket; sealed: SealedData; excerpt: string }, actor: Actor, isPlain?: boolean): TicketRow
  /** Texts about a ticket that stand in neither, without its caller where this actor may not know him. */
  words<T extends object>(texts: T, found: { t: Ticket; sealed: SealedData }, actor: Actor): T
}

export function createTicketPresenter(
  masters: Masters,
  rules: TicketRules,
  contact: SealedContact,
  joined: JoinedTickets,
): TicketPresenter {
  const { units, regions, matters } = masters

  return {
    async one({ t, events, sealed }, actor, queryCode) {
      const sight = sightFor(t, actor)
      if (sight.extent === 'none') throw new AppError('notFound', '没有这张工单，或您无权查看')
      const seen = seenOf(t, sight)
      const { cases: _cases, nextCheckAt: _next, ...ticket } = seen
      const { participants, hiders, isShown } = await joinedFor(t, sight, actor)
      const history = historySeen(events, t, sight).filter(isShown)
      const lead = leadOf(t)
      const surroundings = rules.surroundings(actor)
      const view = {
        ...ticket,
        participants,
        can: availableCommands(t, surroundings),
        contact: contactFor(t, sealed, actor),
        canReveal: t.hasContact && canReveal(t, actor),
        queryCode,
        matterName: t.matterCode ? matters.fullName(t.matterCode) : undefined,
        regionName: regions.fullName(t.regionCode),
        leadUnitId: lead?.unitId,
        leadUnitName: lead && units.name(lead.unitId),
        unitNames: namesOf(ticket, history),
        myAssignmentId: partOf(t, actor.unitId)?.id,
        dueBy: dueBySeen(t, sight),
        isProvisional: isProvisional(seen, sight),
        callbackTargets:
          t.status === 'callback' && mayKnowCallers(actor) ? callbackTargets(t, surroundings.at) : undefined,
        expected: expectedDue(seen, surroundings),
        advice: adviceFor(t, actor),
        history,
      }
      if (isHiddenFrom(t, actor)) hiders.push(createHider(t.id, sealed, contact))
      const hide = (text: string) => hiders.reduce((rest, hider) => hider.hide(rest), text)
      return toWire(hiders.length > 0 ? hideTexts(view, hide) : view) as TicketView
    },
    row({ t, sealed, excerpt }, actor, isPlain = false) {
      const sight = sightFor(t, actor)
      const seen = seenOf(t, sight)
      const isNothing = sight.extent === 'none'
      const lead = leadOf(t)
      const mine = partOf(t, actor.unitId)
      // A unit at work is marked by its own cards, and not by those of whom it sent.
      const carded = mine && isUnderWay(mine) ? [mine] : seen.assignments
      const row = {
        id: t.id,
        no: t.no,
        version: t.version,
        status: t.status,
        kind: t.kind,
        channel: t.channel,
        title: isNothing ? undefined : t.title,
        excerpt: isNothing ? '' : excerpt,
        matterCode: t.matterCode,
        matterName: t.matterCode ? matters.name(t.matterCode) : undefined,
        regionCode: t.regionCode,
        regionName: regions.fullName(t.regionCode),
        address: isNothing ? undefined : t.address,
        urgency: t.urgency,
        confidentiality: t.confidentiality,
        isAnonymous: t.isAnonymous,
        registeredAt: t.registeredAt,
        closedAt: t.closedAt,
        dueBy: dueBySeen(t, sight),
        callbackBy: t.status === 'callback' ? seen.callbackBy : undefined,
        resolveBy: seen.resolveBy,
        isProvisional: isProvisional(seen, sight),
        leadUnitId: lead?.unitId,
        leadUnitName: lead && units.name(lead.unitId),
        mine: mine && pick(mine),
        urgeCount: seen.urgeCount,
        returnCount: seen.returnCount,
        reworkCount: seen.reworkCount,
        hasYellow: carded.some((assignment) => isCardOn(assignment, assignment.yellowFor)),
        hasRed: carded.some((assignment) => isCardOn(assignment, assignment.redFor)),
        hasPendingReturn: seen.assignments.some((assignment) => assignment.pendingReturn),
        hasPendingExtension: seen.assignments.some((assignment) => assignment.pendingExtension),
        hasPendingSuspension: seen.assignments.some((assignment) => assignment.pendingSuspension) || undefined,
        hasPendingTermination: seen.assignments.some((assignment) => assignment.pendingTermination) || undefined,
        isSuspended: t.suspension ? true : undefined,
        isEscalated: seen.escalatedTo ? true : undefined,
        openSupervisions: seen.supervisions?.filter(({ closedAt }) => !closedAt).length || undefined,
        superviseBy: nextSupervisionDue(seen),
        advice: isPlain ? undefined : adviceFor(t, actor)?.[0],
        rated: seen.rated && ratedOf(seen.rated),
        participantCount: mayKnowCallers(actor) ? t.participants?.length || undefined : undefined,
        flags: seen.flags,
        outcome: seen.outcome,
        contact: contactFor(t, sealed, actor),
        can: isPlain ? [] : availableCommands(t, rules.surroundings(actor)),
      }
      if (!isHiddenFrom(t, actor)) return toWire(row) as TicketRow
      const { hide, name } = createHider(t.id, sealed, contact)
      return toWire(hideTexts({ ...row, excerpt: dropCutName(row.excerpt, name) }, hide)) as TicketRow
    },
    words: (texts, { t, sealed }, actor) =>
      isHiddenFrom(t, actor) ? hideTexts(texts, createHider(t.id, sealed, contact).hide) : texts,
  }

  function adviceFor(ticket: Ticket, actor: Actor): SupervisionAdvice[] | undefined {
    if (!hasRole(actor, 'supervisor', 'director') || !isAvailable(ticket, 'supervise', rules.surroundings(actor)))
      return undefined
    const { at, calendar } = rules.surroundings(actor)
    const advice = supervisionAdvice(ticket, at, calendar)
    return advice.length > 0 ? advice : undefined
  }

  /** Confidential and anonymous ones: the hotline only (ticket.md §6). */
  function contactFor(ticket: Ticket, sealed: SealedData, actor: Actor): MaskedContact | undefined {
    if (mayKnowCallers(actor)) return contact.mask(ticket.id, sealed)
    if (ticket.confidentiality > 0 || ticket.isAnonymous) return undefined
    return contact.mask(ticket.id, sealed)
  }

  /**
   * The callers who joined by merger. One whom nobody may know is not even counted for who may not know him, and his name
   * is taken out of what is said of the common matter.
   */
  async function joinedFor({ participants }: Ticket, { isLeadSide }: Sight, actor: Actor) {
    const hiders: ReturnType<typeof createHider>[] = []
    if (!participants?.length) return { participants: undefined, hiders, isShown: () => true }
    const others = await joined(participants.map(({ ticketId }) => ticketId))
    if (mayKnowCallers(actor)) {
      const told = participants.map((participant) => {
        const other = others.get(participant.ticketId)
        return { ...participant, contact: other && contact.mask(participant.ticketId, other.sealed) }
      })
      return { participants: told, hiders, isShown: () => true }
    }
    for (const { ticket, sealed } of others.values())
      if (isHidden(ticket)) hiders.push(createHider(ticket.id, sealed, contact))
    const known = participants.filter(({ ticketId }) => {
      const other = others.get(ticketId)
      return isLeadSide && other !== undefined && !isHidden(other.ticket)
    })
    const ids = new Set(known.map(({ ticketId }) => ticketId))
    const isShown = (event: TicketEvent) => !isAboutCaller(event) || ids.has(event.ticketId)
    return { participants: known.length > 0 ? known : undefined, hiders, isShown }
  }

  function namesOf(
    ticket: Omit<Ticket, 'cases' | 'nextCheckAt'>,
    events: readonly TicketEvent[],
  ): Record<string, string> {
    const ids = new Set([
      ...ticket.assignments.map((assignment) => assignment.unitId),
      ...ticket.assignments.flatMap(({ pendingReturn }) => (pendingReturn ? [pendingReturn.suggestedUnitId] : [])),
      ...events.map((event) => event.by.unitId),
      ...events.flatMap((event) => (event.type === 'ticket.returnRequested' ? [event.suggestedUnitId] : [])),
      ...ticket.accusedUnitIds,
      ...(ticket.consultations?.flatMap(({ units: invited, visits }) => [
        ...invited.map(({ unitId }) => unitId),
        ...visits.flatMap(({ unitIds }) => unitIds),
      ]) ?? []),
      ...(ticket.supervisions?.flatMap(({ unitId }) => unitId ?? []) ?? []),
      ...(ticket.suggestion ? [ticket.suggestion.leadUnitId, ...ticket.suggestion.coUnitIds] : []),
      ...events.flatMap((event) => (event.type === 'ticket.handedOver' ? [event.fromUnitId] : [])),
      ...(ticket.escalatedTo ? [ticket.escalatedTo.unitId] : []),
      ...(ticket.rated ? [ticket.rated.unitId] : []),
    ])
    return Object.fromEntries([...ids].filter((id) => units.has(id)).map((id) => [id, units.name(id)]))
  }
}

/** What an agent opens by its number is in nobody's list, and is his to read while he has the caller on the line. */
function sightFor(ticket: Ticket, actor: Actor): Sight {
  const sight = sightOf(ticket, actor)
  return sight.extent === 'none' && hasRole(actor, 'agent') ? { ...sight, extent: 'all', isLeadSide: true } : sight
}

function isAboutCaller(
  event: TicketEvent,
): event is Extract<TicketEvent, { type: 'ticket.callerJoined' | 'ticket.callerLeft' }> {
  return event.type === 'ticket.callerJoined' || event.type === 'ticket.callerLeft'
}

/** Of the deadline that is shown: a unit's own where it has a part, else the promise's. */
function isProvisional(seen: Ticket, { extent, unitId }: Sight): boolean | undefined {
  return ((extent === 'part' && partOf(seen, unitId)) || seen).isProvisional
}

function isHiddenFrom(ticket: Ticket, actor: Actor): boolean {
  return isHidden(ticket) && !mayKnowCallers(actor)
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

function ratedOf({ score, isNamed, appeal, verdict }: Ticket['rated'] & object): TicketRow['rated'] {
  return { score, isNamed, hasAppeal: appeal !== undefined, verdict: verdict?.verdict }
}
