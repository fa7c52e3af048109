import { z } from 'zod'
import { Moment } from '../../calendar/momentInput'
import {
  attachmentIds,
  four,
  id,
  ids,
  keys,
  LimitInput,
  on,
  opinion,
  OPINION_MAX,
  optional,
  reason,
  required,
} from '../commandInputs'
import * as L from '../labels'

const day = z.iso.date('日期格式应为 2026-11-22')

/** 会商, 下派, 协办, 挂起, 终止: several units, or a unit and the hotline, over one matter. */
export const TOGETHER_SCHEMAS = {
  openConsultation: on('openConsultation', {
    topic: required('会商议题', OPINION_MAX),
    unitIds: ids.min(1, '请选择会商单位'),
    answerBy: Moment.optional(),
  }),
  giveOpinion: on('giveOpinion', {
    stance: keys(L.STANCE_LABELS),
    opinion,
    basis: optional('依据', OPINION_MAX),
  }),
  recordSiteVisit: on('recordSiteVisit', {
    visitedAt: Moment,
    place: required('踏勘地点', 200),
    unitIds: ids.min(1, '请选择参加单位'),
    people: required('参加人员', 500),
    findings: required('踏勘情况', OPINION_MAX),
    attachmentIds,
  }),
  concludeConsultation: on('concludeConsultation', { ...four, basis: required('会商结论依据', OPINION_MAX) }),
  cancelConsultation: on('cancelConsultation', { reason }),

  delegate: on('delegate', {
    unitId: id,
    task: required('办理任务', OPINION_MAX),
    standard: required('办理标准', OPINION_MAX),
    /** `profile`: until the delegating unit's own deadline. */
    limit: LimitInput,
  }),
  recallDelegation: on('recallDelegation', { reason }),
  sendBack: on('sendBack', { opinion }),

  requestSuspension: on('requestSuspension', {
    reason,
    measures: required('解决措施', OPINION_MAX),
    /** The day, Asia/Shanghai, at whose end the work goes on. */
    promisedDate: day,
    isCallerTold: z.boolean(),
  }),
  approveSuspension: on('approveSuspension', { opinion }),
  rejectSuspension: on('rejectSuspension', { opinion }),
  resume: on('resume', { reason: optional('恢复理由', OPINION_MAX) }),
  requestTermination: on('requestTermination', {
    ground: keys(L.TERMINATION_LABELS),
    /** With `notAcceptable`: which of the cases of 不予受理. */
    code: keys(L.DECLINE_LABELS).optional(),
    reason,
    isCallerTold: z.boolean(),
  }),
  approveTermination: on('approveTermination', { opinion }),
  rejectTermination: on('rejectTermination', { opinion }),
}
