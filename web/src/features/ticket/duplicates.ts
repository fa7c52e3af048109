import type { DuplicatesAnswer, DuplicatesInput, DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import { OPEN_STATUSES, STATUS_LABELS } from '@hotline/shared/ticket/labels'
import { api } from '../../platform/http'
import { day, deadline, remaining } from '../../platform/format'

/** 重复识别: what a matter may be again, with reasons. Reads only, so it may be asked at every pause of typing. */
export const askDuplicates = (input: DuplicatesInput) => api.post<DuplicatesAnswer>('/api/tickets/duplicates', input)

type State = Pick<DuplicateView, 'status' | 'leadUnitName' | 'resolveBy' | 'closedAt' | 'mergedInto'>

/** Where it stands, in a line: 滨城区住建局 · 办理中 · 剩余 1 天 4 小时. */
export function stateOf(ticket: State, now: Date): string {
  const { status, leadUnitName, resolveBy, closedAt, mergedInto } = ticket
  const isOpen = OPEN_STATUSES.includes(status)
  return [
    leadUnitName ?? (isOpen ? '尚未派单' : ''),
    mergedInto ? `已并入 ${mergedInto}` : STATUS_LABELS[status],
    isOpen && resolveBy ? remaining(resolveBy, now).text : closedAt ? day(closedAt).slice(5) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** 不予受理 because nothing is new (DUP_NONEW): what the caller was told of the earlier ticket. */
export function nothingNewReason(ticket: State & Pick<DuplicateView, 'no'>): string {
  const { no, status, leadUnitName, resolveBy } = ticket
  const isOpen = OPEN_STATUSES.includes(status)
  const where = leadUnitName ? `${leadUnitName}承办，` : ''
  const until = isOpen && resolveBy ? `，最晚 ${deadline(resolveBy)} 办结` : ''
  const told = isOpen ? '已告知来电人办理进展' : '已告知来电人办理结果'
  return `与工单 ${no} 为同一诉求，无新情况、新理由。原工单${where}${STATUS_LABELS[status]}${until}。${told}。`
}
