import { limitOfRow } from '../../catalogue/rule'
import { AppError } from '../../error'
import type { CommandOf } from '../commands'
import type { DecideContext } from '../context'
import { assignmentDeadlines, chooseLimit, type Deadline, dispatchDeadline } from '../deadlines'
import type { NewEvent, NewPromise } from '../events'
import type { AssignmentRole } from '../labels'
import type { Assignment, Ticket } from '../ticket'
import { rulesRefOf } from '../rulesRef'
import { newClock, promiseOf } from './clock'
import { type Decider } from './decider'

type FourThings = Pick<
  CommandOf<'dispatch'>,
  'leadUnitId' | 'coUnitIds' | 'copyUnitIds' | 'task' | 'standard' | 'limit' | 'note'
>

/** 派单 (A10): 四明确, and never to whom the caller accuses. */
export const dispatch: Decider<'dispatch'> = (command, ticket, context) => [dispatched(command, ticket, context, {})]

/** 指定 (A14): after the third approved return; cannot be returned any more (D10). */
export const designate: Decider<'designate'> = (command, ticket, context) => [
  dispatched(command, ticket, context, {
    lockedReason: '热线指定，不得再退',
    basis: command.basis,
    isDesignated: true,
  }),
]

/** 撤回改派: not counted as a return; the caller's promise goes on. */
export const recall: Decider<'recall'> = ({ reason }, ticket, { profile, calendar, at }) => [
  {
    type: 'ticket.recalled',
    reason,
    dispatchBy: dispatchDeadline(profile, calendar, { acceptedAt: at, urgency: ticket.urgency }).by,
  },
]

/** One dispatch, whatever decided on it. @throws AppError ruleViolated */
export function dispatched(
  command: FourThings,
  ticket: Ticket,
  context: DecideContext,
  designation: { lockedReason?: string; basis?: string; isDesignated?: boolean },
): NewEvent {
  assertUnits(command, ticket, context)
  const { at, actor, profile, calendar, units } = context
  const row = context.catalogueRow?.(ticket, command.leadUnitId)
  const manual = command.limit.kind === 'profile' ? undefined : { unit: command.limit.kind, n: command.limit.n }
  const { kind, urgency } = ticket
  const complexity = ticket.complexity ?? row?.complexity
  const chosen = chooseLimit(profile, { kind, complexity, urgency }, { manual, ...limitOfRow(row) })
  const deadlines = assignmentDeadlines(profile, calendar, {
    dispatchedAt: at,
    urgency,
    isMultiUnit: command.coUnitIds.length > 0,
    limit: chosen.limit,
  })
  const clock = newClock(context, deadlines.resolve, chosen.limit, at)
  const make = (unitId: string, role: AssignmentRole, index: number): Assignment => ({
    id: `a${ticket.assignments.length + index + 1}`,
    role,
    unitId,
    unitPath: units.pathOf(unitId),
    status: role === 'copy' ? 'done' : 'toAcknowledge',
    task: command.task,
    standard: command.standard,
    note: command.note,
    limit: chosen.limit,
    limitFrom: chosen.from,
    limitCase: { kind, urgency, complexity },
    rules: rulesRefOf(profile, calendar),
    ruleId: row?.ruleId,
    catalogueVersion: row?.catalogueVersion,
    ruleReason: row?.reason,
    dispatchedAt: at,
    dispatchedBy: { userId: actor.userId, name: actor.name, unitId: actor.unitId },
    acknowledgeBy: deadlines.acknowledge.by,
    returnBy: deadlines.return.by,
    ...clock,
    explain: [...chosen.explain, ...clock.explain],
    locked: designation.lockedReason !== undefined,
    lockedReason: designation.lockedReason,
    extensionCount: 0,
    extensionWorkdays: 0,
    reviews: [],
  })
  const assignments = [
    make(command.leadUnitId, 'lead', 0),
    ...command.coUnitIds.map((unitId, index) => make(unitId, 'co', index + 1)),
    ...command.copyUnitIds.map((unitId, index) => make(unitId, 'copy', command.coUnitIds.length + index + 1)),
  ]
  return {
    type: 'ticket.dispatched',
    assignments,
    leadAssignmentId: assignments[0]!.id,
    isDesignated: designation.isDesignated ?? false,
    isLate: ticket.dispatchBy !== undefined && at.getTime() > ticket.dispatchBy.getTime(),
    basis: designation.basis,
    ruleId: row?.ruleId,
    promise: ticket.resolveBy ? undefined : firstPromise(deadlines.resolve, ticket.joinedBy),
  }
}

/** Who joined before the first dispatch may have been promised something earlier already. */
function firstPromise(deadline: Deadline, joinedBy: Date | undefined): NewPromise {
  return joinedBy && joinedBy < deadline.by ? { resolveBy: joinedBy, isProvisional: false } : promiseOf(deadline)
}

/** @throws AppError ruleViolated: unknown, closed, twice, or accused */
function assertUnits(
  { leadUnitId, coUnitIds, copyUnitIds }: FourThings,
  ticket: Ticket,
  { units }: DecideContext,
): void {
  const all = [leadUnitId, ...coUnitIds, ...copyUnitIds]
  if (new Set(all).size !== all.length) throw new AppError('ruleViolated', '同一单位不能重复派单')
  for (const unitId of all) {
    const unit = units.get(unitId)
    if (!unit || !unit.isOpen) throw new AppError('ruleViolated', '承办单位不存在或已停用')
    if (unit.kind === 'hotline' || unit.kind === 'hotlineGroup')
      throw new AppError('ruleViolated', '热线中心不是承办单位')
    if (ticket.accusedUnitIds.some((accused) => units.isWithin(unitId, accused)))
      throw new AppError('ruleViolated', `${unit.name}是被反映单位，不得承办，请派其上级单位`)
  }
}
