import { CLOCK } from '@hotline/shared/actor'
import { momentText } from '@hotline/shared/calendar/day'
import { CARD_LABELS } from '@hotline/shared/ticket/labels'
import type { By, Ticket } from '@hotline/shared/ticket/ticket'
import { endorserOf, reviewersWanted, reviewerUnit } from '@hotline/shared/ticket/when'
import type { Recipient } from '../../notice/noticeService'
import type { EffectPart, Told } from './part'

type OfAssignment = { assignmentId: string; by: By }

/** A unit that has nobody for it turns to its superior, who would not look there by himself. */
function endorsers({ assignmentId, by }: OfAssignment, { ticket, staff }: Told): Recipient[] {
  const assignment = ticket.assignments.find(({ id }) => id === assignmentId)
  return assignment ? [endorserOf(assignment, by.userId, staff)] : []
}

function reviewers({ assignmentId, by }: OfAssignment, { ticket, staff }: Told): Recipient[] {
  const assignment = ticket.assignments.find(({ id }) => id === assignmentId)
  if (!assignment) return []
  const wanted = reviewersWanted(ticket)
  const unitId = reviewerUnit(assignment, by.userId, wanted, staff) ?? assignment.unitId
  return wanted.map((role) => ({ unitId, role }))
}

/** The return that would lead to designation is the director's to decide; a co-unit's leads to none. */
function isDirectors(
  assignmentId: string,
  { leadAssignmentId, returnCount }: Ticket,
  profile: Told['profile'],
): boolean {
  return assignmentId === leadAssignmentId && returnCount + 1 >= profile.designateAfterReturns
}

/** Dispatching, the work of a unit, and what the hotline makes of it. */
export const UNIT_WORK_EFFECTS: EffectPart = {
  recipientsOf(event, told) {
    const { ticket, unit, openUnits, atWork, profile } = told
    switch (event.type) {
      case 'ticket.dispatched':
        return event.assignments.map(({ unitId }) => ({ unitId, role: 'clerk' }))
      case 'ticket.returnRequested':
        return [{ role: isDirectors(event.assignmentId, ticket, profile) ? 'director' : 'dispatcher' }]
      case 'ticket.returnApproved':
      case 'ticket.returnRejected':
        return unit(event.assignmentId, 'clerk')
      case 'ticket.handlerAssigned':
        return [{ userId: event.handlerId }]
      case 'ticket.handedOver':
        return event.handlerId ? [{ userId: event.handlerId }] : unit(event.assignmentId, 'clerk')
      case 'ticket.extensionRequested':
        return event.stage === 'unit' ? endorsers(event, told) : [{ role: 'dispatcher' }]
      case 'ticket.requestEndorsed':
        return [{ role: 'dispatcher' }]
      case 'ticket.requestRefused':
      case 'ticket.extensionApproved':
      case 'ticket.extensionRejected':
        return unit(event.assignmentId, 'clerk', 'handler')
      case 'ticket.replied':
      case 'ticket.rectified':
        return reviewers(event, told)
      case 'ticket.unitReviewed':
        return event.isPassed ? [] : unit(event.assignmentId, 'handler')
      case 'ticket.hotlineReviewed':
        return event.isPassed ? [] : unit(event.assignmentId, 'clerk', 'handler')
      case 'ticket.callbackRecorded':
        return event.needsJudgement ? [{ role: 'supervisor' }] : []
      case 'ticket.reworked':
        return [
          ...unit(event.assignmentId, 'clerk', 'handler'),
          ...(event.isEscalated ? [{ role: 'supervisor' } as const] : []),
        ]
      case 'ticket.urged':
        // Who merges knows it; the units do not.
        return event.by.userId === CLOCK.userId ? openUnits() : atWork()
      case 'ticket.cardIssued':
        return event.card === 'red'
          ? [...unit(event.assignmentId, 'clerk', 'handler', 'unitLead'), { role: 'supervisor' }]
          : unit(event.assignmentId, 'clerk', 'handler')
      default:
        return undefined
    }
  },

  titleOf(event) {
    if (event.type === 'ticket.cardIssued') return CARD_LABELS[event.card]
    if (event.type === 'ticket.hotlineReviewed' && !event.isPassed) return '热线审核退回'
    if (event.type === 'ticket.unitReviewed' && !event.isPassed) return '单位审核退回'
    return event.type === 'ticket.dispatched' ? '新派单' : undefined
  },

  /** Number and query code, extension told, result (ticket.md §7). */
  textOf(event, { no, needsReply }) {
    if (event.type === 'ticket.registered')
      return {
        purpose: 'registered',
        text: `您的诉求已登记，工单编号 ${no}，查询码 {queryCode}，可凭编号和查询码查询进度。`,
      }
    if (event.type === 'ticket.extensionApproved' && event.promise) {
      const until = momentText(event.promise.resolveBy, true)
      return { purpose: 'extended', text: `您的诉求（${no}）需要更多时间办理，最晚 ${until} 前答复您。` }
    }
    if (event.type === 'ticket.closed' && needsReply)
      return { purpose: 'result', text: `您的诉求（${no}）已办结，可凭编号和查询码查看答复。` }
    return undefined
  },
}
