import { dayOf } from '@hotline/shared/calendar/day'
import type { Quote } from '@hotline/shared/knowledge/quote'
import type { CommandInput } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'

type Body = Omit<CommandInput<'reply'>, 'version'>

/** The reply as it is being written. Without the number that was called: that is never kept in a browser's storage. */
export interface ReplyAnswers {
  isFactual?: Body['isFactual']
  isBeyondDuty: boolean
  contacted?: Body['contacted']
  contactedAt?: string
  contactMethod?: Body['contactMethod']
  solved?: Body['solved']
  unsolvedReason: string
  handling: string
  publicReply: string
  legalBasis: string
  overdueReason: string
  attachmentIds: string[]
  /** Articles that it quotes. */
  knowledge: Quote[]
}

/** Whether the unit must not contact the caller, and the sentence that says why. */
export function contactBan(
  ticket: Pick<TicketView, 'isAnonymous' | 'confidentiality' | 'hasContact'>,
): string | undefined {
  if (ticket.confidentiality === 2) return '举报保密件，不提供联系方式，由热线联系举报人'
  if (ticket.confidentiality === 1) return '诉求人要求对承办单位隐藏身份，由热线联系诉求人'
  if (ticket.isAnonymous) return '匿名诉求，不提供联系方式，由热线联系诉求人'
  return ticket.hasContact ? undefined : '诉求人未留联系方式'
}

/** The answers that the ticket gives already: the last contact made, or that none may be made. */
export function firstAnswers(ticket: TicketView): ReplyAnswers {
  const reached = ticket.contacts.findLast(
    ({ assignmentId, isReached }) => isReached && assignmentId === ticket.myAssignmentId,
  )
  const blank: ReplyAnswers = {
    isBeyondDuty: false,
    unsolvedReason: '',
    handling: '',
    publicReply: '',
    legalBasis: '',
    overdueReason: '',
    attachmentIds: [],
    knowledge: [],
  }
  if (contactBan(ticket)) return { ...blank, contacted: 'exempt' }
  if (!reached) return blank
  return {
    ...blank,
    contacted: 'yes',
    contactedAt: reached.contactedAt,
    contactMethod: reached.method as Body['contactMethod'],
  }
}

/** A reply that was sent back is mended, not written again. */
export function answersOf(reply: NonNullable<TicketView['assignments'][number]['reply']>): ReplyAnswers {
  const { isFactual, isBeyondDuty, contacted, contactedAt, contactMethod, solved, handling, publicReply } = reply
  return {
    isFactual,
    isBeyondDuty,
    contacted,
    contactedAt,
    contactMethod,
    solved,
    handling,
    publicReply,
    unsolvedReason: reply.unsolvedReason ?? '',
    legalBasis: reply.legalBasis ?? '',
    overdueReason: reply.overdueReason ?? '',
    attachmentIds: [...reply.attachmentIds],
    knowledge: [...(reply.knowledge ?? [])],
  }
}

/**
 * The body without what does not apply any more. Required choices that are still open stay undefined, so that the
 * schema names them all at once.
 */
export function replyBody(answers: ReplyAnswers, contactNumber: string, isLate: boolean): Partial<Body> {
  const isContacted = answers.contacted === 'yes'
  const given = (text: string) => text.trim() || undefined
  return {
    isFactual: answers.isFactual,
    isBeyondDuty: answers.isBeyondDuty,
    contacted: answers.contacted,
    contactedAt: isContacted ? answers.contactedAt : undefined,
    contactMethod: isContacted ? answers.contactMethod : undefined,
    contactNumber: isContacted ? given(contactNumber) : undefined,
    solved: answers.solved,
    unsolvedReason: answers.solved === 'yes' ? undefined : given(answers.unsolvedReason),
    handling: answers.handling,
    publicReply: answers.publicReply,
    legalBasis: given(answers.legalBasis),
    overdueReason: isLate ? given(answers.overdueReason) : undefined,
    attachmentIds: answers.attachmentIds,
    knowledge: answers.knowledge.length > 0 ? answers.knowledge : undefined,
  }
}

/** 四段式 (domain.md §2.5 H3), with what is known filled in; what the author has written already comes after. */
export function fourParts(ticket: Pick<TicketView, 'registeredAt' | 'title'>, written: string): string {
  const [year, month, day] = dayOf(new Date(ticket.registeredAt)).split('-').map(Number)
  const parts = [
    `一、收到诉求\n您于 ${year} 年 ${month} 月 ${day} 日通过 12345 热线反映的“${ticket.title ?? ''}”已收悉。`,
    `二、调查核实\n${written.trim()}`,
    '三、处理意见\n',
    '四、后续说明\n如有疑问，请联系承办人：          电话：          ',
  ]
  return parts.join('\n\n')
}
