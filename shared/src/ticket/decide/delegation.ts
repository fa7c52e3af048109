import { momentText } from '../../calendar/day'
import { AppError } from '../../error'
import { limitText } from '../../limits/limit'
import { assignmentDeadlines } from '../deadlines'
import { whyNotDelegate } from '../delegates'
import { parentOf } from '../requests'
import { rulesRefOf } from '../rulesRef'
import { newClock, notLater, pausedClock, type Pausable } from './clock'
import { type Decider, need } from './decider'

/** 下派 (A16): to a unit under the own one, never for longer than the own limit. */
export const delegate: Decider<'delegate'> = ({ unitId, task, standard, limit }, ticket, context) => {
  const own = need(context.assignment)
  const { at, actor, units, profile, calendar, dutyAllows } = context
  const refusal = whyNotDelegate(ticket, own, unitId, units)
  if (refusal) throw new AppError('ruleViolated', refusal)
  const allowed = dutyAllows?.(ticket, unitId) ?? true
  if (allowed !== true) throw new AppError('ruleViolated', allowed)

  const isOwnLimit = limit.kind === 'profile'
  const given = isOwnLimit ? own.limit : { unit: limit.kind, n: limit.n }
  const { urgency } = ticket
  const deadlines = assignmentDeadlines(profile, calendar, {
    dispatchedAt: at,
    urgency,
    isMultiUnit: false,
    limit: given,
  })
  const resolve: Pausable = isOwnLimit
    ? { by: own.resolveBy, isProvisional: own.isProvisional, unpausedBy: own.unpausedBy, explain: own.explain }
    : deadlines.resolve
  const latest = momentText(own.resolveBy, true)
  if (resolve.by.getTime() > own.resolveBy.getTime())
    throw new AppError('ruleViolated', `下派的时限不能晚于本单位的时限 ${latest}`)
  // Who delegates when his own time is over leaves the others their steps.
  const step = (by: Date) => (own.resolveBy.getTime() > at.getTime() && by > own.resolveBy ? own.resolveBy : by)
  const clock = newClock(context, resolve, given, at)
  return [
    {
      type: 'ticket.delegated',
      parentId: own.id,
      assignment: {
        id: `a${ticket.assignments.length + 1}`,
        parentId: own.id,
        role: 'delegated',
        unitId,
        unitPath: units.pathOf(unitId),
        status: 'toAcknowledge',
        task,
        standard,
        limit: given,
        limitFrom: isOwnLimit ? own.limitFrom : 'manual',
        rules: rulesRefOf(profile, calendar),
        dispatchedAt: at,
        dispatchedBy: { userId: actor.userId, name: actor.name, unitId: actor.unitId },
        acknowledgeBy: step(deadlines.acknowledge.by),
        returnBy: step(deadlines.return.by),
        ...clock,
        explain: [isOwnLimit ? '与下派单位的时限相同' : `下派时指定 ${limitText(given)}`, ...clock.explain],
        pauses: isOwnLimit ? own.pauses : undefined,
        locked: false,
        extensionCount: 0,
        extensionWorkdays: 0,
        reviews: [],
      },
    },
  ]
}

export const recallDelegation: Decider<'recallDelegation'> = ({ reason }, _ticket, { assignment }) => [
  { type: 'ticket.delegationRecalled', assignmentId: need(assignment).id, reason },
]

/** 退回补充: no rework, and the time that lay with the reader is given back. */
export const sendBack: Decider<'sendBack'> = ({ opinion }, ticket, context) => {
  const assignment = need(context.assignment)
  const pause = assignment.metAt && { from: assignment.metAt, to: context.at }
  if (!pause) return [{ type: 'ticket.sentBack', assignmentId: assignment.id, opinion }]
  const moved = notLater(pausedClock(context, assignment, pause), parentOf(ticket, assignment)?.resolveBy)
  const clock = newClock(context, moved, assignment.limit, assignment.dispatchedAt)
  return [{ type: 'ticket.sentBack', assignmentId: assignment.id, opinion, pause, clock }]
}
