import { AppError, type ErrorCode, type ErrorDetails } from '@hotline/shared/error'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { ZodError } from 'zod'
import type { Logger } from '../log'
import { isCastFailure, isDuplicate, isOutage, isTooSlow } from '../mongo'
import { requestIdOf } from './requestId'
import { fieldErrorsOf } from './validate'

/** The one table of HTTP numbers. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  invalidInput: 400,
  unauthenticated: 401,
  forbidden: 403,
  passwordChangeRequired: 403,
  notFound: 404,
  illegalTransition: 409,
  staleVersion: 409,
  ruleViolated: 422,
  tooMany: 429,
  unavailable: 503,
  internal: 500,
}

const LOG_LEVEL: Partial<Record<ErrorCode, 'info' | 'warn' | 'error'>> = {
  forbidden: 'info',
  passwordChangeRequired: 'info',
  illegalTransition: 'info',
  staleVersion: 'info',
  tooMany: 'info',
  unavailable: 'warn',
  internal: 'error',
}

export interface ErrorBody {
  code: ErrorCode
  message: string
  details: ErrorDetails
  requestId: string
}

/** Whatever was thrown becomes an AppError; what is not known to be somebody else's fault is ours. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof ZodError) {
    return new AppError('invalidInput', '提交的内容不完整或不正确', { fields: fieldErrorsOf(error) })
  }
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown }
  if (type === 'entity.too.large') return new AppError('invalidInput', '提交的内容过大', {}, { cause: error })
  if (type === 'entity.parse.failed') return new AppError('invalidInput', '提交的不是有效的 JSON', {}, { cause: error })
  if (status === 404) return new AppError('notFound', '没有找到', {}, { cause: error })
  if (error instanceof URIError || (typeof status === 'number' && status >= 400 && status < 500)) {
    return new AppError('invalidInput', '请求格式不正确', {}, { cause: error })
  }
  if (isCastFailure(error)) return new AppError('notFound', '没有找到，或您无权查看', {}, { cause: error })
  if (isOutage(error))
    return new AppError('unavailable', '数据库暂时不可用，请稍后再试', { retryAfter: 2 }, { cause: error })
  if (isTooSlow(error)) return new AppError('unavailable', '查询范围太大，请缩小范围再试', {}, { cause: error })
  if (isDuplicate(error))
    return new AppError('unavailable', '与另一项操作同时进行，请重试', { retryAfter: 1 }, { cause: error })
  return new AppError('internal', '系统内部错误', {}, { cause: error })
}

export function handleErrors(logger: Logger): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    const error = toAppError(thrown)
    const requestId = requestIdOf(req)
    const level = LOG_LEVEL[error.code]
    if (level)
      logger[level](
        { err: error.cause ?? error, code: error.code, requestId, method: req.method, path: req.path },
        error.message,
      )
    if (res.headersSent) {
      next(thrown)
      return
    }
    if (error.details?.retryAfter) res.setHeader('Retry-After', String(Math.ceil(error.details.retryAfter)))
    const body: ErrorBody = {
      code: error.code,
      message: error.code === 'internal' ? `系统内部错误，请把编号 ${requestId} 告诉管理员` : error.message,
      details: error.code === 'internal' ? {} : (error.details ?? {}),
      requestId,
    }
    res.status(HTTP_STATUS[error.code]).json(body)
  }
}

export const unknownRoute: RequestHandler = (req) => {
  throw new AppError('notFound', `没有这个接口：${req.method} ${req.originalUrl.split('?')[0]}`)
}
