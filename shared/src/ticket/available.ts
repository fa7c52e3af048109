import { hasRole } from '../actor'
import { AppError, type ErrorCode } from '../error'
import { UNIT_ROLES } from '../user/roles'
import { COMMAND_TYPES, type CommandType } from './commands'
import type { Surroundings, WhenContext } from './context'
import { ASSIGNMENT_STATUS_LABELS, STATUS_LABELS } from './labels'
import { LIFECYCLE } from './lifecycle'
import type { Rule } from './lifecycle/rule'
import type { Assignment, Ticket } from './ticket'

/** Why a command is not open: whose fault, and the sentence for the screen. */
interface Refusal {
  code: ErrorCode
  message: string
}

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
  const { refusal, assignment } = examine(ticket, type, surroundings, assignmentId)
  if (refusal) throw new AppError(refusal.code, refusal.message)
  return assignment
}

/** Which assignment a command is about, whether it is open to the actor or not. */
export function assignmentMeant(
  ticket: Ticket,
  type: CommandType,
  surroundings: Surroundings,
  assignmentId?: string,
): Assignment | undefined {
  return examine(ticket, type, surroundings, assignmentId).assignment
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
  const { by, from } = LIFECYCLE[type]
  if (!from.includes(ticket.status) || !hasRole(surroundings.actor, ...by)) return false
  return !examine(ticket, type, surroundings, assignmentId).refusal
}

/** Says why instead of throwing: a list asks this some hundred times a page. */
function examine(
  ticket: Ticket,
  type: CommandType,
  surroundings: Surroundings,
  assignmentId: string | undefined,
): { refusal?: Refusal; assignment?: Assignment } {
  const refuse = (code: ErrorCode, message: string, assignment?: Assignment) => ({
    refusal: { code, message },
    assignment,
  })
  const rule = LIFECYCLE[type]
  const roles = rule.by.filter((role) => surroundings.actor.roles.includes(role))
  if (roles.length === 0) return refuse('forbidden', `您的岗位不能${rule.label}`)
  const isForUnit = roles.every((role) => UNIT_ROLES.includes(role))
  const mine = isForUnit && rule.assignmentFrom ? assignmentsOf(ticket, type, surroundings) : ticket.assignments
  if (isForUnit && rule.assignmentFrom && mine.length === 0) return refuse('forbidden', '不是本单位的承办任务')
  const assignment = choose(ticket, rule, mine, surroundings, assignmentId)
  if (assignmentId !== undefined && !assignment) return refuse('forbidden', '不是本单位的承办任务，或任务不存在')
  if (ticket.merger && ticket.status === 'merged' && !rule.from.includes('merged'))
    return refuse('illegalTransition', `本件已并入 ${ticket.merger.mainNo}，请在主单上办理`, assignment)
  if (!rule.from.includes(ticket.status))
    return refuse('illegalTransition', `工单${STATUS_LABELS[ticket.status]}，不能${rule.label}`, assignment)
  if (rule.assignmentFrom) {
    if (!assignment) return refuse('illegalTransition', `没有可${rule.label}的承办任务`)
    if (!rule.assignmentFrom.includes(assignment.status))
      return refuse(
        'illegalTransition',
        `承办任务${ASSIGNMENT_STATUS_LABELS[assignment.status]}，不能${rule.label}`,
        assignment,
      )
  }
  const answer = rule.when?.(ticket, { ...surroundings, assignment }) ?? true
  return answer === true ? { assignment } : refuse('ruleViolated', answer, assignment)
}

/** What a superior's lead may have to do for a unit that has nobody for it. */
const FOR_SUPERIORS: readonly CommandType[] = ['reviewByUnit', 'endorseRequest', 'refuseRequest']

/** What a unit decides on those to whom it delegated. */
const ON_DELEGATES: readonly CommandType[] = [
  'approveReturn',
  'rejectReturn',
  'approveExtension',
  'rejectExtension',
  'recallDelegation',
  'sendBack',
]

/** A unit acts on its own assignment, or on those that it delegated out of it; a lead reads its co-units' replies too. */
function assignmentsOf(ticket: Ticket, type: CommandType, { actor }: Surroundings): Assignment[] {
  if (ON_DELEGATES.includes(type)) {
    const own = ticket.assignments.filter(({ unitId }) => unitId === actor.unitId).map(({ id }) => id)
    const isLead = own.includes(ticket.leadAssignmentId ?? '')
    return ticket.assignments.filter(
      ({ parentId, role }) =>
        (parentId !== undefined && own.includes(parentId)) || (type === 'sendBack' && isLead && role === 'co'),
    )
  }
  return ticket.assignments.filter(
    (assignment) =>
      assignment.unitId === actor.unitId ||
      (FOR_SUPERIORS.includes(type) && assignment.unitPath.includes(actor.unitId)),
  )
}

/**
 * The named one; else the newest on which the command would succeed; else the one with the request in question, so that
 * the true reason is told; else the newest in the right status; else the newest.
 */
function choose(
  ticket: Ticket,
  rule: Rule,
  mine: readonly Assignment[],
  surroundings: Surroundings,
  assignmentId: string | undefined,
): Assignment | undefined {
  if (assignmentId !== undefined) return mine.find((assignment) => assignment.id === assignmentId)
  if (!rule.assignmentFrom) return undefined
  const newest = [...mine].reverse()
  const inStatus = newest.filter((assignment) => rule.assignmentFrom?.includes(assignment.status))
  const open = (assignment: Assignment) =>
    (rule.when?.(ticket, { ...surroundings, assignment } satisfies WhenContext) ?? true) === true
  const { decides } = rule
  return inStatus.find(open) ?? (decides && inStatus.find((one) => one[decides])) ?? inStatus[0] ?? newest[0]
}
