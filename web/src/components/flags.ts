import { isUnderWay } from '@hotline/shared/ticket/ticket'
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
    | 'hasPendingSuspension'
    | 'hasPendingTermination'
    | 'isSuspended'
    | 'isEscalated'
    | 'openSupervisions'
    | 'participantCount'
    | 'status'
    | 'flags'
  > &
    Pick<TicketView, 'assignments' | 'myAssignmentId' | 'suspension' | 'supervisions' | 'escalatedTo' | 'participants'>
>

/** What stands out about a ticket, the gravest first: only three of them have room. */
export function flagsOf(ticket: Flagged): Flag[] {
  const hasRed = ticket.hasRed || hasCard(ticket, 'redFor')
  const hasYellow = ticket.hasYellow || hasCard(ticket, 'yellowFor')
  const flags: (Flag | false | undefined)[] = [
    hasRed && { text: '红牌', tone: 'red' },
    ticket.urgency === 'critical' && { text: '特急', tone: 'red' },
    ticket.urgency === 'urgent' && { text: '紧急', tone: 'amber' },
    isSupervised(ticket) && { text: '督办', tone: 'red' },
    (ticket.isEscalated || ticket.escalatedTo) && { text: '提级', tone: 'red' },
    (ticket.isSuspended || ticket.suspension) && { text: '挂起', tone: 'amber' },
    ticket.status === 'consulting' && { text: '会商', tone: 'neutral' },
    ticket.status === 'needInfo' && { text: '退补', tone: 'amber' },
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
    (ticket.hasPendingSuspension || ticket.assignments?.some((one) => one.pendingSuspension)) && {
      text: '挂起待审',
      tone: 'neutral',
    },
    (ticket.hasPendingTermination || ticket.assignments?.some((one) => one.pendingTermination)) && {
      text: '终止待审',
      tone: 'neutral',
    },
    !hasRed && hasYellow && { text: '黄牌', tone: 'amber' },
    !!callersOf(ticket) && { text: `并单 ×${callersOf(ticket) + 1}`, tone: 'neutral' },
    !!ticket.reworkCount && { text: `重办 ${ticket.reworkCount}`, tone: 'neutral' },
    !!ticket.returnCount && { text: `退单 ${ticket.returnCount}`, tone: 'neutral' },
    !!ticket.urgeCount && { text: `催办 ${ticket.urgeCount}`, tone: 'neutral' },
    ticket.isAnonymous && { text: '匿名', tone: 'neutral' },
    ticket.flags?.includes('attitude') && { text: '作风', tone: 'neutral' },
    ticket.flags?.includes('escalate') && { text: '待提级', tone: 'amber' },
  ]
  return flags.filter((flag): flag is Flag => !!flag)
}

function isSupervised({ openSupervisions, supervisions }: Flagged): boolean {
  return !!openSupervisions || !!supervisions?.some(({ closedAt }) => !closedAt)
}

/** How many others joined the first caller. */
function callersOf({ participantCount, participants }: Flagged): number {
  return participantCount ?? participants?.length ?? 0
}

/** A card counts as long as its deadline still stands; an extension takes it off. */
/** As the row has it: a unit at work by its own cards, anyone else by all that he sees. */
function hasCard({ assignments, myAssignmentId }: Flagged, card: 'yellowFor' | 'redFor'): boolean {
  const mine = assignments?.find((one) => one.id === myAssignmentId && isUnderWay(one))
  return !!(mine ? [mine] : assignments)?.some((one) => one[card] !== undefined && one[card] === one.resolveBy)
}
