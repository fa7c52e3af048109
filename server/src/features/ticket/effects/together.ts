import { momentText } from '@hotline/shared/calendar/day'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { parentOf } from '@hotline/shared/ticket/requests'
import type { Assignment } from '@hotline/shared/ticket/ticket'
import { endorserOf } from '@hotline/shared/ticket/when'
import type { Recipient } from '../../notice/noticeService'
import type { CallerText, EffectPart, Told } from './part'

const clerkOf = (unitId: string | undefined): Recipient[] => (unitId ? [{ unitId, role: 'clerk' }] : [])

function assignmentOf(assignmentId: string, { ticket }: Told): Assignment | undefined {
  return ticket.assignments.find(({ id }) => id === assignmentId)
}

/** The unit that delegated decides in the hotline's place, and is told in its place. */
function ofDelegate(event: TicketEvent, told: Told): Recipient[] | undefined {
  if (!('assignmentId' in event)) return undefined
  const assignment = assignmentOf(event.assignmentId, told)
  if (assignment?.role !== 'delegated') return undefined
  const above = parentOf(told.ticket, assignment)
  if (!above) return undefined
  if (event.type === 'ticket.returnRequested') return clerkOf(above.unitId)
  if (event.type === 'ticket.requestEndorsed') return clerkOf(above.unitId)
  if (event.type === 'ticket.extensionRequested' && event.stage === 'hotline') return clerkOf(above.unitId)
  if (event.type === 'ticket.unitReviewed' && event.isPassed) return told.unit(above.id, 'clerk', 'handler')
  return undefined
}

/** 会商、下派、挂起、终止. */
export const TOGETHER_EFFECTS: EffectPart = {
  recipientsOf(event, told) {
    const { ticket, staff, unit, openUnits } = told
    const consultation = ticket.consultations?.at(-1)
    switch (event.type) {
      case 'ticket.consultationOpened':
        return event.units.flatMap(({ unitId }): Recipient[] => [
          { unitId, role: 'clerk' },
          { unitId, role: 'unitLead' },
        ])
      case 'ticket.opinionGiven':
      case 'ticket.siteVisitRecorded':
        return consultation ? [{ userId: consultation.by.userId }, { role: 'dispatcher' }] : []
      // Who leads and helps is told by the dispatch of the same commit.
      case 'ticket.consultationConcluded':
      case 'ticket.consultationCancelled':
        return consultation ? [{ userId: consultation.by.userId }] : []

      case 'ticket.delegated':
        return clerkOf(event.assignment.unitId)
      case 'ticket.delegationRecalled':
      case 'ticket.sentBack':
        return unit(event.assignmentId, 'clerk', 'handler')

      case 'ticket.suspensionRequested':
      case 'ticket.terminationRequested': {
        const assignment = assignmentOf(event.assignmentId, told)
        return assignment ? [endorserOf(assignment, event.by.userId, staff)] : []
      }
      case 'ticket.requestEndorsed': {
        const isDirectors = event.request === 'suspension' || event.request === 'termination'
        return ofDelegate(event, told) ?? (isDirectors ? [{ role: 'director' }] : undefined)
      }
      case 'ticket.suspensionApproved':
        return [...openUnits(), { role: 'supervisor' }]
      case 'ticket.suspensionRejected':
      case 'ticket.terminationRejected':
        return unit(event.assignmentId, 'clerk', 'handler')
      case 'ticket.resumed':
        return openUnits()
      case 'ticket.terminationApproved':
        return [...unit(event.assignmentId, 'clerk', 'handler', 'unitLead'), { role: 'dispatcher' }]
      default:
        return ofDelegate(event, told)
    }
  },

  titleOf(event) {
    if (event.type === 'ticket.consultationOpened') return '会商邀请'
    return event.type === 'ticket.delegated' ? '新下派' : undefined
  },

  textOf(event, ticket): CallerText | undefined {
    const { no } = ticket
    if (event.type === 'ticket.suspensionApproved')
      return {
        purpose: 'extended',
        text: `您的诉求（${no}）因客观条件暂时不能办理，最晚 ${momentText(event.until, true)} 起恢复办理。`,
      }
    if (event.type === 'ticket.resumed' && event.promise)
      return {
        purpose: 'extended',
        text: `您的诉求（${no}）已恢复办理，最晚 ${momentText(event.promise.resolveBy, true)} 前答复您。`,
      }
    if (event.type === 'ticket.terminationApproved')
      return {
        purpose: 'result',
        text: `您的诉求（${no}）已终止办理，可凭编号和查询码查看原因。如有新情况，请拨打 12345。`,
      }
    return undefined
  },
}
