import type { CommandType } from '@hotline/shared/ticket/commands'
import { DECLINE_LABELS, RETURN_REASON_LABELS, TERMINATION_LABELS } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'
import { deadline, moment } from '../../../platform/format'

export type ViewAssignment = TicketView['assignments'][number]
export type RequestKind = 'pendingReturn' | 'pendingExtension' | 'pendingSuspension' | 'pendingTermination'

export const REQUEST_LABELS: Record<RequestKind, string> = {
  pendingReturn: '退单',
  pendingExtension: '延期',
  pendingSuspension: '挂起',
  pendingTermination: '终止办理',
}
export const REQUEST_KINDS = Object.keys(REQUEST_LABELS) as RequestKind[]

/** The commands that answer a request of each kind; the unit's own lead answers any of them but a return. */
const ANSWERS: Record<RequestKind, readonly CommandType[]> = {
  pendingReturn: ['approveReturn', 'rejectReturn'],
  pendingExtension: ['approveExtension', 'rejectExtension'],
  pendingSuspension: ['approveSuspension', 'rejectSuspension'],
  pendingTermination: ['approveTermination', 'rejectTermination'],
}

export function requestAnsweredBy(command: CommandType): RequestKind | undefined {
  return REQUEST_KINDS.find((kind) => ANSWERS[kind].includes(command))
}

/** The request that waits on an assignment; at most one does. */
export function requestOf(assignment: ViewAssignment | undefined): RequestKind | undefined {
  return REQUEST_KINDS.find((kind) => assignment?.[kind])
}

/** At which level it waits: `unit` for its own lead, `hotline` for whoever gave the work. */
export function stageOf(assignment: ViewAssignment, kind: RequestKind): 'unit' | 'hotline' {
  return kind === 'pendingReturn' ? 'hotline' : (assignment[kind]?.stage ?? 'hotline')
}

export interface Fact {
  label: string
  text: string
  /** Somebody's own words, as long as they are. */
  isProse?: boolean
}

/** What is asked for, by whom, on what ground, and what was there before: all that one must know to decide. */
export function requestFacts(ticket: TicketView, assignment: ViewAssignment, kind: RequestKind): Fact[] {
  const nameOf = (id: string) => ticket.unitNames[id] ?? id
  const request = assignment[kind]
  if (!request) return []
  const facts: (Fact | undefined)[] = [
    { label: '申请', text: `${nameOf(assignment.unitId)} ${request.by.name} · ${moment(request.at)}` },
  ]
  const add = (label: string, text: string | undefined, isProse?: boolean) =>
    facts.push(text ? { label, text, isProse } : undefined)

  const { pendingReturn, pendingExtension, pendingSuspension, pendingTermination } = assignment
  if (kind === 'pendingReturn' && pendingReturn) {
    add('原因', RETURN_REASON_LABELS[pendingReturn.reason])
    add('依据', pendingReturn.basis, true)
    add('建议', nameOf(pendingReturn.suggestedUnitId))
    add('此前', ticket.returnCount ? earlierReturns(ticket) : undefined)
    return given(facts)
  }
  if (kind === 'pendingExtension' && pendingExtension) {
    add('延长', `${pendingExtension.workdays} 个工作日，现到期 ${deadline(assignment.resolveBy)}`)
    add('此前', `已延期 ${assignment.extensionCount} 次，共 ${assignment.extensionWorkdays} 个工作日`)
  }
  if (kind === 'pendingSuspension' && pendingSuspension) {
    add('挂起至', `${pendingSuspension.promisedDate} 24:00，现到期 ${deadline(assignment.resolveBy)}`)
    add('措施', pendingSuspension.measures, true)
  }
  if (kind === 'pendingTermination' && pendingTermination) {
    const { ground, code } = pendingTermination
    add('情形', `${TERMINATION_LABELS[ground]}${code ? `：${DECLINE_LABELS[code]}` : ''}`)
  }
  if ('isCallerTold' in request) {
    add('理由', request.reason, true)
    add('告知', request.isCallerTold ? '已告知诉求人' : '未告知诉求人')
    add('单位意见', request.endorsedBy && `${request.endorsedBy.name} 已同意`)
  }
  return given(facts)
}

function earlierReturns(ticket: TicketView): string {
  const approved = ticket.history.flatMap((event) => (event.type === 'ticket.returnApproved' ? [event] : []))
  const each = approved.map(({ at, by, opinion }) => `；${moment(at)} ${by.name}：${opinion}`)
  return `已获准退单 ${ticket.returnCount} 次${each.join('')}`
}

const given = (facts: readonly (Fact | undefined)[]) => facts.filter((fact): fact is Fact => !!fact)
