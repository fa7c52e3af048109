import { hasRole } from '../../actor'
import { AppError } from '../../error'
import { MANUAL_FORM_LABELS, TRIGGER_LABELS } from '../labels'
import {
  escalationTarget,
  escalationTargets,
  escalationTrigger,
  newSupervision,
  openSupervisions,
  supervisedUnits,
  TRIGGERS_OF,
} from '../supervision'
import { leadOf, type Ticket } from '../ticket'
import { hurtfulCallback } from '../when/oversight'
import { assertFields, type Decider, missing } from './decider'

const isPast = (deadline: Date | undefined, at: Date) =>
  missing(deadline !== undefined && deadline.getTime() <= at.getTime(), 'deadline', '督办期限须晚于现在')

/** 督办: a form that fits its 情形. While nobody leads yet it is the hotline's own dispatching that is watched. */
export const supervise: Decider<'supervise'> = (command, ticket, { at, actor, units }) => {
  const { form, trigger, unitId: named, requirement, deadline } = command
  const fits = TRIGGERS_OF[form].includes(trigger)
  assertFields([
    isPast(deadline, at),
    missing(!fits, 'trigger', `${MANUAL_FORM_LABELS[form]}不适用于“${TRIGGER_LABELS[trigger]}”`),
  ])
  const possible = supervisedUnits(ticket, actor, units)
  if (named && !possible.includes(named))
    throw new AppError(
      'ruleViolated',
      hasRole(actor, 'supervisor', 'director') ? '该单位没有承办本件' : '只能督办正在承办的下级单位',
    )
  const unitId = named ?? possible[0]
  return [
    {
      type: 'ticket.supervised',
      supervision: newSupervision(ticket, units, { form, trigger, unitId, requirement, deadline }),
    },
  ]
}

export const answerSupervision: Decider<'answerSupervision'> = (
  { supervisionId, answer, attachmentIds },
  ticket,
  { actor },
) => {
  const supervision = openOne(ticket, supervisionId)
  if (supervision.unitId !== actor.unitId) throw new AppError('forbidden', '不是对本单位的督办')
  return [{ type: 'ticket.supervisionAnswered', supervisionId, answer, attachmentIds }]
}

export const closeSupervision: Decider<'closeSupervision'> = ({ supervisionId, result }, ticket, { actor }) => {
  const supervision = openOne(ticket, supervisionId)
  if (!hasRole(actor, 'supervisor', 'director') && supervision.by.unitId !== actor.unitId)
    throw new AppError('forbidden', '由发起督办的单位销号')
  return [{ type: 'ticket.supervisionClosed', supervisionId, result }]
}

/** 提级督办 (D16): to the government above; the reason does not count a second time. */
export const escalate: Decider<'escalate'> = ({ toUnitId: named, requirement, deadline }, ticket, context) => {
  const { at, units, profile } = context
  assertFields([isPast(deadline, at)])
  const targets = escalationTargets(ticket, units)
  const toUnitId = named ?? escalationTarget(ticket, units)
  if (!toUnitId || !targets.includes(toUnitId))
    throw new AppError('ruleViolated', '只能提级到主办单位的上级（被反映单位除外）')
  const trigger = escalationTrigger(ticket, profile) ?? 'reworks'
  const supervision = newSupervision(ticket, units, {
    form: 'escalated',
    trigger,
    unitId: toUnitId,
    requirement,
    deadline,
  })
  return [{ type: 'ticket.escalated', supervision, toUnitId }]
}

/** 批示: to the lead, or to the hotline where nobody leads. */
export const instruct: Decider<'instruct'> = ({ instruction, deadline }, ticket, { at, units }) => {
  assertFields([isPast(deadline, at)])
  const given = { form: 'instruction', trigger: 'leader', requirement: instruction, deadline } as const
  const supervision = newSupervision(ticket, units, { ...given, unitId: leadOf(ticket)?.unitId })
  return [{ type: 'ticket.instructed', supervision }]
}

/** 回访申诉: the work goes on while it is judged. */
export const appealCallback: Decider<'appealCallback'> = ({ reason, attachmentIds }, ticket) => {
  const callback = hurtfulCallback(ticket)?.callback ?? ticket.callbacks.length - 1
  return [{ type: 'ticket.callbackAppealed', callback, reason, attachmentIds }]
}

function openOne(ticket: Ticket, id: string) {
  const supervision = openSupervisions(ticket).find((each) => each.id === id)
  if (!supervision) throw new AppError('ruleViolated', '没有这项督办，或已销号')
  return supervision
}
