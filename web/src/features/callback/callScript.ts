import { dayOf } from '@hotline/shared/calendar/day'
import { GENDER_LABELS, SATISFACTION_LABELS } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'

/** 11月20日 */
function spokenDay(iso: string): string {
  const [, month, day] = dayOf(new Date(iso)).split('-')
  return `${Number(month)}月${Number(day)}日`
}

/** 张** and 女士 → 张女士; without a name or a gender whatever is polite. */
export function salutation(ticket: Pick<TicketView, 'contact' | 'callerGender'>): string {
  const surname = ticket.contact?.name?.replace(/\*+/g, '').slice(0, 1) ?? ''
  if (ticket.callerGender === 'unknown') return surname ? `${surname}先生（女士）` : '您'
  return `${surname}${GENDER_LABELS[ticket.callerGender]}`
}

export interface CallScript {
  opening: string
  matter: string
  /** What the unit tells the caller, in full. */
  answer: string
  closing: string
}

/** What the call is about: what was asked for, or the bad rating that was given. */
function matterOf({ rated, registeredAt, title, leadUnitName, unitNames }: TicketView): string {
  if (!rated) return `您于 ${spokenDay(registeredAt)} 反映的“${title ?? ''}”，由${leadUnitName ?? '承办单位'}办理。`
  const unit = unitNames[rated.unitId] ?? leadUnitName ?? '承办单位'
  return `您于 ${spokenDay(rated.ratedAt)} 对${unit}的评价是“${SATISFACTION_LABELS[rated.score]}”，该单位已经整改。`
}

/** What the officer reads out, with this ticket's facts in it. */
export function callScript(ticket: TicketView, hotline: string): CallScript {
  const lead = ticket.assignments.find(({ id }) => id === ticket.leadAssignmentId)
  const whom = salutation(ticket)
  const again = ticket.callbacks.length > 0 ? '（再次回访）' : ''
  return {
    opening: `您好，这里是${hotline}，工单回访${again}。${whom === '您' ? '请问您现在方便吗？' : `请问是${whom}吗？现在方便吗？`}`,
    matter: matterOf(ticket),
    answer: lead?.reply?.publicReply ?? lead?.rectification?.result ?? '（没有办理答复）',
    closing: '感谢您对 12345 热线的支持，如有新的情况，欢迎再次来电。再见。',
  }
}
