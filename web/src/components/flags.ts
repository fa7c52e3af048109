import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'

export interface Flag {
  text: string
  tone: 'red' | 'amber' | 'neutral'
}
export type Flagged = Partial<
  Pick<
    TicketRow,
    | 'urgency'
    | 'confidentiality'
    | 'isAnonymous'
    | 'reworkCount'
    | 'returnCount'
    | 'urgeCount'
    | 'hasYellow'
    | 'hasRed'
    | 'hasPendingReturn'
    | 'hasPendingExtension'
    | 'flags'
  > &
    Pick<TicketView, 'yellowCount' | 'redCount'>
>

/** What stands out about a ticket, the gravest first: only three of them have room. */
export function flagsOf(ticket: Flagged): Flag[] {
  const flags: (Flag | false | undefined)[] = [
    (ticket.hasRed || !!ticket.redCount) && { text: '红牌', tone: 'red' },
    ticket.urgency === 'critical' && { text: '特急', tone: 'red' },
    ticket.urgency === 'urgent' && { text: '紧急', tone: 'amber' },
    ticket.confidentiality === 2 && { text: '举报保密', tone: 'neutral' },
    ticket.confidentiality === 1 && { text: '隐藏身份', tone: 'neutral' },
    ticket.hasPendingReturn && { text: '退单待审', tone: 'neutral' },
    ticket.hasPendingExtension && { text: '延期待审', tone: 'neutral' },
    !ticket.hasRed && !ticket.redCount && (ticket.hasYellow || !!ticket.yellowCount) && { text: '黄牌', tone: 'amber' },
    !!ticket.reworkCount && { text: `重办 ${ticket.reworkCount}`, tone: 'neutral' },
    !!ticket.returnCount && { text: `退单 ${ticket.returnCount}`, tone: 'neutral' },
    !!ticket.urgeCount && { text: `催办 ${ticket.urgeCount}`, tone: 'neutral' },
    ticket.isAnonymous && { text: '匿名', tone: 'neutral' },
    ticket.flags?.includes('attitude') && { text: '作风', tone: 'neutral' },
    ticket.flags?.includes('escalate') && { text: '提级', tone: 'neutral' },
  ]
  return flags.filter((flag): flag is Flag => !!flag)
}
