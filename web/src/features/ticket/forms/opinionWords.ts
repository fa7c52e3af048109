import type { CommandType } from '@hotline/shared/ticket/commands'

/** A command that wants one text: what the text is, what the button says, and what follows from it. */
export interface OpinionWords {
  /** Where the text stands in the command's body. */
  field: 'opinion' | 'reason' | 'missing' | 'text' | 'answer' | 'result'
  label: string
  submit: string
  placeholder: string
  /** What follows from it, beside the button. */
  consequence: string
  tone: 'primary' | 'danger'
  isOptional?: boolean
  /** Photos and papers go with it. */
  takesFiles?: true
  /** Said often: one press writes it. */
  phrases?: readonly string[]
}

const opinion = { field: 'opinion', label: '审核意见', tone: 'primary' } as const
const reason = { field: 'reason', label: '理由', tone: 'primary' } as const

const REVIEWS: Partial<Record<CommandType, OpinionWords>> = {
  approveReturn: {
    ...opinion,
    submit: '同意退单',
    placeholder: '同意的理由，如：经核实该路段由市政管养',
    consequence: '工单回到待派单，计一次退单',
  },
  rejectReturn: {
    ...opinion,
    submit: '驳回退单',
    placeholder: '驳回的依据，如：三定规定第四条明确由你单位负责',
    consequence: '由该单位办理，不得再退，时限不重算',
    tone: 'danger',
  },
  approveExtension: {
    ...opinion,
    submit: '批准延期',
    placeholder: '批准的理由',
    consequence: '在原到期日上顺延，并告知诉求人',
  },
  rejectExtension: {
    ...opinion,
    submit: '驳回延期',
    placeholder: '驳回的理由',
    consequence: '按原时限办理',
    tone: 'danger',
  },
  approveSuspension: {
    ...opinion,
    submit: '批准挂起',
    placeholder: '客观障碍是否属实、措施是否可行',
    consequence: '时限暂停，列入跟踪督办，到期自动恢复',
  },
  rejectSuspension: {
    ...opinion,
    submit: '驳回挂起',
    placeholder: '为什么不构成客观障碍，应怎样办理',
    consequence: '时限照常计算',
    tone: 'danger',
  },
  approveTermination: {
    ...opinion,
    submit: '同意终止',
    placeholder: '同意终止的依据',
    consequence: '各承办任务结束，结果告知诉求人',
    tone: 'danger',
  },
  rejectTermination: {
    ...opinion,
    submit: '驳回，继续办理',
    placeholder: '为什么应当继续办理',
    consequence: '时限照常计算',
  },
  sendBack: {
    ...opinion,
    label: '退回意见',
    submit: '退回补充',
    placeholder: '还缺什么、哪里不清楚',
    consequence: '退回该单位补充办理，时限不变',
    tone: 'danger',
  },
  keepUnit: {
    ...opinion,
    label: '意见',
    submit: '维持承办单位',
    placeholder: '更正后为什么仍由原单位办理，可不填',
    consequence: '建议不再提示',
    isOptional: true,
  },
}

const TURNS: Partial<Record<CommandType, OpinionWords>> = {
  recall: {
    ...reason,
    label: '撤回理由',
    submit: '撤回改派',
    placeholder: '为什么要收回重新派单',
    consequence: '各承办任务一并撤回，不计退单',
    tone: 'danger',
  },
  rework: {
    ...reason,
    label: '重办理由',
    submit: '退回重办',
    placeholder: '核查发现了什么，要求办到什么程度',
    consequence: '重新计时 3 个工作日',
    tone: 'danger',
  },
  requestInfo: {
    field: 'missing',
    label: '缺少的信息',
    submit: '退补',
    placeholder: '缺什么、要话务员问清楚什么，诉求人也会看到',
    consequence: '派单时限暂停，登记的话务员收到提醒',
    tone: 'primary',
    phrases: ['请补充具体地址（小区、楼号或路口）。', '请补充发生时间。', '请补充涉及的单位、商户全称。'],
  },
  supplement: {
    field: 'text',
    label: '新情况',
    submit: '补充',
    placeholder: '诉求人新说了什么：时间、地点、变化',
    consequence: '承办单位马上看到，时限不变',
    tone: 'primary',
    takesFiles: true,
  },
  withdraw: {
    ...reason,
    label: '撤回理由',
    submit: '诉求人撤回',
    placeholder: '诉求人怎么说的，如：来电称问题已自行解决，不再反映',
    consequence: '各承办任务一并撤回，不再回访',
    tone: 'danger',
  },
  void: {
    ...reason,
    label: '作废理由',
    submit: '作废',
    placeholder: '如：测试工单、同一通电话重复登记',
    consequence: '不再办理，也不计入任何指标',
    tone: 'danger',
  },
  unmerge: {
    ...reason,
    label: '撤销理由',
    submit: '撤销并单',
    placeholder: '为什么不是同一件事',
    consequence: '恢复单独办理，回到并单前的环节',
  },
  cancelConsultation: {
    ...reason,
    label: '取消理由',
    submit: '取消会商',
    placeholder: '为什么不再会商',
    consequence: '回到待派单，派单时限重新计算',
    tone: 'danger',
  },
  recallDelegation: {
    ...reason,
    label: '撤回理由',
    submit: '撤回下派',
    placeholder: '为什么收回',
    consequence: '该单位及其再下派的任务一并撤回',
    tone: 'danger',
  },
  resume: {
    ...reason,
    label: '恢复理由',
    submit: '恢复办理',
    placeholder: '障碍如何消除，可不填',
    consequence: '按实际暂停时间顺延各项时限',
    isOptional: true,
  },
}

const OVERSIGHT: Partial<Record<CommandType, OpinionWords>> = {
  answerSupervision: {
    field: 'answer',
    label: '督办反馈',
    submit: '反馈督办',
    placeholder: '做了什么、到什么程度、何时办结',
    consequence: '督办人马上看到；销号由督办人决定',
    tone: 'primary',
    takesFiles: true,
  },
  closeSupervision: {
    field: 'result',
    label: '督办结论',
    submit: '督办销号',
    placeholder: '核实到什么，为什么可以销号',
    consequence: '本条督办结束，工单照常办理',
    tone: 'primary',
  },
  appealCallback: {
    ...reason,
    label: '申诉理由',
    submit: '提交申诉',
    placeholder: '回访结果为什么与事实不符，有何证据',
    consequence: '由督办员认定；期间重办照常进行',
    takesFiles: true,
  },
  appealRating: {
    ...reason,
    label: '误评理由',
    submit: '提交误评申诉',
    placeholder: '该评价为什么不是对本单位服务的评价，或与事实不符',
    consequence: '由督办员认定；期间整改照常进行',
  },
}

const WORDS: Partial<Record<CommandType, OpinionWords>> = { ...REVIEWS, ...TURNS, ...OVERSIGHT }

export function opinionWords(command: CommandType): OpinionWords {
  return WORDS[command] ?? { ...opinion, submit: '提交', placeholder: '', consequence: '' }
}
