/** What can go wrong, once for server and browser. The HTTP number of each stands in `server/src/platform/http/errors.ts`. */
export type ErrorCode =
  | 'invalidInput'
  | 'unauthenticated'
  | 'forbidden'
  /** The password was given by somebody else: nothing else is answered until the account has one of its own. */
  | 'passwordChangeRequired'
  | 'notFound'
  | 'illegalTransition'
  | 'staleVersion'
  | 'ruleViolated'
  | 'tooMany'
  | 'unavailable'
  | 'internal'

/** One broken field of an input: where it stands (`lead.unitId`) and what is wrong, in Chinese. */
export interface FieldError {
  path: string
  message: string
}

export interface ErrorDetails {
  /** All broken fields, not the first. */
  fields?: FieldError[]
  /** `tooMany`: seconds until another try makes sense. */
  retryAfter?: number
  [key: string]: unknown
}

/** The only error class. `message` is Chinese and fit for the screen; `cause` stays in the log. */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ErrorDetails,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}
