import type { CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Desk } from './desk'

/** One command as a person gives it over HTTP. */
export interface CommandCase {
  given(): Promise<{ id: string }>
  by: string
  body(): Promise<Record<string, unknown>> | Record<string, unknown>
  /** What this body lacks or has wrong, all at once. */
  wrong: Record<string, unknown>
  fields: string[]
  /** Of the same house, but it is not his to do. */
  notHis: string
  becomes: TicketView['status']
}

export type CommandCases = Partial<Record<CommandType, CommandCase>>

/** Where the cases play; asked when they run, not when they are listed. */
export interface CaseWorld {
  desk(): Desk
  now(): Date
}
