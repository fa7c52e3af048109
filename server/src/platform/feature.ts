import type { Router } from 'express'
import type { RouteDoc } from './http/openapi'
import type { Job } from './jobs'

/** What a feature brings to the application. */
export interface Feature {
  /** Where its router stands: `/api/users`. */
  path: string
  router: Router
  api: readonly RouteDoc[]
  /** Its routes need no sign-in. */
  isPublic?: boolean
  /** Open to a signed-in person who must change his password first. */
  isBeforePasswordChange?: boolean
  jobs?: readonly Job[]
}
