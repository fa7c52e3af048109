import type { CommandType } from '../commands'
import * as together from '../when/together'
import { AT_UNIT, type Rule } from './rule'

/** 会商, 下派, 挂起, 终止. */
export const TOGETHER_RULES = {
  openConsultation: {
    label: '发起会商',
    by: ['dispatcher', 'director', 'supervisor'],
    from: ['accepted', 'dispatched', 'handling'],
    when: together.mayConsult,
  },
  giveOpinion: {
    label: '会商意见',
    by: ['clerk', 'handler', 'unitLead', 'unitHead'],
    from: ['consulting'],
    when: together.isInvited,
  },
  recordSiteVisit: {
    label: '联合踏勘',
    by: ['dispatcher', 'director', 'supervisor', 'clerk', 'handler', 'unitLead'],
    from: ['consulting'],
    when: together.mayVisit,
  },
  concludeConsultation: { label: '会商结论', by: ['dispatcher', 'director'], from: ['consulting'] },
  cancelConsultation: { label: '取消会商', by: ['dispatcher', 'director'], from: ['consulting'] },

  delegate: { label: '下派', by: ['clerk'], from: AT_UNIT, assignmentFrom: ['handling'], when: together.mayDelegate },
  recallDelegation: {
    label: '撤回下派',
    by: ['clerk'],
    from: AT_UNIT,
    assignmentFrom: ['toAcknowledge', 'handling', 'inReview', 'replied'],
    when: together.isOwnDelegate,
  },
  sendBack: {
    label: '退回补充',
    by: ['clerk', 'handler'],
    from: AT_UNIT,
    assignmentFrom: ['replied'],
    when: together.maySendBack,
  },

  requestSuspension: {
    label: '申请挂起',
    by: ['handler'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: together.maySuspend,
  },
  approveSuspension: {
    label: '批准挂起',
    by: ['director'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: together.mayApproveSuspension,
    decides: 'pendingSuspension',
  },
  rejectSuspension: {
    label: '驳回挂起',
    by: ['director'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: together.suspensionAwaitsHotline,
    decides: 'pendingSuspension',
  },
  resume: {
    label: '恢复办理',
    by: ['system', 'handler', 'director'],
    from: AT_UNIT,
    assignmentFrom: ['handling'],
    when: together.mayResume,
  },
  requestTermination: {
    label: '申请终止',
    by: ['handler'],
    from: [...AT_UNIT, 'hotlineReview'],
    assignmentFrom: ['handling', 'replied'],
    when: together.mayTerminate,
  },
  approveTermination: {
    label: '同意终止',
    by: ['director'],
    from: [...AT_UNIT, 'hotlineReview'],
    assignmentFrom: ['handling', 'replied'],
    when: together.terminationAwaitsHotline,
    decides: 'pendingTermination',
  },
  rejectTermination: {
    label: '驳回终止',
    by: ['director'],
    from: [...AT_UNIT, 'hotlineReview'],
    assignmentFrom: ['handling', 'replied'],
    when: together.terminationAwaitsHotline,
    decides: 'pendingTermination',
  },
} satisfies Partial<Record<CommandType, Rule>>
