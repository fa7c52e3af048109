import { AppError } from '@hotline/shared/error'
import { ElMessage } from 'element-plus/es/components/message/index.mjs'
import 'element-plus/es/components/message/style/css'

/** Short words at the top of the page. What a person must act on stands at its place instead. */
export const say = {
  done: (text: string) => void ElMessage({ message: text, type: 'success', duration: 2_500, grouping: true }),
  note: (text: string) => void ElMessage({ message: text, type: 'info', duration: 3_500, grouping: true }),
  failed: (error: unknown) =>
    void ElMessage({ message: textOf(error), type: 'error', duration: 6_000, showClose: true, grouping: true }),
}

export function textOf(error: unknown): string {
  return toAppError(error).message
}

/** Our own bugs reach the screen as `internal`, so that a page need know one kind of error. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', '页面出错了，请刷新后重试', {}, { cause: error })
}
