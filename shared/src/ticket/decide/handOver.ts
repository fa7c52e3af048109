import { AppError } from '../../error'
import { OPEN_ASSIGNMENT } from '../labels'
import { need, type Decider } from './decider'

/**
 * 移交: a unit or a person that leaves hands its work to another, as it is, with its clock. Done by the system, when a unit or an
 * account is closed; who wanted it stands in the reason and in the audit.
 */
export const handOver: Decider<'handOver'> = (
  { unitId, handlerId, reason },
  ticket,
  { assignment: meant, units, staff },
) => {
  const assignment = need(meant)
  const to = unitId ?? assignment.unitId
  const unit = units.get(to)
  if (!unit?.isOpen) throw new AppError('ruleViolated', '接手单位不存在或已停用')
  if (unit.kind === 'hotline' || unit.kind === 'hotlineGroup')
    throw new AppError('ruleViolated', '热线中心不是承办单位，不能接手')
  if (to === assignment.unitId && handlerId === undefined)
    throw new AppError('ruleViolated', '请选择接手的单位或经办人')
  if (ticket.accusedUnitIds.some((accused) => units.isWithin(to, accused)))
    throw new AppError('ruleViolated', `${unit.name}是被反映单位，不能接手`)
  const isThere = ticket.assignments.some(
    (other) => other.id !== assignment.id && other.unitId === to && OPEN_ASSIGNMENT.includes(other.status),
  )
  if (to !== assignment.unitId && isThere) throw new AppError('ruleViolated', `${unit.name}已承办本件`)
  const parent = ticket.assignments.find(({ id }) => id === assignment.parentId)
  if (parent && !(to !== parent.unitId && units.isWithin(to, parent.unitId)))
    throw new AppError('ruleViolated', `${unit.name}不是${units.name(parent.unitId)}的下级，不能接手它下派的任务`)
  const handlerName = handlerId === undefined ? undefined : staff.handlerName(to, handlerId)
  if (handlerId !== undefined && !handlerName) throw new AppError('ruleViolated', '接手人不是该单位在岗的经办人员')
  return [
    {
      type: 'ticket.handedOver',
      assignmentId: assignment.id,
      fromUnitId: assignment.unitId,
      unitId: to,
      unitPath: units.pathOf(to),
      handlerId,
      handlerName,
      reason,
    },
  ]
}
