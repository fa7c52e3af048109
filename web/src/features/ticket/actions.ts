import type { CommandType } from '@hotline/shared/ticket/commands'

/** What one does next with a ticket, the likeliest first. */
const NEXT: readonly CommandType[] = [
  'acknowledge',
  'approveReturn',
  'approveExtension',
  'endorseRequest',
  'reviewByUnit',
  'reviewByHotline',
  'recordCallback',
  'judgeCallback',
  'accept',
  'designate',
  'dispatch',
  'reply',
  'reopen',
  'urge',
]
/** Within reach, but not filled. */
const BESIDE: readonly CommandType[] = [
  'rejectReturn',
  'rejectExtension',
  'refuseRequest',
  'recordAttempt',
  'assignHandler',
  'recordContact',
  'recordProgress',
  'requestExtension',
  'requestReturn',
  'answer',
  'urge',
]
/** Rare or hard to undo: behind 更多. */
const RARE: readonly CommandType[] = ['amend', 'reopen', 'recall', 'decline', 'transferEmergency', 'rework']

export interface Actions {
  primary?: CommandType
  beside: CommandType[]
  more: CommandType[]
}

/** The buttons for what `can` allows; nothing that it does not. */
export function actionsOf(can: readonly CommandType[]): Actions {
  const primary = NEXT.find((command) => can.includes(command))
  const rest = can.filter((command) => command !== primary && command !== 'register')
  const beside = BESIDE.filter((command) => rest.includes(command))
  const more = [...RARE, ...rest].filter(
    (command, index, all) => rest.includes(command) && !beside.includes(command) && all.indexOf(command) === index,
  )
  return { primary, beside, more }
}

/** In red: it ends something or goes against somebody. */
export function isHarsh(command: CommandType): boolean {
  return ['decline', 'recall', 'rework', 'transferEmergency', 'rejectReturn', 'rejectExtension'].includes(command)
}
