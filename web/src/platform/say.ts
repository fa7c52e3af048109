import { ElMessage } from 'element-plus/es/components/message/index.mjs'
import 'element-plus/es/components/message/style/css'
import { textOf } from './errorText'

export { textOf, toAppError } from './errorText'

/** Short words at the top of the page. What a person must act on stands at its place instead. */
export const say = {
  done: (text: string) => void ElMessage({ message: text, type: 'success', duration: 2_500, grouping: true }),
  note: (text: string) => void ElMessage({ message: text, type: 'info', duration: 3_500, grouping: true }),
  failed: (error: unknown) =>
    void ElMessage({ message: textOf(error), type: 'error', duration: 6_000, showClose: true, grouping: true }),
}
