import { EVENT_LABELS, type TicketEvent } from '@hotline/shared/ticket/events'
import { CARD_LABELS } from '@hotline/shared/ticket/labels'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { momentText } from '@hotline/shared/calendar/day'
import type { Role } from '@hotline/shared/user/roles'
import type { Regions } from '@hotline/shared/region/region'
import type { Live, Room } from '../../platform/live'
import type { Effect, News } from './announcer'
import type { TicketSearch } from './ticketSearch'

/** 站内消息: who should look, and why. `key` makes telling twice the same as telling once. */
export interface NoticeEntry {
  key: string
  to: { unitId: string; roles: Role[] } | { role: Role } | { userId: string }
  title: string
  text: string
  ticketId: string
  at: Date
}

/** A message to the citizen, through the one outbound port. The port opens the sealed number itself. */
export interface OutboundEntry {
  key: string
  ticketId: string
  template: 'registered' | 'extended' | 'result'
  text: string
  at: Date
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

/** "Look": to whoever may see the ticket, never the data. */
export function hintEffect(live: Live): Effect {
  return async (news) => {
    for (const { ticket, scope } of news) {
      const rooms: Room[] = [
        `ticket:${ticket.id}`,
        `user:${ticket.registeredBy.userId}`,
        ...scope.map((unitId): Room => `unit:${unitId}`),
        ...WATCHERS.map((role): Room => `role:${role}`),
      ]
      live.hint(rooms, 'ticket.changed', { id: ticket.id, version: ticket.version })
    }
  }
}

export function searchEffect(search: TicketSearch, regions: Regions): Effect {
  const isTextual = (event: TicketEvent) =>
    ['ticket.registered', 'ticket.accepted', 'ticket.amended'].includes(event.type)
  return async (news) => {
    const changed = news.filter(({ events }) => events.some(isTextual))
    await search.feed(
      changed.map(({ ticket }) => ({ id: ticket.id, ticket, regionName: regions.fullName(ticket.regionCode) })),
    )
  }
}

export function noticeEffect(notify: (entries: NoticeEntry[]) => Promise<void>): Effect {
  return async (news) => {
    const entries = news.flatMap(noticesOf)
    if (entries.length > 0) await notify(entries)
  }
}

export function messageEffect(send: (entries: OutboundEntry[]) => Promise<void>): Effect {
  return async (news) => {
    const entries = news.flatMap(messagesOf)
    if (entries.length > 0) await send(entries)
  }
}

function noticesOf({ ticket, events }: News): NoticeEntry[] {
  return events.flatMap((event, index) =>
    recipientsOf(ticket, event).map((to) => ({
      key: `${ticket.id}:${event.version}:${index}:${'unitId' in to ? `unit ${to.unitId}` : Object.values(to)[0]}`,
      to,
      title: titleOf(event),
      text: `${ticket.no} ${ticket.title ?? ''}`,
      ticketId: ticket.id,
      at: event.at,
    })),
  )
}

function titleOf(event: TicketEvent): string {
  if (event.type === 'ticket.cardIssued') return CARD_LABELS[event.card]
  if (event.type === 'ticket.hotlineReviewed' && !event.isPassed) return '热线审核退回'
  if (event.type === 'ticket.unitReviewed' && !event.isPassed) return '单位审核退回'
  if (event.type === 'ticket.dispatched') return '新派单'
  return EVENT_LABELS[event.type]
}

/** Whom an event asks to act, or tells of a decision that he waited for. */
function recipientsOf(ticket: Ticket, event: TicketEvent): NoticeEntry['to'][] {
  const unitOf = (assignmentId: string) => ticket.assignments.find(({ id }) => id === assignmentId)?.unitId
  const unit = (assignmentId: string, ...roles: Role[]): NoticeEntry['to'][] => {
    const unitId = unitOf(assignmentId)
    return unitId ? [{ unitId, roles }] : []
  }
  const openUnits = () =>
    ticket.assignments
      .filter(({ status }) => ['toAcknowledge', 'handling', 'inReview'].includes(status))
      .map(({ unitId }) => ({ unitId, roles: ['clerk', 'handler'] as Role[] }))
  switch (event.type) {
    case 'ticket.dispatched':
      return event.assignments.map(({ unitId }) => ({ unitId, roles: ['clerk'] }))
    case 'ticket.returnRequested':
      return [{ role: ticket.returnCount >= 2 ? 'director' : 'dispatcher' }]
    case 'ticket.returnApproved':
    case 'ticket.returnRejected':
      return unit(event.assignmentId, 'clerk')
    case 'ticket.handlerAssigned':
      return [{ userId: event.handlerId }]
    case 'ticket.extensionRequested':
      return event.stage === 'unit' ? unit(event.assignmentId, 'unitLead') : [{ role: 'dispatcher' }]
    case 'ticket.requestEndorsed':
      return [{ role: 'dispatcher' }]
    case 'ticket.requestRefused':
    case 'ticket.extensionApproved':
    case 'ticket.extensionRejected':
      return unit(event.assignmentId, 'clerk', 'handler')
    case 'ticket.replied':
      return unit(event.assignmentId, 'unitLead', 'unitHead')
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

/** Number and query code, extension told, result (ticket.md §7). The code itself is filled in when it is sent. */
function messagesOf({ ticket, events }: News): OutboundEntry[] {
  if (!ticket.hasContact) return []
  return events.flatMap((event): OutboundEntry[] => {
    const make = (template: OutboundEntry['template'], text: string) => [
      { key: `${ticket.id}:${event.version}:${template}`, ticketId: ticket.id, template, text, at: event.at },
    ]
    if (event.type === 'ticket.registered')
      return make('registered', `您的诉求已登记,工单编号 ${ticket.no},查询码 {queryCode},可凭编号和查询码查询进度。`)
    if (event.type === 'ticket.extensionApproved' && event.promise)
      return make(
        'extended',
        `您的诉求(${ticket.no})需要更多时间办理,最晚 ${momentText(event.promise.resolveBy, true)} 前答复您。`,
      )
    if (event.type === 'ticket.closed' && ticket.needsReply)
      return make('result', `您的诉求(${ticket.no})已办结,可凭编号和查询码查看答复。`)
    return []
  })
}
