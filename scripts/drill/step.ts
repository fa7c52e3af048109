import type { Candidate } from '@hotline/shared/catalogue/candidates'
import type { CommandInput, CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Message } from './messages'
import type { Todo } from './plan'
import type { World } from './world'

/** What one person does next. The version is added when it is sent. */
export interface Step {
  as: string
  command: CommandType
  body: object
  /** Crosses it off; called when it has been acknowledged. */
  done?: () => void
}

export type WireAssignment = TicketView['assignments'][number]

/** All that the next step hangs on. */
export interface Scene {
  view: TicketView
  todo: Todo
  message: Message
  candidates: readonly Candidate[]
  /** The number that the message was registered with. */
  number: string
  /** What the caller was told, to follow his ticket by. */
  queryCode: string
  /** The lead unit's handler, to be given the work. */
  handlerId?: string
  world: World
}

export function step<T extends CommandType>(
  as: string,
  command: T,
  body: Omit<CommandInput<T>, 'version'>,
  done?: () => void,
): Step {
  return { as, command, body, done }
}

export function leadOf(view: TicketView): WireAssignment | undefined {
  return view.assignments.find(({ id }) => id === view.leadAssignmentId)
}

/** The server's own time of what happened last: the drill's clock may be another one. */
export function lastMoment(view: TicketView): string {
  return view.history.at(-1)?.at ?? view.registeredAt
}
