import { Moment } from '../../calendar/momentInput'
import { attachmentIds, id, keys, on, OPINION_MAX, reason, required } from '../commandInputs'
import * as L from '../labels'

const requirement = required('督办要求', OPINION_MAX)

/** 督办, 提级, 批示, 回访申诉: who looks after the work of others. */
export const OVERSIGHT_SCHEMAS = {
  supervise: on('supervise', {
    form: keys(L.MANUAL_FORM_LABELS),
    trigger: keys(L.TRIGGER_LABELS),
    /** Absent: the lead. */
    unitId: id.optional(),
    requirement,
    deadline: Moment,
  }),
  answerSupervision: on('answerSupervision', {
    supervisionId: id,
    answer: required('督办反馈', OPINION_MAX),
    attachmentIds,
  }),
  closeSupervision: on('closeSupervision', { supervisionId: id, result: required('督办结论', OPINION_MAX) }),
  /** 提级督办: to a unit above the lead; absent: the lead's county, or the city. */
  escalate: on('escalate', { toUnitId: id.optional(), requirement, deadline: Moment }),
  instruct: on('instruct', { instruction: required('批示内容', OPINION_MAX), deadline: Moment.optional() }),
  /** 回访申诉, within the profile's workdays; the raw result stays. */
  appealCallback: on('appealCallback', { reason, attachmentIds }),
}
