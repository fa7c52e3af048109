import type { CommandType } from '@hotline/shared/ticket/commands'

export interface OpinionWords {
  field: 'opinion' | 'reason'
  label: string
  submit: string
  placeholder: string
  /** What follows from it, beside the button. */
  consequence: string
  tone: 'primary' | 'danger'
}

const opinion = { field: 'opinion', label: '审核意见', tone: 'primary' } as const
const WORDS: Partial<Record<CommandType, OpinionWords>> = {
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
  recall: {
    field: 'reason',
    label: '撤回理由',
    submit: '撤回改派',
    placeholder: '为什么要收回重新派单',
    consequence: '各承办任务一并撤回，不计退单',
    tone: 'danger',
  },
  rework: {
    field: 'reason',
    label: '重办理由',
    submit: '退回重办',
    placeholder: '核查发现了什么，要求办到什么程度',
    consequence: '重新计时 3 个工作日',
    tone: 'danger',
  },
}

export function opinionWords(command: CommandType): OpinionWords {
  return WORDS[command] ?? { ...opinion, submit: '提交', placeholder: '', consequence: '' }
}
