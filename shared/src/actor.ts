import type { Role } from './user/roles'

/**
 * Who acts. An account has a list of roles in one unit. `system` is the clock; `caller` is a citizen who has shown a
 * ticket's number and query code, and is an actor for that ticket only.
 */
export interface Actor {
  userId: string
  /** As others read it in the history: 姓名, "系统", "诉求人". */
  name: string
  unitId: string
  roles: readonly Role[]
  /** Set for `caller` only: the one ticket that this actor may see. */
  ticketId?: string
  /** As whose his drafts were uploaded: who submits without an account has but a pass (上传凭据). */
  draftsOf?: string
}

/** The clock as an actor. No human account can carry its role. */
export const CLOCK: Actor = { userId: 'system', name: '系统', unitId: 'system', roles: ['system'] }

export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role))
}
