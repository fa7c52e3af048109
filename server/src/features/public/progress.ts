import { momentText } from '@hotline/shared/calendar/day'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { DECLINE_LABELS, EMERGENCY_LABELS, STATUS_LABELS } from '@hotline/shared/ticket/labels'
import { leadOf, type Ticket } from '@hotline/shared/ticket/ticket'
import type { PublicProgress } from '@hotline/shared/ticket/view'
import { maskText } from '@hotline/shared/user/masking'
import type { UnitTree } from '@hotline/shared/unit/unit'

/** Plain words for the caller: which unit, by when, and what it answered; nobody's name, no telephone, no internals. */
export function presentProgress(
  ticket: Ticket,
  events: readonly TicketEvent[],
  units: UnitTree,
  canUrge: boolean,
): PublicProgress {
  const lead = leadOf(ticket)
  return {
    no: ticket.no,
    status: STATUS_LABELS[ticket.status],
    title: ticket.title ? maskText(ticket.title) : undefined,
    registeredAt: ticket.registeredAt.toISOString(),
    sentence: sentenceOf(ticket, lead && units.name(lead.unitId)),
    resolveBy: isRunning(ticket) ? ticket.resolveBy?.toISOString() : undefined,
    steps: events.flatMap((event) => stepOf(event, units)),
    reply: replyOf(ticket),
    canUrge,
  }
}

function isRunning(ticket: Ticket): boolean {
  return ['dispatched', 'handling', 'unitReview', 'hotlineReview'].includes(ticket.status)
}

function sentenceOf(ticket: Ticket, unit: string | undefined): string {
  const until = ticket.resolveBy ? `，最晚 ${momentText(ticket.resolveBy, true)} 前答复您` : ''
  switch (ticket.status) {
    case 'registered':
    case 'needInfo':
      return '您的诉求已收到，热线正在受理。'
    case 'accepted':
    case 'consulting':
      return '您的诉求已受理，正在确定承办单位。'
    case 'dispatched':
      return `您的诉求已转${unit ?? '承办单位'}${until}。`
    case 'handling':
    case 'unitReview':
      return `${unit ?? '承办单位'}正在办理${until}。`
    case 'hotlineReview':
      return `${unit ?? '承办单位'}已办理，热线正在审核答复。`
    case 'callback':
      return '已办理完毕，热线将回访您，请保持电话畅通。'
    case 'declined':
      return `您的诉求不属热线受理范围：${ticket.declined ? DECLINE_LABELS[ticket.declined.code] : ''}。${ticket.declined?.channelTold ? `您可以通过以下渠道反映：${ticket.declined.channelTold}` : ''}`
    case 'transferred':
      return `您的诉求已转${ticket.emergency ? EMERGENCY_LABELS[ticket.emergency.to] : '紧急部门'}处理。`
    case 'answered':
      return '您的咨询已答复。'
    case 'withdrawn':
      return '您已撤回该诉求。'
    case 'void':
      return '该登记已作废。'
    default:
      return '您的诉求已办结。如有新情况，请拨打 12345。'
  }
}

/** The steps that concern the caller; reviews, returns and cards are the hotline's own business. */
function stepOf(event: TicketEvent, units: UnitTree): { at: string; text: string }[] {
  const step = (text: string) => [{ at: event.at.toISOString(), text }]
  switch (event.type) {
    case 'ticket.registered':
      return step('诉求已登记')
    case 'ticket.accepted':
      return step('热线已受理')
    case 'ticket.dispatched': {
      const lead = event.assignments.find(({ id }) => id === event.leadAssignmentId)
      return step(`已转${lead ? units.name(lead.unitId) : '承办单位'}`)
    }
    case 'ticket.acknowledged':
      return step('承办单位已签收')
    case 'ticket.extensionApproved':
      return event.promise ? step(`办理期限延长至 ${momentText(event.promise.resolveBy, true)}`) : []
    case 'ticket.hotlineReviewed':
      return event.isPassed ? step('承办单位已答复') : []
    case 'ticket.reworked':
      return step('已退回承办单位重新办理')
    case 'ticket.reopened':
      return step('根据您反映的新情况重新办理')
    case 'ticket.urged':
      return event.isByCaller ? step('您催办了一次') : []
    case 'ticket.answered':
      return step('热线已直接答复')
    case 'ticket.declined':
      return step('不予受理')
    case 'ticket.emergencyTransferred':
      return step('已转紧急部门')
    case 'ticket.closed':
      return step('已办结')
    default:
      return []
  }
}

/** The public reply, once the hotline has passed it. */
function replyOf(ticket: Ticket): string | undefined {
  if (ticket.answer) return maskText(ticket.answer.answer)
  if (!['callback', 'closed', 'archived'].includes(ticket.status)) return undefined
  const lead = leadOf(ticket)
  const said = lead?.rectification?.result ?? lead?.reply?.publicReply
  return said && maskText(said)
}
