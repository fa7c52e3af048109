import type { EventType } from '@hotline/shared/ticket/events'
import * as L from '@hotline/shared/ticket/labels'
import { deadline, moment } from '../../platform/format'
import { nameOf, type Sentence } from './describe'

type Told = { [T in EventType]: Sentence<T> }

/** What happens beside the straight road, as a story reads. */
export const MORE_SENTENCES: Omit<Told, StraightRoad> = {
  'ticket.infoRequested': (e) => ({ text: '退回补充', quote: e.missing }),
  'ticket.infoSupplied': (e) => ({ text: '补充信息', quote: e.facts }),
  'ticket.supplemented': (e) => ({ text: '补充新情况', quote: e.text }),
  'ticket.merged': (e) => ({ text: `并入工单 ${e.mainNo}`, quote: e.reason }),
  'ticket.unmerged': (e) => ({ text: '撤销并单，恢复单独办理', quote: e.reason }),
  'ticket.callerJoined': (e) => ({
    text: `工单 ${e.no} 并入本件，一并办理、逐人回访${e.promise ? `，最晚 ${deadline(e.promise.resolveBy)}` : ''}`,
  }),
  'ticket.callerLeft': () => '一件并入的工单已撤销并单',
  'ticket.voided': (e) => ({ text: '作废', quote: e.reason }),
  'ticket.withdrawn': (e) => ({ text: '诉求人撤回', quote: e.reason }),
  'ticket.archived': () => '归档',
  'ticket.unitKept': (e) => ({ text: '更正后仍由原单位办理', quote: e.opinion }),

  'ticket.consultationOpened': (e, names) => ({
    text: `发起会商，邀请${e.units.map(({ unitId }) => nameOf(names, unitId)).join('、')}${e.isFromReturn ? '（退单改为会商）' : ''}`,
    quote: e.topic,
  }),
  'ticket.opinionGiven': (e, names) => ({
    text: `${e.unitId === e.by.unitId ? '' : nameOf(names, e.unitId)}会商意见：${L.STANCE_LABELS[e.stance]}`,
    quote: e.basis ? `${e.opinion}（依据：${e.basis}）` : e.opinion,
  }),
  'ticket.siteVisitRecorded': (e) => ({
    text: `${moment(e.visitedAt)} 联合踏勘 ${e.place}，参加：${e.people}`,
    quote: e.findings,
  }),
  'ticket.consultationConcluded': (e, names) => ({
    text: `会商结论：由${nameOf(names, e.leadUnitId)}主办${e.coUnitIds.length ? `，${e.coUnitIds.map((id) => nameOf(names, id)).join('、')}协办` : ''}，不得退单`,
    quote: e.basis,
  }),
  'ticket.consultationCancelled': (e) => ({ text: '取消会商', quote: e.reason }),

  'ticket.delegated': (e, names) => ({
    text: `下派给${nameOf(names, e.assignment.unitId)}，最晚 ${deadline(e.assignment.resolveBy)}`,
    quote: e.assignment.task,
  }),
  'ticket.delegationRecalled': (e) => ({ text: '撤回下派', quote: e.reason }),
  'ticket.sentBack': (e) => ({ text: '退回反馈，请补充', quote: e.opinion }),

  'ticket.suspensionRequested': (e) => ({
    text: `申请挂起至 ${e.promisedDate}${e.isCallerTold ? '，已告知诉求人' : ''}`,
    quote: `${e.reason}\n措施：${e.measures}`,
  }),
  'ticket.suspensionApproved': (e) => ({
    text: `批准挂起，${deadline(e.until)} 恢复办理，列入跟踪督办`,
    quote: e.opinion,
    tone: 'amber',
  }),
  'ticket.suspensionRejected': (e) => ({ text: '驳回挂起', quote: e.opinion }),
  'ticket.resumed': (e) => ({
    text: `${e.isByClock ? '挂起到期，' : ''}恢复办理${e.promise ? `，最晚 ${deadline(e.promise.resolveBy)}` : ''}`,
    quote: e.reason,
  }),
  'ticket.terminationRequested': (e) => ({
    text: `申请终止：${L.TERMINATION_LABELS[e.ground]}${e.code ? `（${L.DECLINE_LABELS[e.code]}）` : ''}`,
    quote: e.reason,
  }),
  'ticket.terminationApproved': (e) => ({ text: '同意终止办理', quote: e.opinion }),
  'ticket.terminationRejected': (e) => ({ text: '驳回终止，继续办理', quote: e.opinion }),

  'ticket.callbackAppealed': (e) => ({ text: '对回访结果提出申诉', quote: e.reason }),
  'ticket.supervised': (e, names) => supervised(e.supervision, names),
  'ticket.supervisionAnswered': (e) => ({ text: '反馈督办', quote: e.answer }),
  'ticket.supervisionClosed': (e) => ({ text: '督办销号', quote: e.result }),
  'ticket.escalated': (e, names) => ({
    text: `提级督办，由${nameOf(names, e.toUnitId)}督促解决${e.supervision.deadline ? `，${deadline(e.supervision.deadline)} 前反馈` : ''}`,
    quote: e.supervision.requirement,
    tone: 'red',
  }),
  'ticket.instructed': (e) => ({
    text: `批示${e.supervision.deadline ? `，${deadline(e.supervision.deadline)} 前反馈` : ''}`,
    quote: e.supervision.requirement,
    tone: 'red',
  }),

  'ticket.rated': (e) => ({
    text: `评价：${L.SATISFACTION_LABELS[e.score]}（${L.RATING_CHANNEL_LABELS[e.channel]}）`,
    quote: e.comment,
    tone: e.score <= 2 ? 'amber' : 'green',
  }),
  'ticket.rectified': (e) => ({
    text: '提交整改',
    quote: `原因：${e.rectification.cause}\n措施：${e.rectification.measures}\n结果：${e.rectification.result}`,
  }),
  'ticket.ratingAppealed': (e) => ({ text: '申诉该评价为误评', quote: e.reason }),
  'ticket.ratingJudged': (e) => ({ text: `评价认定：${L.RATING_VERDICT_LABELS[e.verdict]}`, quote: e.reason }),
  'ticket.deadlinesRecomputed': (e) => {
    const own = e.clocks.find(({ clock }) => clock)
    const from = e.promise?.from ?? own?.from
    const to = e.promise?.resolveBy ?? own?.clock?.resolveBy
    const isMoved = from !== undefined && to !== undefined && from !== to
    return { text: `时限重算${isMoved ? `：${deadline(from)} 改为 ${deadline(to)}` : ''}`, quote: e.cause }
  },
}

type StraightRoad =
  | 'ticket.registered'
  | 'ticket.accepted'
  | 'ticket.amended'
  | 'ticket.answered'
  | 'ticket.declined'
  | 'ticket.emergencyTransferred'
  | 'ticket.dispatched'
  | 'ticket.recalled'
  | 'ticket.acknowledged'
  | 'ticket.returnRequested'
  | 'ticket.returnApproved'
  | 'ticket.returnRejected'
  | 'ticket.handlerAssigned'
  | 'ticket.handedOver'
  | 'ticket.contactRecorded'
  | 'ticket.progressRecorded'
  | 'ticket.extensionRequested'
  | 'ticket.requestEndorsed'
  | 'ticket.requestRefused'
  | 'ticket.extensionApproved'
  | 'ticket.extensionRejected'
  | 'ticket.replied'
  | 'ticket.unitReviewed'
  | 'ticket.hotlineReviewed'
  | 'ticket.callbackAttempted'
  | 'ticket.callbackRecorded'
  | 'ticket.callbackJudged'
  | 'ticket.reworked'
  | 'ticket.closed'
  | 'ticket.reopened'
  | 'ticket.urged'
  | 'ticket.cardIssued'

function supervised(
  {
    form,
    trigger,
    requirement,
    deadline: by,
    unitId,
  }: Extract<Parameters<Told['ticket.supervised']>[0], object>['supervision'],
  names: Record<string, string>,
) {
  return {
    text: `${L.FORM_LABELS[form]}${unitId ? `${nameOf(names, unitId)}` : ''}：${L.ALL_TRIGGER_LABELS[trigger]}${by ? `，${deadline(by)} 前反馈` : ''}`,
    quote: requirement,
    tone: 'red' as const,
  }
}
