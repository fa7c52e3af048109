import type { Role } from '../user/roles'
import type { CommandType } from './commands'
import type { WhenContext } from './context'
import type { AssignmentStatus, TicketStatus } from './labels'
import type { Ticket } from './ticket'
import * as when from './when'

/**
 * One row of the workflow. `when` says `true`, or why not, in Chinese. A unit's roles act on their own unit's
 * assignment only; `assignmentFrom` is checked on that one.
 */
export interface Rule {
  label: string
  by: readonly Role[]
  from: readonly TicketStatus[]
  assignmentFrom?: readonly AssignmentStatus[]
  /** The request that it answers: of several assignments the one that has it is meant, though another may be newer. */
  decides?: 'pendingReturn' | 'pendingExtension'
  /** Acts on one assignment; without `assignmentFrom` any of the actor's may be meant. */
  when?: (ticket: Ticket, context: WhenContext) => true | string
}

const INTAKE = ['registered', 'needInfo', 'accepted'] as const
const ANY_OPEN = [
  'registered',
  'needInfo',
  'accepted',
  'consulting',
  'dispatched',
  'handling',
  'unitReview',
  'hotlineReview',
  'callback',
] as const
const AT_UNIT = ['dispatched', 'handling', 'unitReview'] as const
const IN_HAND = ['toAcknowledge', 'handling'] as const

/** The procedure, as a dispatcher could read it aloud (ticket.md §2). */
export const LIFECYCLE: Record<CommandType, Rule> = {
  register: { label: '登记', by: ['agent', 'dispatcher', 'director', 'caller'], from: [] },
  accept: { label: '受理', by: ['agent', 'dispatcher'], from: ['registered'] },
  amend: { label: '更正', by: ['agent', 'dispatcher', 'director'], from: ANY_OPEN, when: when.mayAmend },
  answer: { label: '直接答复', by: ['agent', 'dispatcher'], from: INTAKE, when: when.isOwnIfAgent },
  decline: { label: '不予受理', by: ['agent', 'dispatcher'], from: INTAKE, when: when.isOwnIfAgent },
  transferEmergency: { label: '转紧急', by: ['agent', 'dispatcher'], from: INTAKE, when: when.isOwnIfAgent },

  dispatch: { label: '派单', by: ['dispatcher', 'director'], from: ['accepted'], when: when.mayStillChoose },
  designate: { label: '指定', by: ['dispatcher', 'director'], from: ['accepted'], when: when.mustDesignate },
  recall: { label: '撤回改派', by: ['dispatcher', 'director'], from: ['dispatched', 'handling'] },

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
  requestReturn: {
    label: '申请退单',
    by: ['clerk'],
    from: AT_UNIT,
    assignmentFrom: IN_HAND,
    when: when.canStillReturn,
  },
  approveReturn: {
    label: '同意退单',
    by: ['dispatcher', 'director'],
    from: AT_UNIT,
    assignmentFrom: IN_HAND,
    when: when.mayDecideReturn,
    decides: 'pendingReturn',
  },
  rejectReturn: {
    label: '驳回退单',
    by: ['dispatcher', 'director'],
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
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: when.awaitsUnitLead,
  },
  refuseRequest: {
    label: '不同意申请',
    by: ['unitLead', 'unitHead'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: when.awaitsUnitLead,
  },
  approveExtension: {
    label: '批准延期',
    by: ['dispatcher', 'director'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: when.awaitsHotline,
    decides: 'pendingExtension',
  },
  rejectExtension: {
    label: '驳回延期',
    by: ['dispatcher', 'director'],
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
  reviewByHotline: { label: '热线审核', by: ['dispatcher', 'director'], from: ['hotlineReview'] },

  recordAttempt: {
    label: '记录未接通',
    by: ['callbackOfficer'],
    from: ['callback'],
    when: when.awaitsCall,
  },
  closeUnreachable: { label: '无法接通办结', by: ['system'], from: ['callback'], when: when.isExhausted },
  recordCallback: { label: '回访结果', by: ['callbackOfficer'], from: ['callback'], when: when.awaitsResult },
  judgeCallback: { label: '甄别', by: ['supervisor', 'director'], from: ['callback'], when: when.mayJudge },
  rework: { label: '重办', by: ['supervisor', 'director'], from: ['closed'], when: when.isClosedLately },
  reopen: {
    label: '重启',
    by: ['agent', 'dispatcher'],
    from: ['closed', 'answered', 'declined', 'terminated', 'withdrawn'],
    when: when.isEndedLately,
  },
  urge: {
    label: '催办',
    by: ['agent', 'dispatcher', 'supervisor', 'director', 'clerk', 'caller'],
    from: ['accepted', 'consulting', 'dispatched', 'handling', 'unitReview', 'hotlineReview', 'callback'],
    when: when.mayUrge,
  },
  yellowCard: {
    label: '黄牌',
    by: ['system'],
    from: AT_UNIT,
    assignmentFrom: ['toAcknowledge', 'handling', 'inReview'],
    when: when.isYellowDue,
  },
  redCard: {
    label: '红牌',
    by: ['system'],
    from: AT_UNIT,
    assignmentFrom: ['toAcknowledge', 'handling', 'inReview'],
    when: when.isRedDue,
  },
}
