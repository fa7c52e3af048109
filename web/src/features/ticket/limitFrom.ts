import type { TicketView } from '@hotline/shared/ticket/view'

/** Where an assignment's limit comes from (ticket.md §3, which limit wins). */
export const LIMIT_FROM_LABELS: Record<TicketView['assignments'][number]['limitFrom'], string> = {
  statutory: '法定时限',
  manual: '派单时缩短',
  catalogue: '派单目录',
  profile: '时限方案',
  rework: '重办时限',
}
