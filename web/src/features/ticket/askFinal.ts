import type { CommandType } from '@hotline/shared/ticket/commands'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import type { TicketView } from '@hotline/shared/ticket/view'
import { ElMessageBox } from 'element-plus/es/components/message-box/index.mjs'
import 'element-plus/es/components/message-box/style/css'
import { isFinal } from './actions'

/** Asks once more before what cannot be taken back, naming what it is done to. @returns whether to go on */
export async function askFinal(command: CommandType, ticket: Pick<TicketView, 'no' | 'title'>): Promise<boolean> {
  if (!isFinal(command)) return true
  const { label } = LIFECYCLE[command]
  return ElMessageBox.confirm(`${label}“${ticket.title ?? '（无标题）'}”（${ticket.no}）？此操作不能撤销。`, label, {
    confirmButtonText: `确认${label}`,
    cancelButtonText: '再想想',
    confirmButtonClass: 'el-button--danger',
    type: 'warning',
  }).then(
    () => true,
    () => false,
  )
}
