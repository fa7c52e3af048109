import { KNOWLEDGE_ACT_LABELS, type KnowledgeAct } from '@hotline/shared/knowledge/inputs'

export interface ActForm {
  /** The field of the body that holds the words. */
  field?: 'opinion' | 'reason' | 'note'
  label: string
  placeholder?: string
  isRequired?: boolean
  hasDay?: boolean
  submit: string
  isGrave?: boolean
  key: string
}

/** What an act asks before it is done; those that ask nothing are done at once. */
export const ACT_FORMS: Partial<Record<KnowledgeAct, ActForm>> = {
  publish: { field: 'opinion', label: '审核意见（选填）', submit: '发布', key: 'p' },
  sendBack: {
    field: 'opinion',
    label: '哪里要改',
    placeholder: '写清要改什么、补什么，起草人会收到',
    isRequired: true,
    submit: '退回修改',
    key: 'b',
  },
  revise: {
    field: 'note',
    label: '为什么修订',
    placeholder: '如：政策调整、来电人反映有误',
    isRequired: true,
    submit: '开始修订',
    key: 'e',
  },
  withdraw: {
    field: 'reason',
    label: '撤回理由',
    placeholder: '撤回后立即查不到，责任单位会收到通知',
    isRequired: true,
    submit: '撤回',
    isGrave: true,
    key: 'w',
  },
  renew: {
    field: 'note',
    label: '复核情况',
    placeholder: '与谁核实过，口径为什么仍然有效',
    isRequired: true,
    hasDay: true,
    submit: '确认仍然有效',
    key: 'y',
  },
  discard: { label: '放弃后不能找回；已发布的版本不受影响。', submit: '放弃', isGrave: true, key: 'x' },
}

/** In the order in which they are wanted; 保存 is the editor's. */
export const ACT_ORDER: readonly KnowledgeAct[] = [
  'publish',
  'sendBack',
  'submit',
  'renew',
  'revise',
  'recall',
  'withdraw',
  'discard',
]
export const PLAIN_KEYS: Partial<Record<KnowledgeAct, string>> = { submit: 's', recall: 'r' }
export const actLabel = (act: KnowledgeAct) => KNOWLEDGE_ACT_LABELS[act]
export const keyOf = (act: KnowledgeAct) => ACT_FORMS[act]?.key ?? PLAIN_KEYS[act]
