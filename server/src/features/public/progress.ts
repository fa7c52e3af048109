import { plainDeadline } from '@hotline/shared/public/plainTime'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { DECLINE_LABELS, EMERGENCY_LABELS, STATUS_LABELS, TERMINATION_LABELS } from '@hotline/shared/ticket/labels'
import { leadOf, type Ticket } from '@hotline/shared/ticket/ticket'
import type { PublicAct, PublicProgress } from '@hotline/shared/ticket/view'
import { maskText } from '@hotline/shared/user/masking'
import type { UnitTree } from '@hotline/shared/unit/unit'

/** One ticket with its history. */
export interface Followed {
  t: Ticket
  events: readonly TicketEvent[]
}

/** What is told beside the ticket itself. */
export interface Telling {
  units: UnitTree
  now: Date
  /** What the caller may do now. */
  can: PublicAct[]
  nextUrgeAt?: Date
}

/** Plain words for the caller: which unit, by when, and what it answered; nobody's name, no telephone, no internals. */
export function presentProgress({ t, events }: Followed, telling: Telling): PublicProgress {
  const { units, now } = telling
  return {
    ...headOf(t, telling),
    status: STATUS_LABELS[t.status],
    sentence: sentenceOf(t, leadName(t, units), now),
    resolveBy: isRunning(t) ? t.resolveBy?.toISOString() : undefined,
    steps: events.flatMap((event) => stepOf(event, units, now)),
    reply: replyOf(t),
    missing: t.infoRequest && maskText(t.infoRequest.missing),
  }
}

/**
 * The same of a ticket that was merged: what becomes of the main one from then on, and nothing of its caller. `hide` takes
 * his name and numbers out of the answer.
 */
export function presentMerged(
  own: Followed,
  main: Followed & { hide(text: string): string },
  telling: Telling,
): PublicProgress {
  const { units, now } = telling
  const since = own.t.merger?.at ?? own.t.registeredAt
  const isHidden = main.t.isAnonymous || main.t.confidentiality > 0
  const reply = isHidden ? undefined : replyOf(main.t)
  const common = main.events.filter(
    (event) =>
      (event.at >= since && OF_ALL.includes(event.type)) ||
      (event.type === 'ticket.urged' && event.participantId === own.t.id),
  )
  return {
    ...headOf(own.t, telling),
    status: STATUS_LABELS[main.t.status],
    sentence: `您的诉求已与同类诉求合并办理。${commonSentence(main.t, leadName(main.t, units), now)}`,
    resolveBy: isRunning(main.t) ? main.t.resolveBy?.toISOString() : undefined,
    steps: [
      ...own.events.flatMap((event) => stepOf(event, units, now)),
      ...common.flatMap((event) =>
        event.type === 'ticket.urged' ? [{ at: event.at.toISOString(), text: URGED }] : stepOf(event, units, now),
      ),
    ],
    reply: reply && main.hide(reply),
  }
}

/** What the main ticket's caller is asked for, or why it was terminated, is between him and the hotline. */
function commonSentence(main: Ticket, unit: string | undefined, now: Date): string {
  return main.status === 'needInfo' ? '热线正在核实有关情况。' : sentenceOf(main, unit, now, false)
}

const URGED = '您催办了一次'
/** Steps that are the matter's own, whoever brought it. */
const OF_ALL: readonly TicketEvent['type'][] = [
  'ticket.consultationOpened',
  'ticket.dispatched',
  'ticket.acknowledged',
  'ticket.extensionApproved',
  'ticket.suspensionApproved',
  'ticket.resumed',
  'ticket.hotlineReviewed',
  'ticket.reworked',
  'ticket.answered',
  'ticket.declined',
  'ticket.emergencyTransferred',
  'ticket.terminationApproved',
  'ticket.closed',
]

function headOf(
  ticket: Ticket,
  { can, nextUrgeAt }: Telling,
): Pick<PublicProgress, 'no' | 'title' | 'registeredAt' | 'can' | 'canUrge' | 'nextUrgeAt' | 'rating'> {
  const { rating } = ticket
  return {
    no: ticket.no,
    title: ticket.title ? maskText(ticket.title) : undefined,
    registeredAt: ticket.registeredAt.toISOString(),
    can,
    canUrge: can.includes('urge'),
    nextUrgeAt: nextUrgeAt?.toISOString(),
    rating: rating && { score: rating.score, comment: rating.comment && maskText(rating.comment) },
  }
}

function leadName(ticket: Ticket, units: UnitTree): string | undefined {
  const lead = leadOf(ticket)
  return lead && units.name(lead.unitId)
}

function isRunning(ticket: Ticket): boolean {
  return ['dispatched', 'handling', 'unitReview', 'hotlineReview'].includes(ticket.status)
}

/** 最晚 12 月 3 日答复您; a promise that was not kept is owned up to. */
function promiseOf({ resolveBy }: Ticket, now: Date): string {
  if (!resolveBy) return ''
  const by = plainDeadline(resolveBy, now)
  const said = by.endsWith('日') ? by : `${by} 前`
  return now > resolveBy ? `，原定 ${said}答复您，已经超过，热线正在督促` : `，最晚 ${said}答复您`
}

function sentenceOf(ticket: Ticket, unit: string | undefined, now: Date, isOwn = true): string {
  const until = promiseOf(ticket, now)
  switch (endOf(ticket)) {
    case 'needInfo':
      return `您的诉求还缺少信息：${maskText(ticket.infoRequest?.missing ?? '').replace(/[。．.！!]+$/, '')}。请补充，或拨打 12345。`
    case 'registered':
      return '您的诉求已收到，热线正在受理。'
    case 'consulting':
      return '您的诉求涉及多个部门，热线正在组织会商。'
    case 'accepted':
      return '您的诉求已受理，正在确定承办单位。'
    case 'dispatched':
      return `您的诉求已转${unit ?? '承办单位'}${until}。`
    case 'handling':
    case 'unitReview':
      if (ticket.suspension)
        return `${unit ?? '承办单位'}因客观条件暂缓办理，预计 ${plainDeadline(ticket.suspension.until, now)} 恢复。`
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
    case 'terminated':
      return `您的诉求已终止办理${isOwn ? whyTerminated(ticket) : ''}。如有疑问，请拨打 12345。`
    case 'void':
      return '该登记已作废。'
    default:
      return '您的诉求已办结。如有新情况，请拨打 12345。'
  }
}

/** The ground in the words of the list; what the unit wrote about it is the hotline's. */
function whyTerminated({ terminated }: Ticket): string {
  if (!terminated) return ''
  const { ground, code } = terminated
  return `：${TERMINATION_LABELS[ground]}${code ? `（${DECLINE_LABELS[code]}）` : ''}`
}

/** In the archive it is what it was before. */
function endOf(ticket: Ticket): Ticket['status'] {
  if (ticket.status !== 'archived') return ticket.status
  if (ticket.voided) return 'void'
  if (ticket.withdrawn) return 'withdrawn'
  if (ticket.terminated) return 'terminated'
  if (ticket.outcome) return 'closed'
  if (ticket.declined) return 'declined'
  return ticket.emergency ? 'transferred' : ticket.answer ? 'answered' : 'closed'
}

/** The steps that concern the caller; reviews, returns and cards are the hotline's own business. */
function stepOf(event: TicketEvent, units: UnitTree, now: Date): { at: string; text: string }[] {
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
      return event.promise ? step(`办理期限延长至 ${plainDeadline(event.promise.resolveBy, now)}`) : []
    case 'ticket.hotlineReviewed':
      return event.isPassed ? step('承办单位已答复') : []
    case 'ticket.reworked':
      return step('已退回承办单位重新办理')
    case 'ticket.reopened':
      return step('根据您反映的新情况重新办理')
    case 'ticket.urged':
      return event.isByCaller && !event.participantId ? step(URGED) : []
    case 'ticket.infoRequested':
      return step('请您补充信息')
    case 'ticket.infoSupplied':
      return step('信息已补充')
    case 'ticket.supplemented':
      return step('新情况已转告承办单位')
    case 'ticket.merged':
      return step('与同类诉求合并办理')
    case 'ticket.unmerged':
      return step('恢复单独办理')
    case 'ticket.consultationOpened':
      return step('热线组织多部门会商')
    case 'ticket.suspensionApproved':
      return step(`因客观条件暂缓办理，预计 ${plainDeadline(event.until, now)} 恢复`)
    case 'ticket.resumed':
      return step('恢复办理')
    case 'ticket.terminationApproved':
      return step('终止办理')
    case 'ticket.withdrawn':
      return step('诉求已撤回')
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
