import { maskText } from '@hotline/shared/user/masking'
import type { Recipient } from '../../notice/noticeService'
import type { EffectPart, Told } from './part'

/** Units that had it until this very event. */
function stopped({ ticket }: Told, at: Date): Recipient[] {
  return ticket.assignments
    .filter(
      ({ role, status, endedAt }) => role !== 'copy' && status === 'recalled' && endedAt?.getTime() === at.getTime(),
    )
    .flatMap(({ unitId }): Recipient[] => [
      { unitId, role: 'clerk' },
      { unitId, role: 'handler' },
    ])
}

/** 退补, 补充, 并单, 撤回, 作废. The urge of a merger tells the units by itself. */
export const INTAKE_EFFECTS: EffectPart = {
  recipientsOf(event, told) {
    const { registeredBy } = told.ticket
    switch (event.type) {
      case 'ticket.infoRequested':
      case 'ticket.voided':
        // Who registered for himself is sent a message.
        return registeredBy.unitId === 'caller' ? [] : [{ userId: registeredBy.userId }]
      case 'ticket.infoSupplied':
        return [{ role: 'dispatcher' }]
      case 'ticket.supplemented':
        return told.atWork()
      case 'ticket.unmerged':
        return [{ role: 'dispatcher' }]
      case 'ticket.withdrawn':
        return stopped(told, event.at)
      default:
        return undefined
    }
  },

  titleOf(event) {
    if (event.type === 'ticket.unmerged' && event.by.userId === 'system') return '并单未成，本件已恢复'
    return undefined
  },

  textOf(event, { no }) {
    switch (event.type) {
      case 'ticket.infoRequested': {
        const missing = maskText(event.missing)
        return {
          purpose: 'other',
          text: `您的诉求（${no}）还缺少信息：${missing}。请凭编号和查询码在网上补充，或拨打 12345。`,
          secrets: [missing],
        }
      }
      case 'ticket.merged':
        return {
          purpose: 'other',
          text: `您的诉求（${no}）与正在办理的诉求反映同一事项，已合并办理，可凭原编号和查询码查询进度。`,
        }
      case 'ticket.unmerged':
        return { purpose: 'other', text: `您的诉求（${no}）已恢复单独办理，可凭编号和查询码查询进度。` }
      case 'ticket.withdrawn':
        return { purpose: 'other', text: `您的诉求（${no}）已按您的要求撤回。` }
      default:
        return undefined
    }
  },
}
