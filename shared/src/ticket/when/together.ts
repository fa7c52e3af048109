import type { WhenContext } from '../context'
import type { Ticket } from '../ticket'

/** Conditions of consultation, delegation, suspension and termination. */
type Answer = true | string

export function mayConsult(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function isInvited(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayDelegate(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function isOwnDelegate(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function maySendBack(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function maySuspend(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function suspensionAwaitsHotline(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayResume(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayTerminate(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function terminationAwaitsHotline(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}
