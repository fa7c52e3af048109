import { WITH_UNIT } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Pace } from '../../platform/format'

export interface Mark {
  label: string
  by: string
  /** From when on, not until when. */
  isStart?: boolean
  pace?: Pace
}

/** The hotline's own steps. */
const HOURS = { pace: 'hours' } as const

/** What is still to come on a ticket's road, the farthest first: it stands above the newest event. */
export function marksOf(ticket: TicketView): Mark[] {
  const { assignments, leadAssignmentId, status } = ticket
  const lead = assignments.find(({ id }) => id === leadAssignmentId)
  const marks: (Mark | undefined)[] = []
  const add = (label: string, by: string | undefined, more: Partial<Mark> = {}) =>
    marks.push(by ? { label, by, ...more } : undefined)

  const { suspension } = ticket
  if (suspension) {
    add('恢复办理，自', suspension.until, { isStart: true })
    add('恢复后预计办结', ticket.expected?.resolveBy, { isStart: true })
    return sorted(marks)
  }
  if (status === 'consulting') add('最晚会商意见', ticket.consultations?.at(-1)?.answerBy, HOURS)
  if (status === 'accepted') add('最晚派单', ticket.dispatchBy, HOURS)
  if (lead && WITH_UNIT.includes(status)) {
    if (lead.status === 'toAcknowledge') add('最晚签收', lead.acknowledgeBy)
    if (lead.status === 'handling' && !lead.firstContactAt && !ticket.isAnonymous && ticket.confidentiality === 0)
      add('最晚首次联系诉求人', lead.firstContactBy)
    if (lead.pendingReturn) add('热线最晚审核退单', lead.pendingReturn.reviewBy, HOURS)
    if (lead.pendingExtension?.reviewBy) add('热线最晚审批延期', lead.pendingExtension.reviewBy, HOURS)
    add('最晚办理反馈', lead.resolveBy)
    if (ticket.resolveBy !== lead.resolveBy) add('对诉求人的承诺', ticket.resolveBy)
  }
  if (status === 'hotlineReview') add('最晚热线审核', ticket.hotlineReviewBy, HOURS)
  if (status === 'callback') {
    add('可以回访，自', ticket.nextAttemptAt, { isStart: true })
    add('最晚回访', ticket.callbackBy)
  }
  return sorted(marks)
}

function sorted(marks: readonly (Mark | undefined)[]): Mark[] {
  return marks.filter((mark): mark is Mark => !!mark).sort((a, b) => b.by.localeCompare(a.by))
}
