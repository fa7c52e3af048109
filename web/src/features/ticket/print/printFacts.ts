import {
  ASSIGNMENT_ROLE_LABELS,
  ASSIGNMENT_STATUS_LABELS,
  CALLBACK_METHOD_LABELS,
  CHANNEL_LABELS,
  CONFIDENTIALITY_LABELS,
  CONTACTED_LABELS,
  CONTACT_METHOD_LABELS,
  FACTUAL_LABELS,
  HANDLED_LABELS,
  KIND_LABELS,
  SATISFACTION_LABELS,
  SOLVED_LABELS,
  STATUS_LABELS,
  URGENCY_LABELS,
} from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'
import { deadline, matterPath, moment } from '../../../platform/format'

/** A label and what stands beside it; what the reader may not know or nobody knows is left out. */
export type Fact = [label: string, text: string]
type Assignment = TicketView['assignments'][number]

const given = (facts: [string, string | undefined][]): Fact[] =>
  facts.flatMap(([label, text]): Fact[] => (text ? [[label, text]] : []))

/** The head of the sheet, two to a line. As the page shows it: what is masked there is masked on paper. */
export function headFacts(ticket: TicketView): Fact[] {
  const { contact, isAnonymous, confidentiality, assignments, unitNames } = ticket
  const lead = assignments.find(({ id }) => id === ticket.leadAssignmentId)
  const co = assignments.filter(({ role }) => role === 'co').map(({ unitId }) => unitNames[unitId] ?? unitId)
  return given([
    ['工单编号', ticket.no],
    ['状态', STATUS_LABELS[ticket.status]],
    ['诉求类型', KIND_LABELS[ticket.kind]],
    ['来源', CHANNEL_LABELS[ticket.channel]],
    ['登记时间', moment(ticket.registeredAt)],
    ['紧急程度', URGENCY_LABELS[ticket.urgency]],
    ['诉求人', contact?.name ?? (isAnonymous ? '匿名' : confidentiality > 0 ? '保密' : '未留姓名')],
    ['联系电话', contact?.phone ?? contact?.number ?? (ticket.hasContact ? '不提供' : '未留')],
    ['保密要求', confidentiality > 0 ? CONFIDENTIALITY_LABELS[confidentiality] : undefined],
    ['主办单位', ticket.leadUnitName],
    ['协办单位', co.join('、')],
    ['办结时限', lead ? deadline(lead.resolveBy) : deadline(ticket.resolveBy)],
    ['重复反映', ticket.participants?.length ? `另有 ${ticket.participants.length} 人` : undefined],
    ['经办人', lead?.handlerName],
  ])
}

/** Below them, each on a line of its own. */
export function wideFacts(ticket: TicketView): Fact[] {
  return given([
    ['事项', ticket.matterName && matterPath(ticket.matterName)],
    ['地点', [ticket.regionName, ticket.address].filter(Boolean).join(' ')],
    ['发生时间', moment(ticket.occurredAt)],
    ['标题', ticket.title],
  ])
}

export function taskFacts(one: Assignment): Fact[] {
  return given([
    ['任务', one.task],
    ['标准', one.standard],
    ['派单', `${moment(one.dispatchedAt)} ${one.dispatchedBy.name}`],
    ['签收', moment(one.acknowledgedAt)],
    ['时限', deadline(one.resolveBy)],
    ['备注', one.note],
  ])
}

export function titleOf(one: Assignment, ticket: TicketView): string {
  const name = ticket.unitNames[one.unitId] ?? one.unitId
  return `${name}（${ASSIGNMENT_ROLE_LABELS[one.role]}，${ASSIGNMENT_STATUS_LABELS[one.status]}）`
}

export function replyFacts({ reply, reviews }: Assignment): Fact[] {
  if (!reply) return []
  const { contacted, contactMethod, contactedAt } = reply
  const how =
    contacted === 'yes' && contactMethod ? `（${CONTACT_METHOD_LABELS[contactMethod]} ${moment(contactedAt)}）` : ''
  const judged = `诉求${FACTUAL_LABELS[reply.isFactual]}；${CONTACTED_LABELS[contacted]}${how}；${HANDLED_LABELS[reply.solved]}`
  return given([
    ['认定', judged],
    ['办理情况', reply.handling],
    ['公开答复', reply.publicReply],
    ['未完全解决的原因', reply.unsolvedReason],
    ['法规依据', reply.legalBasis],
    ['超期原因', reply.overdueReason],
    ['反馈人', `${reply.by.name} ${moment(reply.at)}`],
    ...reviews.map(({ level, isPassed, opinion, by, at }): [string, string] => [
      level === 'unit' ? '单位审核' : '热线审核',
      `${isPassed ? '通过' : '退回'}：${opinion}（${by.name} ${moment(at)}）`,
    ]),
  ])
}

export function callbackFacts(ticket: TicketView): Fact[] {
  const score = (value: keyof typeof SATISFACTION_LABELS | 'declined') =>
    value === 'declined' ? '未评价' : SATISFACTION_LABELS[value]
  return ticket.callbacks.map(({ at, method, solved, satisfaction, remark }) => [
    moment(at),
    `${CALLBACK_METHOD_LABELS[method]}；${SOLVED_LABELS[solved]}；结果${score(satisfaction.result)}，态度${score(satisfaction.attitude)}${remark ? `。诉求人意见：${remark}` : ''}`,
  ])
}
