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
    Pick<TicketView, 'assignments'>
>

/** What stands out about a ticket, the gravest first: only three of them have room. */
export function flagsOf(ticket: Flagged): Flag[] {
  const hasRed = ticket.hasRed || hasCard(ticket, 'redFor')
  const hasYellow = ticket.hasYellow || hasCard(ticket, 'yellowFor')
  const flags: (Flag | false | undefined)[] = [
    hasRed && { text: '红牌', tone: 'red' },
    ticket.urgency === 'critical' && { text: '特急', tone: 'red' },
    ticket.urgency === 'urgent' && { text: '紧急', tone: 'amber' },
    ticket.confidentiality === 2 && { text: '举报保密', tone: 'neutral' },
    ticket.confidentiality === 1 && { text: '隐藏身份', tone: 'neutral' },
    (ticket.hasPendingReturn || ticket.assignments?.some((one) => one.pendingReturn)) && {
      text: '退单待审',
      tone: 'neutral',
    },
    (ticket.hasPendingExtension || ticket.assignments?.some((one) => one.pendingExtension)) && {
      text: '延期待审',
      tone: 'neutral',
    },
    !hasRed && hasYellow && { text: '黄牌', tone: 'amber' },
    !!ticket.reworkCount && { text: `重办 ${ticket.reworkCount}`, tone: 'neutral' },
    !!ticket.returnCount && { text: `退单 ${ticket.returnCount}`, tone: 'neutral' },
    !!ticket.urgeCount && { text: `催办 ${ticket.urgeCount}`, tone: 'neutral' },
    ticket.isAnonymous && { text: '匿名', tone: 'neutral' },
    ticket.flags?.includes('attitude') && { text: '作风', tone: 'neutral' },
    ticket.flags?.includes('escalate') && { text: '提级', tone: 'neutral' },
  ]
  return flags.filter((flag): flag is Flag => !!flag)
}

/** A card counts as long as its deadline still stands; an extension takes it off. */
function hasCard({ assignments }: Flagged, card: 'yellowFor' | 'redFor'): boolean {
  return !!assignments?.some((one) => one[card] !== undefined && one[card] === one.resolveBy)
}
