import { hasRole } from '../actor'
import { AppError } from '../error'
import { UNIT_ROLES } from '../user/roles'
import { COMMAND_TYPES, type CommandType } from './commands'
import type { Surroundings, WhenContext } from './context'
import { ASSIGNMENT_STATUS_LABELS, STATUS_LABELS } from './labels'
import { LIFECYCLE, type Rule } from './lifecycle'
import type { Assignment, Ticket } from './ticket'

/**
 * Who before when: the actor's role, then the ticket's status, then the assignment's, then the condition.
 * @returns the assignment that the command is about, if it is about one
 * @throws AppError forbidden (not you), illegalTransition (not now), ruleViolated (a rule says no, and which)
 */
export function assertAvailable(
  ticket: Ticket,
  type: CommandType,
  surroundings: Surroundings,
  assignmentId?: string,
): Assignment | undefined {
  const rule = LIFECYCLE[type]
  const roles = rule.by.filter((role) => surroundings.actor.roles.includes(role))
  if (roles.length === 0) throw new AppError('forbidden', `您的岗位不能${rule.label}`)
  const isForUnit = roles.every((role) => UNIT_ROLES.includes(role))
  const mine = isForUnit && rule.assignmentFrom ? assignmentsOf(ticket, type, surroundings) : ticket.assignments
  if (isForUnit && rule.assignmentFrom && mine.length === 0) throw new AppError('forbidden', '不是本单位的承办任务')
  const assignment = choose(ticket, rule, mine, surroundings, assignmentId)
  if (!rule.from.includes(ticket.status))
    throw new AppError('illegalTransition', `工单${STATUS_LABELS[ticket.status]},不能${rule.label}`)
  if (rule.assignmentFrom) {
    if (!assignment) throw new AppError('illegalTransition', `没有可${rule.label}的承办任务`)
    if (!rule.assignmentFrom.includes(assignment.status))
      throw new AppError(
        'illegalTransition',
        `承办任务${ASSIGNMENT_STATUS_LABELS[assignment.status]},不能${rule.label}`,
      )
  }
  const answer = rule.when?.(ticket, { ...surroundings, assignment }) ?? true
  if (answer !== true) throw new AppError('ruleViolated', answer)
  return assignment
}

/** The commands open to this actor now; what the buttons show, `decide` enforces. */
export function availableCommands(ticket: Ticket, surroundings: Surroundings): CommandType[] {
  return COMMAND_TYPES.filter((type) => isAvailable(ticket, type, surroundings))
}

export function isAvailable(
  ticket: Ticket,
  type: CommandType,
  surroundings: Surroundings,
  assignmentId?: string,
): boolean {
  const rule = LIFECYCLE[type]
  if (!hasRole(surroundings.actor, ...rule.by) || !rule.from.includes(ticket.status)) return false
  try {
    assertAvailable(ticket, type, surroundings, assignmentId)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** A unit acts on its own assignment; a superior's lead may have to sign off for a unit of one person. */
function assignmentsOf(ticket: Ticket, type: CommandType, { actor }: Surroundings): Assignment[] {
  return ticket.assignments.filter(
    (assignment) =>
      assignment.unitId === actor.unitId || (type === 'reviewByUnit' && assignment.unitPath.includes(actor.unitId)),
  )
}

/** The named one; else the newest on which the command would succeed; else the newest in the right status; else the newest. */
function choose(
  ticket: Ticket,
  rule: Rule,
  mine: readonly Assignment[],
  surroundings: Surroundings,
  assignmentId: string | undefined,
): Assignment | undefined {
  if (assignmentId !== undefined) {
    const named = mine.find((assignment) => assignment.id === assignmentId)
    if (!named) throw new AppError('forbidden', '不是本单位的承办任务,或任务不存在')
    return named
  }
  if (!rule.assignmentFrom) return undefined
  const newest = [...mine].reverse()
  const inStatus = newest.filter((assignment) => rule.assignmentFrom?.includes(assignment.status))
  const open = (assignment: Assignment) =>
    (rule.when?.(ticket, { ...surroundings, assignment } satisfies WhenContext) ?? true) === true
  return inStatus.find(open) ?? inStatus[0] ?? newest[0]
}
