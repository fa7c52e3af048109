import type { CommandType } from '../commands'
import { OPEN_ASSIGNMENT } from '../labels'
import * as when from '../when'
import { AT_UNIT, IN_HAND, type Rule } from './rule'

/** Dispatching, and the work of one unit. */
export const UNIT_RULES = {
  dispatch: { label: '派单', by: ['dispatcher', 'director', 'system'], from: ['accepted'], when: when.mayStillChoose },
  designate: { label: '指定', by: ['dispatcher', 'director'], from: ['accepted'], when: when.mustDesignate },
  recall: {
    label: '撤回改派',
    by: ['dispatcher', 'director'],
    from: AT_UNIT,
    when: when.mayRecall,
  },

  acknowledge: {
    label: '签收',
    by: ['clerk'],
    from: AT_UNIT,
    assignmentFrom: ['toAcknowledge'],
    when: when.noReturnPending,
  },
  autoAcknowledge: {
    label: '自动签收',
    by: ['system'],
    from: AT_UNIT,
    assignmentFrom: ['toAcknowledge'],
    when: when.isReturnTimeOver,
  },
  handOver: {
    label: '移交',
    by: ['system'],
    from: [...AT_UNIT, 'hotlineReview', 'callback'],
    assignmentFrom: OPEN_ASSIGNMENT,
  },
  requestReturn: {
    label: '申请退单',
    by: ['clerk'],
    from: AT_UNIT,
    assignmentFrom: IN_HAND,
    when: when.canStillReturn,
  },
  approveReturn: {
    label: '同意退单',
    by: ['dispatcher', 'director', 'clerk'],
    from: AT_UNIT,
    assignmentFrom: IN_HAND,
    when: when.mayDecideReturn,
    decides: 'pendingReturn',
  },
  rejectReturn: {
    label: '驳回退单',
    by: ['dispatcher', 'director', 'clerk'],
    from: AT_UNIT,
    assignmentFrom: IN_HAND,
    when: when.mayDecideReturn,
    decides: 'pendingReturn',
  },
  assignHandler: {
    label: '分办',
    by: ['clerk', 'unitLead'],
    from: AT_UNIT,
    assignmentFrom: IN_HAND,
    when: when.noReturnPending,
  },
  recordContact: {
    label: '联系诉求人',
    by: ['handler', 'clerk'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: when.mayContact,
  },
  recordProgress: { label: '办理进展', by: ['handler', 'clerk'], from: AT_UNIT, assignmentFrom: ['handling'] },

  requestExtension: {
    label: '申请延期',
    by: ['handler', 'clerk', 'unitLead'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: when.canStillExtend,
  },
  endorseRequest: {
    label: '同意申请',
    by: ['unitLead', 'unitHead'],
    from: [...AT_UNIT, 'hotlineReview'],
    assignmentFrom: ['handling', 'replied'],
    when: when.awaitsUnitLead,
  },
  refuseRequest: {
    label: '不同意申请',
    by: ['unitLead', 'unitHead'],
    from: [...AT_UNIT, 'hotlineReview'],
    assignmentFrom: ['handling', 'replied'],
    when: when.awaitsUnitLead,
  },
  approveExtension: {
    label: '批准延期',
    by: ['dispatcher', 'director', 'clerk'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: when.mayApproveExtension,
    decides: 'pendingExtension',
  },
  rejectExtension: {
    label: '驳回延期',
    by: ['dispatcher', 'director', 'clerk'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: when.awaitsHotline,
    decides: 'pendingExtension',
  },

  reply: { label: '办理反馈', by: ['handler'], from: AT_UNIT, assignmentFrom: ['handling'], when: when.mayReply },
  reviewByUnit: {
    label: '单位审核',
    by: ['unitLead', 'unitHead'],
    from: AT_UNIT,
    assignmentFrom: ['inReview'],
    when: when.mayReviewForUnit,
  },
} satisfies Partial<Record<CommandType, Rule>>
