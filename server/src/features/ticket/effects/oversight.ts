import { FORM_LABELS } from '@hotline/shared/ticket/labels'
import { leadOf } from '@hotline/shared/ticket/ticket'
import type { NewSupervision } from '@hotline/shared/ticket/events'
import type { Role } from '@hotline/shared/user/roles'
import type { Recipient } from '../../notice/noticeService'
import type { EffectPart, Told } from './part'

const of = (unitId: string | undefined, ...roles: Role[]): Recipient[] =>
  unitId ? roles.map((role) => ({ unitId, role })) : []

/** 抄主要负责人 (R11, L1 35). */
const FOR_HEADS: readonly string[] = ['criticism', 'discipline']

/** While nobody leads, it is the hotline's own dispatching that is watched. */
function supervised({ form, unitId }: NewSupervision): Recipient[] {
  if (!unitId) return [{ role: 'dispatcher' }]
  const heads: Role[] = FOR_HEADS.includes(form) ? ['unitHead'] : []
  return of(unitId, 'clerk', 'handler', 'unitLead', ...heads)
}

function one(id: string, { ticket }: Told) {
  return ticket.supervisions?.find((supervision) => supervision.id === id)
}

/** 督办、提级、批示、回访申诉. */
export const OVERSIGHT_EFFECTS: EffectPart = {
  recipientsOf(event, told) {
    const lead = leadOf(told.ticket)?.unitId
    switch (event.type) {
      case 'ticket.supervised':
        return supervised(event.supervision)
      case 'ticket.supervisionAnswered': {
        const by = one(event.supervisionId, told)?.by
        return by ? [{ userId: by.userId }] : []
      }
      case 'ticket.supervisionClosed':
        return of(one(event.supervisionId, told)?.unitId, 'clerk', 'unitLead')
      case 'ticket.escalated':
        return [...of(event.toUnitId, 'clerk', 'unitLead', 'unitHead'), ...of(lead, 'clerk', 'unitLead', 'unitHead')]
      case 'ticket.instructed':
        return [
          { role: 'dispatcher' },
          { role: 'supervisor' },
          ...of(event.supervision.unitId, 'clerk', 'unitLead', 'unitHead'),
        ]
      case 'ticket.callbackAppealed':
        return [{ role: 'supervisor' }]
      case 'ticket.callbackJudged':
        // Only a callback that the officer found reasonable comes here by an appeal.
        return told.ticket.callbacks[event.callback]?.judged === 'reasonable' ? of(lead, 'unitLead') : undefined
      default:
        return undefined
    }
  },
  titleOf(event) {
    return event.type === 'ticket.supervised' ? FORM_LABELS[event.supervision.form] : undefined
  },
}
