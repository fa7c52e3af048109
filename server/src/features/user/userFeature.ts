import type { Feature } from '../../platform/feature'
import type { Write } from '../../platform/http/idempotency'
import type { Model } from '../../platform/mongo'
import { createUserQueries } from './userQueries'
import { createMeRoutes, createUserRoutes, meApi, userApi, type UserRouteDeps } from './userRoutes'
import { createUserService, type UserDeps } from './userService'
import type { UserRow } from './userStore'

export interface UserFeatureDeps extends UserDeps {
  model: Model<UserRow>
  write: Write
  attempts: UserDeps['attempts'] & UserRouteDeps['attempts']
}

/** Accounts for their administrators, colleagues for pickers, and oneself. */
export function createUserFeature({ model, ...deps }: UserFeatureDeps): Feature[] {
  const routeDeps = { ...deps, service: createUserService(deps), queries: createUserQueries(model, deps.units) }
  return [
    { path: '/api/me', router: createMeRoutes(routeDeps), api: meApi, isBeforePasswordChange: true },
    { path: '/api/users', router: createUserRoutes(routeDeps), api: userApi },
  ]
}
