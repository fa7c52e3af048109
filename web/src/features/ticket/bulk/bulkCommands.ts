import type { CommandType } from '@hotline/shared/ticket/commands'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import { ACCOUNT_ROLES } from '@hotline/shared/user/roles'
import { useSession } from '../../../platform/session'

/** What a supervisor does to many at once: the same words to each. */
export const BULK_COMMANDS = ['urge', 'supervise', 'escalate', 'instruct'] as const satisfies readonly CommandType[]
export type BulkCommand = (typeof BULK_COMMANDS)[number] | 'closeSupervision'

export const BULK_KEYS: Record<BulkCommand, string> = {
  urge: 'Alt+U',
  supervise: 'Alt+D',
  escalate: 'Alt+T',
  instruct: 'Alt+P',
  closeSupervision: 'Alt+X',
}

/** Whether this person may do any of it at all: the boxes stand in his lists from the first moment. */
export function useMayBulk(): boolean {
  const session = useSession()
  return BULK_COMMANDS.some((command) =>
    session.has(...ACCOUNT_ROLES.filter((role) => LIFECYCLE[command].by.includes(role))),
  )
}

/** Whether a row may be ticked for any of these. */
export function isForBulk({ can }: { can: readonly CommandType[] }): boolean {
  return BULK_COMMANDS.some((command) => can.includes(command))
}
