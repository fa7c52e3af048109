import type { EventType, TicketEvent } from '@hotline/shared/ticket/events'
import * as L from '@hotline/shared/ticket/labels'
import type { Wire } from '@hotline/shared/wire'
import { deadline, moment } from '../../platform/format'
import { limitText } from '@hotline/shared/limits/limit'
import { fieldLabel } from './fieldLabels'
import { MORE_SENTENCES } from './moreSentences'

export type WireEvent = Wire<TicketEvent>
export type Group = 'flow' | 'contact' | 'watch' | 'callback'
export const GROUP_LABELS: Record<Group, string> = { flow: '流转', contact: '联系', watch: '督办', callback: '回访' }

/** One line of a ticket's story: who, did what, and their own words below it. */
export interface Told {
  who: string
  text: string
  quote?: string
  group: Group
  tone?: 'amber' | 'red' | 'green'
}
/** Names of units by id; an unknown one keeps its id. */
export type Names = Record<string, string>

export type Sentence<T extends EventType> = (
  event: Extract<WireEvent, { type: T }>,
  names: Names,
) => string | { text: string; quote?: string; tone?: Told['tone']; who?: string }

export const nameOf = (names: Names, id: string) => names[id] ?? id
const passed = (isPassed: boolean) => (isPassed ? '通过' : '退回')
const score = (value: L.Satisfaction) => (value === 'declined' ? '未评价' : L.SATISFACTION_LABELS[value])

/** `Record` over all types: a new event without its sentence does not compile. */
const SENTENCES: { [T in EventType]: Sentence<T> } = {
  'ticket.registered': (e) => `登记诉求，来自${L.CHANNEL_LABELS[e.channel]}`,
  'ticket.accepted': (e) => `受理，最晚 ${deadline(e.dispatchBy)} 派单`,
  'ticket.amended': (e) => ({
    text: `更正${e.changes.map(({ field }) => fieldLabel(field)).join('、')}`,
    quote: e.reason,
  }),
  'ticket.answered': (e) => ({ text: '直接答复诉求人', quote: e.answer, tone: 'green' }),
  'ticket.declined': (e) => ({
    text: `不予受理：${L.DECLINE_LABELS[e.code]}`,
    quote: e.channelTold ? `${e.reason}（已告知：${e.channelTold}）` : e.reason,
  }),
  'ticket.emergencyTransferred': (e) => ({
    text: `转${L.EMERGENCY_LABELS[e.to]}${e.isThreeWay ? '，三方通话' : ''}，${moment(e.transferredAt)}`,
    quote: e.note,
  }),
  'ticket.dispatched': (e, names) => dispatched(e, names),
  'ticket.recalled': (e) => ({ text: '撤回改派', quote: e.reason }),
  'ticket.acknowledged': (e) =>
    e.isAuto ? { text: '逾期未签收，系统自动签收', tone: 'amber' } : `签收${e.isLate ? '（超过签收时限）' : ''}`,
  'ticket.returnRequested': (e, names) => ({
    text: `申请退单：${L.RETURN_REASON_LABELS[e.reason]}，建议由${nameOf(names, e.suggestedUnitId)}办理`,
    quote: e.basis,
  }),
  'ticket.returnApproved': (e) => ({ text: `同意退单${e.isLead ? '' : '（协办）'}`, quote: e.opinion }),
  'ticket.returnRejected': (e) => ({ text: '驳回退单，本件不得再退', quote: e.opinion }),
  'ticket.handlerAssigned': (e) => `分办给${e.handlerName}`,
  'ticket.handedOver': (e, names) => ({
    text: `${nameOf(names, e.fromUnitId)}的承办任务移交${nameOf(names, e.unitId)}${e.handlerName ? ` ${e.handlerName}` : ''}`,
    quote: e.reason,
  }),
  'ticket.contactRecorded': (e) => ({
    text: `${moment(e.contactedAt)} ${L.CONTACT_METHOD_LABELS[e.method]}联系诉求人，${e.isReached ? '已联系上' : '未联系上'}`,
    quote: e.result,
  }),
  'ticket.progressRecorded': (e) => ({ text: '记录办理进展', quote: e.note }),
  'ticket.extensionRequested': (e) => ({
    text: `申请延期 ${e.workdays} 个工作日${e.isCallerTold ? '，已告知诉求人' : ''}`,
    quote: e.reason,
  }),
  'ticket.requestEndorsed': (e) => ({ text: '单位同意申请，报热线审批', quote: e.opinion }),
  'ticket.requestRefused': (e) => ({ text: '单位不同意申请', quote: e.opinion }),
  'ticket.extensionApproved': (e) => ({
    text: `批准延期 ${e.workdays} 个工作日，延至 ${deadline(e.clock.resolveBy)}`,
    quote: e.opinion,
  }),
  'ticket.extensionRejected': (e) => ({ text: '驳回延期', quote: e.opinion }),
  'ticket.replied': (e) => ({
    text: `提交办理反馈：${L.FACTUAL_LABELS[e.reply.isFactual]}，${L.HANDLED_LABELS[e.reply.solved]}`,
    quote: e.reply.publicReply,
  }),
  'ticket.unitReviewed': (e) => ({ text: `单位审核${passed(e.isPassed)}`, quote: e.opinion }),
  'ticket.hotlineReviewed': (e) => ({ text: `热线审核${passed(e.isPassed)}`, quote: e.opinion }),
  'ticket.callbackAttempted': (e) => ({
    text: `回访未接通：${L.ATTEMPT_LABELS[e.result]}${e.nextAt && !e.isExhausted ? `，${moment(e.nextAt)} 再拨` : ''}${e.isExhausted ? '，拨打次数已用完' : ''}`,
    quote: e.remark,
  }),
  'ticket.callbackRecorded': (e) => ({
    text: `回访：${L.SOLVED_LABELS[e.solved]}，结果${score(e.satisfaction.result)}、态度${score(e.satisfaction.attitude)}${e.needsJudgement ? '，报甄别' : ''}`,
    quote: e.remark,
    tone: e.isDissatisfied ? 'amber' : 'green',
  }),
  'ticket.callbackJudged': (e) => ({
    text: e.verdict === 'upheld' ? '甄别：诉求人不满意成立' : '甄别：不满意不成立，维持办结',
    quote: e.reason,
  }),
  'ticket.reworked': (e) => ({
    text: `退回重办，最晚 ${deadline(e.resolveBy)}${e.isEscalated ? '，提级督办' : ''}`,
    quote: e.reason,
    tone: 'amber',
  }),
  'ticket.closed': (e) => ({ text: `办结：${L.OUTCOME_LABELS[e.outcome]}`, tone: 'green' }),
  'ticket.reopened': (e) => ({ text: '重启', quote: e.newFacts }),
  'ticket.urged': (e) => ({ text: '催办', quote: e.note, ...(e.isByCaller ? { who: '诉求人' } : {}) }),
  'ticket.cardIssued': (e) => ({
    text: `发${L.CARD_LABELS[e.card]}：${e.card === 'red' ? '已超期' : '即将到期'}（${deadline(e.resolveBy)}）`,
    tone: e.card === 'red' ? 'red' : 'amber',
  }),
  ...MORE_SENTENCES,
}

const GROUPS: Partial<Record<EventType, Group>> = {
  'ticket.contactRecorded': 'contact',
  'ticket.progressRecorded': 'contact',
  'ticket.urged': 'watch',
  'ticket.cardIssued': 'watch',
  'ticket.callbackAttempted': 'callback',
  'ticket.callbackRecorded': 'callback',
  'ticket.callbackJudged': 'callback',
  'ticket.reworked': 'callback',
  'ticket.callbackAppealed': 'callback',
  'ticket.rated': 'callback',
  'ticket.ratingAppealed': 'callback',
  'ticket.ratingJudged': 'callback',
  'ticket.supervised': 'watch',
  'ticket.supervisionAnswered': 'watch',
  'ticket.supervisionClosed': 'watch',
  'ticket.escalated': 'watch',
  'ticket.instructed': 'watch',
}

/** "滨城区住建局 李强 申请退单:非本单位职责…", as a story reads. */
export function describeEvent(event: WireEvent, names: Names): Told {
  const sentence = SENTENCES[event.type] as Sentence<EventType>
  const told = sentence(event as never, names)
  const { text, quote, tone, who } = typeof told === 'string' ? { text: told } : { quote: undefined, ...told }
  const isClock = event.by.userId === 'system'
  const unit = isClock || event.by.userId === 'caller' ? '' : `${names[event.by.unitId] ?? ''} `
  return {
    who: who ?? `${unit}${event.by.name}`.trim(),
    text,
    quote: quote?.trim() || undefined,
    tone,
    group: GROUPS[event.type] ?? 'flow',
  }
}

function dispatched(event: Extract<WireEvent, { type: 'ticket.dispatched' }>, names: Names) {
  const lead = event.assignments.find(({ id }) => id === event.leadAssignmentId)
  const others = event.assignments.filter(({ id }) => id !== event.leadAssignmentId)
  const unitsOf = (role: L.AssignmentRole) =>
    others.filter((one) => one.role === role).map(({ unitId }) => nameOf(names, unitId))
  const part = (label: string, list: string[]) => (list.length ? `，${label}${list.join('、')}` : '')
  if (!lead) return `派单${part('协办', unitsOf('co'))}${part('抄送', unitsOf('copy'))}`
  const limit = `，时限 ${limitText(lead.limit)}，最晚 ${deadline(lead.resolveBy)}`
  return {
    text: `${event.isDesignated ? '指定' : '派单给'}${nameOf(names, lead.unitId)}${event.isDesignated ? '办理，不得再退' : ''}${part('协办', unitsOf('co'))}${part('抄送', unitsOf('copy'))}${limit}${event.isLate ? '（超过派单时限）' : ''}`,
    quote: event.basis ?? lead.task,
  }
}
