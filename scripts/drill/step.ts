import type { Candidate } from '@hotline/shared/catalogue/candidates'
import type { CommandInput, CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Message } from './messages'
import type { Todo } from './plan'
import type { World } from './world'

/** Who acts with number and code instead of an account. */
export const CALLER = 'caller'

/** What one person does next. The version is added when it is sent. */
export interface Step {
  as: string
  command: CommandType
  body: object
  /** Crosses it off; called when it has been acknowledged. */
  done?: () => void
  /** The ticket in whose history it will stand, where that is not the scene's own. */
  standsIn?: string
  /** A rule forbids it, and the server must say so. */
  isForbidden?: true
}

/** Nobody does anything until then; at that time the system does, or somebody may. */
export interface Wait {
  until: string
}

/** Goes on when the other caller's ticket has been merged. */
export const MEETING = 'meeting'
export type Next = Step | Wait | typeof MEETING

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
  /** The catalogue's matter for the words of the message. */
  matterCode?: string
  /** The lead unit's handler, to be given the work. */
  handlerId?: string
  /** Another message is going to be merged into this one, as soon as it has come so far. */
  meets?: 'accepted' | 'handling'
  /** What is to be done to merge this one into the main ticket. */
  joins: ('merge' | 'urge' | 'unmerge')[]
  mainId?: string
  world: World
  hasClock: boolean
  /** The server's time, in milliseconds. */
  now(): number
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

export const HOUR_MS = 3_600_000
export const inHours = ({ now }: Pick<Scene, 'now'>, hours: number): string =>
  new Date(now() + hours * HOUR_MS).toISOString()
