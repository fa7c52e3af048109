import { hasRole } from '../../actor'
import { momentText } from '../../calendar/day'
import { deadlineAfter } from '../../limits/deadline'
import { workdays } from '../../limits/limit'
import type { WhenContext } from '../context'
import { hasRatingAppeal, openSupervisions } from '../supervision'
import type { Ticket } from '../ticket'

/** Conditions of intake and merging. */
type Answer = true | string

/** What was merged into a ticket has no other home: chains of mergers would lose a caller. */
export function mayMerge(ticket: Ticket): Answer {
  if (ticket.participants?.length) return '已有其他诉求并入本件，请把另一件并入本件'
  if (ticket.rated) return '差评整改件不能并单'
  if (ticket.pendingAppeal) return '回访申诉待甄别，不能并单'
  return openSupervisions(ticket).length === 0 || '督办未销号，不能并单'
}

/** Within the profile's workdays; the system at any time, when the main ticket could not take the caller in. */
export function mayUnmerge({ merger }: Ticket, { actor, at, profile, calendar }: WhenContext): Answer {
  if (!merger) return '本件没有并入其他工单'
  if (hasRole(actor, 'system')) return true
  const { by } = deadlineAfter(calendar, workdays(profile.unmergeWorkdays), merger.at, {
    event: '并单',
    dueTime: profile.dueTime,
  })
  return at <= by || `并单超过 ${profile.unmergeWorkdays} 个工作日（${momentText(by, true)}），不能撤销`
}

export function hasParticipants({ participants }: Ticket): Answer {
  return !!participants?.length || '没有并入的诉求人'
}

/** 登记错误; what others were merged into is no error, nor is what the system registered of a rating. */
export function mayVoid({ participants, rated }: Ticket): Answer {
  if (rated) return '差评整改件不能作废，误评的请认定评价'
  return !participants?.length || '已有其他诉求并入本件，请先撤销并单'
}

/** 举报 belongs to the public, not to who reported it; a matter of several is not withdrawn by one of them. */
export function mayWithdraw(ticket: Ticket): Answer {
  if (ticket.kind === 'report') return '举报不能撤回'
  if (ticket.rated) return '差评整改件不能撤回'
  return !ticket.participants?.length || '其他诉求人也反映了同一事项，不能撤回'
}

/** The clock on its day, the director before it; a merged one follows its main ticket. Nothing that is still watched. */
export function mayArchive(ticket: Ticket, { actor, at }: WhenContext): Answer {
  if (openSupervisions(ticket).length > 0) return '督办未销号，不能归档'
  if (ticket.pendingAppeal) return '回访申诉待甄别，不能归档'
  if (hasRatingAppeal(ticket)) return '误评申诉待认定，不能归档'
  const isClock = hasRole(actor, 'system')
  if (ticket.status === 'merged') return isClock || `随主单 ${ticket.merger?.mainNo ?? ''} 归档`
  if (!isClock) return true
  return (ticket.archiveBy !== undefined && at >= ticket.archiveBy) || '未到归档时间'
}

export function hasSuggestion(ticket: Ticket): Answer {
  return ticket.suggestion !== undefined || '没有待确认的改派建议'
}
