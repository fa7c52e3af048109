import { EVENT_LABELS } from '@hotline/shared/ticket/eventLabels'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { CARD_LABELS } from '@hotline/shared/ticket/labels'
import type { Staff } from '@hotline/shared/ticket/context'
import type { By, Ticket } from '@hotline/shared/ticket/ticket'
import { momentText } from '@hotline/shared/calendar/day'
import { maskText } from '@hotline/shared/user/masking'
import type { Role } from '@hotline/shared/user/roles'
import { scopeOf } from '@hotline/shared/ticket/visibility'
import { endorserOf, reviewersWanted, reviewerUnit } from '@hotline/shared/ticket/when'
import type { Live, Room } from '../../platform/live'
import type { NewNotice, Notices, Recipient } from '../notice/noticeService'
import type { SealedContact } from './sealedContact'
import type { Effect, News } from './announcer'

/** A message to the citizen, through the one outbound port. */
export interface OutboundEntry {
  key: string
  ticketId: string
  purpose: 'registered' | 'extended' | 'result' | 'dutyAlert'
  to: string
  text: string
  secrets?: string[]
}

const WATCHERS: readonly Role[] = [
  'dispatcher',
  'callbackOfficer',
  'supervisor',
  'director',
  'shiftLead',
  'inspector',
  'cityLeader',
]

/**
 * "Look": to whoever may see the ticket, never the data. Best effort: a lost hint costs a reload, nothing else. Who began
 * to follow a ticket before it became confidential may be of an accused unit: all others are reached without that room.
 */
export function hintAt(hint: Live['hint'], ticket: Ticket): void {
  const rooms: Room[] = [
    ...(ticket.confidentiality < 2 ? [`ticket:${ticket.id}` as const] : []),
    `user:${ticket.registeredBy.userId}`,
    ...scopeOf(ticket).map((unitId): Room => `unit:${unitId}`),
    ...WATCHERS.map((role): Room => `role:${role}`),
  ]
  hint(rooms, 'ticket.changed', { id: ticket.id, version: ticket.version })
}

/** The same for what a dead process had committed and not told. */
export function hintEffect(hint: Live['hint']): Effect {
  return async (news) => {
    for (const { ticket } of news) hintAt(hint, ticket)
  }
}

export function noticeEffect(notices: Pick<Notices, 'send'>, staff: Staff): Effect {
  return async (news) => notices.send(news.flatMap((item) => noticesOf(item, staff)))
}

/** Whom to wake for an urgent ticket, and when that is needed. */
export interface Duty {
  /** The unit's duty telephone, if it has left one. */
  phoneOf(unitId: string): string | undefined
  isOfficeTime(at: Date): boolean
}

export function messageEffect(
  contact: SealedContact,
  duty: Duty,
  send: (entries: OutboundEntry[]) => Promise<void>,
): Effect {
  return async (news) => {
    const entries = news.flatMap((item) => [...messagesOf(item, contact), ...alertsOf(item, duty)])
    if (entries.length > 0) await send(entries)
  }
}

function noticesOf({ ticket, events }: News, staff: Staff): NewNotice[] {
  const inScope = new Set(scopeOf(ticket))
  return events.flatMap((event) => {
    const recipients = recipientsOf(ticket, event, staff).filter((to) => !('unitId' in to) || inScope.has(to.unitId))
    if (recipients.length === 0) return []
    // Its place in its own commit, whichever others are told together with it: told again, it is the same notice.
    const place = events.filter(({ version }) => version === event.version).indexOf(event)
    return [
      {
        key: `${ticket.id}:${event.version}:${place}`,
        recipients,
        kind: event.type,
        title: titleOf(event),
        text: maskText(ticket.title ?? ''),
        ticketId: ticket.id,
        ticketNo: ticket.no,
      },
    ]
  })
}

function titleOf(event: TicketEvent): string {
  if (event.type === 'ticket.cardIssued') return CARD_LABELS[event.card]
  if (event.type === 'ticket.hotlineReviewed' && !event.isPassed) return '热线审核退回'
  if (event.type === 'ticket.unitReviewed' && !event.isPassed) return '单位审核退回'
  if (event.type === 'ticket.dispatched') return '新派单'
  return EVENT_LABELS[event.type]
}

/** Whom an event asks to act, or tells of a decision that he waited for. */
function recipientsOf(ticket: Ticket, event: TicketEvent, staff: Staff): Recipient[] {
  const assignmentOf = (assignmentId: string) => ticket.assignments.find(({ id }) => id === assignmentId)
  const unitOf = (assignmentId: string) => assignmentOf(assignmentId)?.unitId
  const unit = (assignmentId: string, ...roles: Role[]): Recipient[] => {
    const unitId = unitOf(assignmentId)
    return unitId ? roles.map((role) => ({ unitId, role })) : []
  }
  const openUnits = () =>
    ticket.assignments
      .filter(({ status }) => ['toAcknowledge', 'handling', 'inReview'].includes(status))
      .flatMap(({ unitId }): Recipient[] => [
        { unitId, role: 'clerk' },
        { unitId, role: 'handler' },
      ])
  /** A unit that has nobody for it turns to its superior, who would not look there by himself. */
  const endorsers = ({ assignmentId, by }: { assignmentId: string; by: By }): Recipient[] => {
    const assignment = assignmentOf(assignmentId)
    return assignment ? [endorserOf(assignment, by.userId, staff)] : []
  }
  const reviewers = ({ assignmentId, by }: { assignmentId: string; by: By }): Recipient[] => {
    const assignment = assignmentOf(assignmentId)
    if (!assignment) return []
    const wanted = reviewersWanted(ticket)
    const unitId = reviewerUnit(assignment, by.userId, wanted, staff) ?? assignment.unitId
    return wanted.map((role) => ({ unitId, role }))
  }
  switch (event.type) {
    case 'ticket.dispatched':
      return event.assignments.map(({ unitId }) => ({ unitId, role: 'clerk' }))
    case 'ticket.returnRequested':
      return [{ role: ticket.returnCount >= 2 ? 'director' : 'dispatcher' }]
    case 'ticket.returnApproved':
    case 'ticket.returnRejected':
      return unit(event.assignmentId, 'clerk')
    case 'ticket.handlerAssigned':
      return [{ userId: event.handlerId }]
    case 'ticket.extensionRequested':
      return event.stage === 'unit' ? endorsers(event) : [{ role: 'dispatcher' }]
    case 'ticket.requestEndorsed':
      return [{ role: 'dispatcher' }]
    case 'ticket.requestRefused':
    case 'ticket.extensionApproved':
    case 'ticket.extensionRejected':
      return unit(event.assignmentId, 'clerk', 'handler')
    case 'ticket.replied':
      return reviewers(event)
    case 'ticket.unitReviewed':
      return event.isPassed ? [] : unit(event.assignmentId, 'handler')
    case 'ticket.hotlineReviewed':
      return event.isPassed ? [] : unit(event.assignmentId, 'clerk', 'handler')
    case 'ticket.callbackRecorded':
      return event.needsJudgement ? [{ role: 'supervisor' }] : []
    case 'ticket.reworked':
      return [
        ...unit(event.assignmentId, 'clerk', 'handler'),
        ...(event.isEscalated ? [{ role: 'supervisor' } as const] : []),
      ]
    case 'ticket.urged':
      return openUnits()
    case 'ticket.cardIssued':
      return event.card === 'red'
        ? [...unit(event.assignmentId, 'clerk', 'handler', 'unitLead'), { role: 'supervisor' }]
        : unit(event.assignmentId, 'clerk', 'handler')
    default:
      return []
  }
}

/** Number and query code, extension told, result (ticket.md §7). */
function messagesOf({ ticket, events, sealed }: News, contact: SealedContact): OutboundEntry[] {
  if (!ticket.hasContact) return []
  const told = events.flatMap((event) => textsOf(ticket, event))
  if (told.length === 0) return []
  const { number, phone, queryCode } = contact.open(ticket.id, sealed)
  const to = phone ?? number
  if (!to) return []
  return told.map(({ purpose, text, version }) => ({
    key: `${ticket.id}:${version}:${purpose}`,
    ticketId: ticket.id,
    purpose,
    to,
    text: text.replace('{queryCode}', queryCode),
    secrets: [queryCode],
  }))
}

function textsOf(
  ticket: Ticket,
  event: TicketEvent,
): { purpose: OutboundEntry['purpose']; text: string; version: number }[] {
  const { no } = ticket
  const { version } = event
  if (event.type === 'ticket.registered')
    return [
      {
        purpose: 'registered',
        version,
        text: `您的诉求已登记，工单编号 ${no}，查询码 {queryCode}，可凭编号和查询码查询进度。`,
      },
    ]
  if (event.type === 'ticket.extensionApproved' && event.promise) {
    const until = momentText(event.promise.resolveBy, true)
    return [{ purpose: 'extended', version, text: `您的诉求（${no}）需要更多时间办理，最晚 ${until} 前答复您。` }]
  }
  if (event.type === 'ticket.closed' && ticket.needsReply)
    return [{ purpose: 'result', version, text: `您的诉求（${no}）已办结，可凭编号和查询码查看答复。` }]
  return []
}

/** A ticket to be acknowledged within minutes that comes outside office hours wakes the units' duty contacts. */
function alertsOf({ ticket, events }: News, duty: Duty): OutboundEntry[] {
  if (ticket.urgency === 'general') return []
  return events.flatMap((event) => {
    if (event.type !== 'ticket.dispatched' || duty.isOfficeTime(event.at)) return []
    return event.assignments
      .filter(({ role }) => role !== 'copy')
      .flatMap(({ unitId, acknowledgeBy }): OutboundEntry[] => {
        const to = duty.phoneOf(unitId)
        if (!to) return []
        const text = `紧急工单 ${ticket.no} 已派至您单位，请于 ${momentText(acknowledgeBy)} 前签收。`
        return [
          { key: `${ticket.id}:${event.version}:duty:${unitId}`, ticketId: ticket.id, purpose: 'dutyAlert', to, text },
        ]
      })
  })
}
