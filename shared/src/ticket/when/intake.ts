import type { WhenContext } from '../context'
import type { Ticket } from '../ticket'

/** Conditions of intake and merging. */
type Answer = true | string

export function maySupply(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayMerge(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayUnmerge(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayBeJoined(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function hasParticipants(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayWithdraw(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function mayArchive(_ticket: Ticket, _context: WhenContext): Answer {
  return '暂不可用'
}

export function hasSuggestion(ticket: Ticket): Answer {
  return ticket.suggestion !== undefined || '没有待确认的改派建议'
}
