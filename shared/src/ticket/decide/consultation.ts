import { AppError } from '../../error'
import type { DecideContext } from '../context'
import { dispatchDeadline, type Pause } from '../deadlines'
import type { Ticket } from '../ticket'
import { pausedPromise } from './clock'
import { assertFields, type Decider, missing } from './decider'
import { dispatched } from './dispatch'

/** 发起会商 (A08): units that could take it, never one that is accused; in the place of a decision on a pending return. */
export const openConsultation: Decider<'openConsultation'> = ({ topic, unitIds, answerBy }, ticket, { units, at }) => {
  assertFields([
    missing(answerBy !== undefined && answerBy.getTime() <= at.getTime(), 'answerBy', '反馈意见的时间须晚于现在'),
  ])
  if (new Set(unitIds).size !== unitIds.length) throw new AppError('ruleViolated', '同一单位不能重复邀请')
  for (const unitId of unitIds) {
    const unit = units.get(unitId)
    if (!unit?.isOpen) throw new AppError('ruleViolated', '会商单位不存在或已停用')
    if (unit.kind === 'hotline' || unit.kind === 'hotlineGroup')
      throw new AppError('ruleViolated', '热线中心组织会商，不作为会商单位')
    if (ticket.accusedUnitIds.some((accused) => units.isWithin(unitId, accused)))
      throw new AppError('ruleViolated', `${unit.name}是被反映单位，不得参加会商`)
  }
  return [
    {
      type: 'ticket.consultationOpened',
      id: `c${(ticket.consultations?.length ?? 0) + 1}`,
      topic,
      units: unitIds.map((unitId) => ({ unitId, unitPath: units.pathOf(unitId) })),
      answerBy,
      isFromReturn: ticket.status !== 'accepted',
    },
  ]
}

/** A unit may think better of it: the last opinion counts, all are kept. */
export const giveOpinion: Decider<'giveOpinion'> = ({ stance, opinion, basis }, _ticket, { actor }) => [
  { type: 'ticket.opinionGiven', unitId: actor.unitId, stance, opinion, basis },
]

export const recordSiteVisit: Decider<'recordSiteVisit'> = (command, _ticket, { at, units }) => {
  const { visitedAt, place, unitIds, people, findings, attachmentIds } = command
  assertFields([
    missing(visitedAt.getTime() > at.getTime() + 60_000, 'visitedAt', '踏勘时间不能晚于现在'),
    ...unitIds.map((unitId, index) => missing(!units.has(unitId), `unitIds.${index}`, '参加单位不存在')),
  ])
  return [{ type: 'ticket.siteVisitRecorded', visitedAt, place, unitIds, people, findings, attachmentIds }]
}

/** 会商结论 (A09): dispatched in the same commit, and cannot be returned any more. */
export const concludeConsultation: Decider<'concludeConsultation'> = (command, ticket, context) => {
  const { leadUnitId, coUnitIds, basis } = command
  return [
    { type: 'ticket.consultationConcluded', leadUnitId, coUnitIds, basis, ...takenTime(ticket, context) },
    dispatched(command, ticket, context, { lockedReason: '会商确定，不得退单', basis }),
  ]
}

export const cancelConsultation: Decider<'cancelConsultation'> = ({ reason }, ticket, context) => {
  const { profile, calendar, at } = context
  const { by } = dispatchDeadline(profile, calendar, { acceptedAt: at, urgency: ticket.urgency })
  return [{ type: 'ticket.consultationCancelled', reason, dispatchBy: by, ...takenTime(ticket, context) }]
}

/** The promise stands still while units confer. */
function takenTime(ticket: Ticket, context: DecideContext) {
  const from = ticket.consultations?.at(-1)?.openedAt
  if (!from || !ticket.resolveBy) return {}
  const pause: Pause = { from, to: context.at }
  return { pause, promise: pausedPromise(context, ticket, pause) }
}
