import type { NewEvent } from '../events'
import { ENDED_STATUSES } from '../labels'
import { assertFields, type Decider, missing, need } from './decider'

/** 好差评 on a ticket that is over; a bad one becomes a rectification ticket of its own. */
export const rate: Decider<'rate'> = ({ channel, score, comment, isNamed }, ticket) => [
  // Who has kept his name from the units stays unnamed.
  { type: 'ticket.rated', channel, score, comment, isNamed: isNamed && !ticket.isAnonymous && ticket.hasContact },
]

/** 差评整改: 原因剖析, 措施, 结果; late with why. */
export const rectify: Decider<'rectify'> = (command, _ticket, { assignment, at }) => {
  const { id, resolveBy, dispatchedAt } = need(assignment)
  const { type: _type, version: _version, assignmentId: _id, ...rectification } = command
  const { contactedAt, overdueReason } = rectification
  assertFields([
    missing(
      contactedAt !== undefined && contactedAt.getTime() > at.getTime() + 60_000,
      'contactedAt',
      '联系时间不能晚于现在',
    ),
    missing(
      contactedAt !== undefined && contactedAt.getTime() < dispatchedAt.getTime() - 60_000,
      'contactedAt',
      '联系时间不能早于派单',
    ),
    missing(at.getTime() > resolveBy.getTime() && !overdueReason, 'overdueReason', '已超期，请填写超期原因'),
  ])
  return [{ type: 'ticket.rectified', assignmentId: id, rectification }]
}

export const appealRating: Decider<'appealRating'> = ({ reason }) => [{ type: 'ticket.ratingAppealed', reason }]

/** 误评、恶意差评 end the rectification; the rating stays as it was given, beside the verdict. */
export const judgeRating: Decider<'judgeRating'> = ({ verdict, reason }, ticket) => {
  const judged: NewEvent = { type: 'ticket.ratingJudged', verdict, reason }
  if (verdict === 'valid' || ENDED_STATUSES.includes(ticket.status)) return [judged]
  return [judged, { type: 'ticket.closed', outcome: 'misrated' }]
}
