import type { WhenContext } from '../context'
import type { Ticket } from '../ticket'
import { isEndedLately, maySubmit } from '../when'

/** Conditions of 好差评. */
type Answer = true | string

/** The caller rates once; what answers a bad rating is not rated again. */
export function mayRate(ticket: Ticket, context: WhenContext): Answer {
  if (ticket.rated) return '差评整改件不再评价'
  if (ticket.rating) return '已评价'
  const isLately = isEndedLately(ticket, context)
  return isLately === true || `办结已超过 ${context.profile.reopenDays} 天，不能评价`
}

/** 整改 instead of a reply. */
export function mayRectify(ticket: Ticket, context: WhenContext): Answer {
  return ticket.rated ? maySubmit(ticket, context) : '不是差评整改件'
}

/** 误评申诉: the rated unit, once, before it has rectified. */
export function mayAppealRating(ticket: Ticket, { assignment }: WhenContext): Answer {
  if (!ticket.rated) return '不是差评整改件'
  if (ticket.rated.verdict) return '评价已认定，不得再申诉'
  if (ticket.rated.appeal) return '已申诉，待认定'
  if (assignment?.id !== ticket.leadAssignmentId) return '由主办单位申诉'
  return !assignment?.rectification || '已提交整改，不再申诉'
}

/** 评价认定: once, with or without an appeal. */
export function mayJudgeRating(ticket: Ticket): Answer {
  if (!ticket.rated) return '不是差评整改件'
  return !ticket.rated.verdict || '评价已认定'
}
