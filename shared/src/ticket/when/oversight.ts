import type { WhenContext } from '../context'
import type { Ticket } from '../ticket'

/** Conditions of supervision and appeal. */
type Answer = true | string

export function maySupervise(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function owesAnswer(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayCloseSupervision(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayEscalate(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayAppealCallback(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}
