import { AppError } from '@hotline/shared/error'

export function textOf(error: unknown): string {
  return toAppError(error).message
}

/** Our own bugs reach the screen as `internal`, so that a page need know one kind of error. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', '页面出错了，请刷新后重试', {}, { cause: error })
}
