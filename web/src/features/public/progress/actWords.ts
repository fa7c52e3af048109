import type { PublicAct } from '@hotline/shared/ticket/view'

interface Words {
  title: string
  /** What it means, before it is done. */
  about: string
  field: string
  submit: string
  done: string
}

/** What a citizen does with his own matter, in his words. */
export const ACT_WORDS: Record<PublicAct, Words> = {
  urge: {
    title: '催一催',
    about: '热线和承办单位都会看到。一天可以催一次。',
    field: '想说的话',
    submit: '催办',
    done: '已经催了，热线和承办单位都会看到。',
  },
  supplement: {
    title: '补充新情况',
    about: '有新的情况，转告正在办的单位。',
    field: '新情况',
    submit: '提交',
    done: '新情况已转告承办单位。',
  },
  supplyInfo: {
    title: '补充信息',
    about: '热线需要这些信息才能继续办。',
    field: '补充内容',
    submit: '提交',
    done: '信息已收到，热线继续办理。',
  },
  withdraw: {
    title: '撤回诉求',
    about: '撤回以后不再办理，也不能恢复；再有问题要重新反映。',
    field: '为什么撤回',
    submit: '确认撤回',
    done: '诉求已撤回。',
  },
  rate: {
    title: '评价',
    about: '',
    field: '',
    submit: '提交评价',
    done: '评价已收到，谢谢。',
  },
}
