import type { Role } from '../user/roles'

/** Who looks after the day's calls (话务记录): everybody's, with each agent's share. */
export const CALL_BOARD_ROLES: readonly Role[] = ['shiftLead', 'inspector', 'supervisor', 'director']

/** Who may read the number of a call that is not on his line, with a reason (as of a ticket). */
export const MAY_REVEAL_CALLS: readonly Role[] = [
  'dispatcher',
  'callbackOfficer',
  'director',
  'supervisor',
  'inspector',
]
