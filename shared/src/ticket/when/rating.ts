import type { WhenContext } from '../context'
import type { Ticket } from '../ticket'

/** Conditions of 好差评. */
type Answer = true | string

export function mayRate(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayRectify(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayAppealRating(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayJudgeRating(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}
