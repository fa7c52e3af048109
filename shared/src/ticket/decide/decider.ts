import { AppError, type FieldError } from '../../error'
import type { CommandOf, CommandType } from '../commands'
import type { DecideContext } from '../context'
import type { NewEvent } from '../events'
import type { Assignment, Ticket } from '../ticket'

export type Decider<T extends CommandType> = (
  command: CommandOf<T>,
  ticket: Ticket,
  context: DecideContext & { assignment?: Assignment },
) => NewEvent[]

/** The assignment that `assertAvailable` found; its absence is our bug, not the user's. */
export function need(assignment: Assignment | undefined): Assignment {
  if (!assignment) throw new AppError('internal', '缺少承办任务')
  return assignment
}

/** Who can be told must be told; the anonymous and confidential are the hotline's own. @throws AppError ruleViolated */
export function assertCallerTold(ticket: Ticket, isCallerTold: boolean, otherwise: string): void {
  const mayTell = !ticket.isAnonymous && ticket.confidentiality === 0 && ticket.hasContact
  if (mayTell && !isCallerTold) throw new AppError('ruleViolated', otherwise)
}

/** @throws AppError invalidInput with every broken field */
export function assertFields(broken: (FieldError | false | undefined)[]): void {
  const fields = broken.filter((field): field is FieldError => !!field)
  if (fields.length > 0) throw new AppError('invalidInput', fields.map((field) => field.message).join('；'), { fields })
}

export function missing(isMissing: boolean, path: string, message: string): FieldError | false {
  return isMissing && { path, message }
}
