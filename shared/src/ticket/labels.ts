/** Chinese of every closed list on a ticket, once. Codes in comments are those of the field's numbering (domain.md §2.8). */

/** Where the matter is. Overdue, pending return, pending extension hang on it as fields and are never statuses. */
export const STATUS_LABELS = {
  registered: '待受理', // 10
  needInfo: '待补充', // 15
  accepted: '待派单', // 20
  consulting: '会商中', // 25
  dispatched: '待签收', // 30
  handling: '办理中', // 40
  unitReview: '待单位审核', // 50
  hotlineReview: '待热线审核', // 55
  callback: '待回访', // 60
  closed: '已办结', // 70
  answered: '直接办结', // 71
  declined: '不予受理', // 72
  transferred: '转紧急', // 73
  merged: '已并单', // 74
  terminated: '终止', // 75
  withdrawn: '诉求人撤回',
  void: '作废', // 76
  archived: '已归档', // 80
} as const
export type TicketStatus = keyof typeof STATUS_LABELS
export const TICKET_STATUSES = Object.keys(STATUS_LABELS) as TicketStatus[]

/** Statuses in which a unit works and the promise to the caller runs. */
export const WITH_UNIT: readonly TicketStatus[] = ['dispatched', 'handling', 'unitReview']
/** Statuses of a matter that is not over yet. */
export const OPEN_STATUSES: readonly TicketStatus[] = [
  'registered',
  'needInfo',
  'accepted',
  'consulting',
  'dispatched',
  'handling',
  'unitReview',
  'hotlineReview',
  'callback',
]
export const ENDED_STATUSES: readonly TicketStatus[] = TICKET_STATUSES.filter(
  (status) => !OPEN_STATUSES.includes(status),
)

export const ASSIGNMENT_STATUS_LABELS = {
  toAcknowledge: '待签收',
  handling: '办理中',
  inReview: '待单位审核',
  replied: '已反馈',
  done: '已完成',
  returned: '已退单',
  recalled: '已撤回',
  void: '已作废',
} as const
export type AssignmentStatus = keyof typeof ASSIGNMENT_STATUS_LABELS
export const ASSIGNMENT_STATUSES = Object.keys(ASSIGNMENT_STATUS_LABELS) as AssignmentStatus[]
/** The unit still owes something. */
export const OPEN_ASSIGNMENT: readonly AssignmentStatus[] = ['toAcknowledge', 'handling', 'inReview', 'replied']

export const ASSIGNMENT_ROLE_LABELS = { lead: '主办', co: '协办', delegated: '下派', copy: '抄送' } as const
export type AssignmentRole = keyof typeof ASSIGNMENT_ROLE_LABELS

export const KIND_LABELS = {
  inquiry: '咨询',
  help: '求助',
  complaint: '投诉',
  report: '举报',
  suggestion: '建议',
  praise: '表扬',
  assist: '帮办代办',
  rating: '好差评',
} as const
export type Kind = keyof typeof KIND_LABELS

export const CHANNEL_LABELS = {
  phone: '电话',
  wechat: '微信',
  website: '网站',
  app: 'APP',
  mailbox: '市长信箱',
  sms: '短信',
  province: '省平台下派',
  emergency110: '110转来',
  national: '互联网+督查',
  peopleDaily: '人民网留言',
  leader: '领导接听或批示',
  rating: '好差评',
  grid: '网格员',
  kiosk: '自助终端',
  department: '部门转来',
  other: '其他',
} as const
export type Channel = keyof typeof CHANNEL_LABELS

export const URGENCY_LABELS = { general: '一般', urgent: '紧急', critical: '特急' } as const
export type Urgency = keyof typeof URGENCY_LABELS

export const COMPLEXITY_LABELS = { simple: '简单', general: '一般', complex: '复杂', difficult: '疑难' } as const
export type Complexity = keyof typeof COMPLEXITY_LABELS

export const CONFIDENTIALITY_LABELS = { 0: '公开', 1: '对承办单位隐藏身份', 2: '举报保密' } as const
export type Confidentiality = 0 | 1 | 2

export const CALLER_TYPE_LABELS = { person: '个人', enterprise: '企业', organisation: '其他组织' } as const
export type CallerType = keyof typeof CALLER_TYPE_LABELS
export const GENDER_LABELS = { male: '先生', female: '女士', unknown: '未知' } as const
export type Gender = keyof typeof GENDER_LABELS

/** Why a matter is not taken on (不予受理, domain.md §2.2). */
export const DECLINE_LABELS = {
  LEGAL: '应走诉讼、仲裁、复议、信访等法定渠道',
  DUP_NONEW: '重复诉求且无新情况、新理由',
  SECRET: '涉及国家秘密、商业秘密或个人隐私',
  MARKET: '应由市场或社会渠道解决',
  ILLEGAL: '违法或违背公序良俗',
  OTHER_ORG: '不属本行政区域或不属政府职责',
  CLOSED_OK: '已依法处理并有合法合理结论',
  INVALID: '骚扰、无声、误拨',
} as const
export type DeclineCode = keyof typeof DECLINE_LABELS

export const EMERGENCY_LABELS = {
  '110': '公安 110',
  '119': '消防 119',
  '120': '急救 120',
  '122': '交通事故 122',
} as const
export type EmergencyNumber = keyof typeof EMERGENCY_LABELS

export const RETURN_REASON_LABELS = {
  notOurDuty: '非本单位职责',
  wrongPlace: '属地错误',
  infoMissing: '信息不全',
  duplicate: '重复件',
  outOfScope: '不属受理范围',
  severalUnits: '应由多部门协办',
  other: '其他',
} as const
export type ReturnReason = keyof typeof RETURN_REASON_LABELS

export const FACTUAL_LABELS = { yes: '属实', partly: '部分属实', no: '不属实' } as const
export const CONTACTED_LABELS = { yes: '已联系', no: '未联系', exempt: '匿名或保密，免联系' } as const
export const HANDLED_LABELS = { yes: '已解决', partly: '部分解决', no: '未解决', notHandled: '不办理' } as const
export const SOLVED_LABELS = { yes: '已解决', partly: '部分解决', no: '未解决', noOpinion: '未表态' } as const
export const CONTACT_METHOD_LABELS = {
  phone: '电话',
  visit: '上门',
  sms: '短信',
  online: '网络',
  other: '其他',
} as const
export const CALLBACK_METHOD_LABELS = {
  phone: '电话',
  sms: '短信',
  online: '网络',
  robot: '智能外呼',
  visit: '现场',
} as const
export const ATTEMPT_LABELS = {
  noAnswer: '无人接听',
  busy: '占线',
  poweredOff: '关机',
  invalidNumber: '空号或错号',
  appointment: '约定时间再访',
} as const
export type AttemptResult = keyof typeof ATTEMPT_LABELS
export const SATISFACTION_LABELS = { 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意', 1: '非常不满意' } as const
export type Satisfaction = 1 | 2 | 3 | 4 | 5 | 'declined'
export const DISSATISFIED_LABELS = {
  notContacted: '未联系',
  notSolved: '未解决',
  answerRejected: '答复不认可',
  late: '超时',
  attitude: '态度',
  passingTheBuck: '推诿',
  other: '其他',
} as const
export type DissatisfiedReason = keyof typeof DISSATISFIED_LABELS

/** How a closed matter ended. */
export const OUTCOME_LABELS = {
  satisfied: '回访办结',
  dissatisfiedDismissed: '甄别维持办结',
  unreachable: '无法接通办结',
  noCallback: '无需回访办结',
  misrated: '误评认定办结',
} as const
export type Outcome = keyof typeof OUTCOME_LABELS

export const CARD_LABELS = { yellow: '黄牌', red: '红牌' } as const
export type Card = keyof typeof CARD_LABELS

/** What an invited unit says in a 会商. */
export const STANCE_LABELS = { lead: '可以主办', co: '可以协办', no: '不属本单位职责' } as const
export type Stance = keyof typeof STANCE_LABELS

/** 终止办理的情形 (H5). */
export const TERMINATION_LABELS = {
  notAcceptable: '属不予受理情形',
  uncooperative: '诉求人拒不配合，无法办理',
} as const
export type TerminationGround = keyof typeof TERMINATION_LABELS

/** 督办形式 that a supervisor chooses (domain.md §2.7). */
export const MANUAL_FORM_LABELS = {
  urgeLetter: '书面催办',
  criticism: '通报批评',
  phone: '电话督办',
  written: '书面督办',
  onSite: '现场督办',
  listed: '挂牌督办',
  interview: '约谈督办',
  discipline: '移送监督',
} as const
/** And those that come of another command. */
export const FORM_LABELS = {
  ...MANUAL_FORM_LABELS,
  escalated: '提级督办',
  instruction: '领导批示',
  tracking: '跟踪督办',
} as const
export type SupervisionForm = keyof typeof FORM_LABELS

/** 督办情形: the five of the Weifang regulation §26, then those of other rules. */
export const TRIGGER_LABELS = {
  refused: '拒不接收',
  overdue: '逾期未办',
  unsolved: '应解决未解决',
  badEffect: '办理不力造成负面影响',
  other: '其他',
  repeated: '多次集中反映未解决',
  attitude: '服务态度恶劣',
  dishonest: '推诿敷衍、弄虚作假',
} as const
export const ALL_TRIGGER_LABELS = {
  ...TRIGGER_LABELS,
  suspended: '挂起件跟踪',
  reworks: '多次重办未解决',
  returns: '多次转派无牵头',
  leader: '领导批示',
} as const
export type SupervisionTrigger = keyof typeof ALL_TRIGGER_LABELS

/** Where a 好差评 was given. */
export const RATING_CHANNEL_LABELS = { counter: '窗口评价器', phone: '电话', web: '网上', kiosk: '自助终端' } as const
export type RatingChannel = keyof typeof RATING_CHANNEL_LABELS
/** 认定: the original rating stays whatever is found. */
export const RATING_VERDICT_LABELS = { valid: '有效差评', misrated: '误评', malicious: '恶意差评' } as const
export type RatingVerdict = keyof typeof RATING_VERDICT_LABELS
