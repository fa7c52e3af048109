import { ATTEMPT_LABELS, SOLVED_LABELS } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'
import { moment } from '../../platform/format'

type Called = Pick<TicketView, 'attempts' | 'callbacks' | 'callbackSince' | 'status'>

export interface CallState {
  text: string
  tone?: 'green' | 'amber'
}

/** What became of calling one caller back: the ticket's own without an id, else one who was merged into it. */
export function callStateOf({ attempts, callbacks, callbackSince, status }: Called, participantId?: string): CallState {
  const isOfRound = ({ at, participantId: whose }: { at: string; participantId?: string }) =>
    whose === participantId && at >= (callbackSince ?? '')
  const answer = callbacks.findLast(isOfRound)
  if (answer)
    return {
      text: `${moment(answer.at)} 回访：${SOLVED_LABELS[answer.solved]}${answer.isDissatisfied ? '，不满意' : ''}`,
      tone: answer.isDissatisfied ? 'amber' : 'green',
    }
  const tried = attempts.filter(isOfRound)
  const last = tried.at(-1)
  if (last) return { text: `已拨 ${tried.length} 次，${ATTEMPT_LABELS[last.result]}` }
  return { text: status === 'callback' ? '待回访' : '未回访' }
}
