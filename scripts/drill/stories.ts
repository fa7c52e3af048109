import type { Dice } from './random'

/** What will happen to a message, apart from the small things that may happen to any. Names are those of the report. */
export const STORIES = {
  answered: '直接答复',
  declined: '不予受理',
  transferred: '转 110',
  returned: '退单获准改派',
  returnedTwice: '两次退单',
  designated: '三次退单后指定',
  returnRejected: '退单驳回',
  recalled: '撤回改派',
  extended: '延期获准',
  extensionRejected: '延期驳回',
  extensionRefused: '单位不同意延期',
  extendedByLead: '负责人申请延期',
  joint: '协办',
  jointReturned: '协办单位退单',
  jointSentBack: '主办单位退回协办',
  sentBackByUnit: '单位审核退回',
  sentBackByHotline: '热线审核退回',
  unreached: '首次回访未接通',
  reworked: '不满意重办',
  dismissed: '不满意甄别维持',
  upheld: '不满意甄别重办',
  reworkedLater: '办结后重办',
  reopened: '办结后重启',
  answeredReopened: '直接办结后重启',
  noContact: '匿名无联系方式',
  anonymous: '匿名留有号码',
  concealed: '对单位隐藏身份',
  secret: '举报保密并回避',
  urgent: '紧急',
  critical: '特急重件',
  amended: '更正',
  plain: '一次办结',

  selfRegistered: '公众自行提交',
  infoAsked: '退补后补充',
  infoFromCaller: '退补由诉求人补充',
  supplemented: '补充新情况',
  withdrawn: '办理中撤回',
  withdrawnByCaller: '诉求人自行撤回',
  voided: '作废',
  mergeMain: '并单主单',
  merged: '并单',
  mergedUnhappy: '并单后一方不满意',
  unmerged: '撤销并单',
  unitKept: '更正后维持单位',
  consulted: '会商后强制派单',
  consultedReturn: '退单转会商',
  consultationCancelled: '会商取消',
  delegated: '下派镇街',
  delegateReturned: '下派退单',
  delegateExtended: '下派延期',
  delegateSentBack: '下派退回补充',
  delegateRecalled: '撤回下派',
  suspended: '挂起提前恢复',
  suspensionRejected: '挂起驳回',
  terminated: '终止',
  terminationRejected: '终止驳回',
  supervised: '督办',
  supervisedBySuperior: '上级单位督办',
  instructed: '领导批示',
  escalated: '三次重办提级',
  appealGranted: '回访申诉成立',
  appealRefused: '回访申诉不成立',
  counterRating: '窗口差评整改',
  namedRating: '实名差评整改回访',
  misrated: '误评认定',
  ratedByCaller: '诉求人差评整改',

  unclaimed: '逾期自动签收',
  delegateSilent: '下派逾期自动签收',
  warned: '黄牌后按期办结',
  overdue: '红牌后超期反馈',
  unreachable: '多次未接通办结',
  suspendedToTheEnd: '挂起到期自动恢复',
  conferredLong: '会商跨工作日',
} as const
export type Story = keyof typeof STORIES

/** These need the clock to be moved forward. */
export const TIMED: readonly Story[] = [
  'unclaimed',
  'delegateSilent',
  'warned',
  'overdue',
  'unreachable',
  'suspendedToTheEnd',
  'conferredLong',
]

/** Two messages of one matter: the first is the main ticket of the second. */
const PAIRED: readonly Story[] = ['merged', 'mergedUnhappy', 'unmerged']
export const isJoining = (story: Story): boolean => PAIRED.includes(story)

/** How many of a hundred messages take each road; those not named one, `mergeMain` one for each that joins. */
const SHARES: Partial<Record<Story, number>> = {
  answered: 6,
  declined: 3,
  returned: 3,
  extended: 2,
  joint: 3,
  merged: 2,
  consulted: 2,
  delegated: 3,
  reworked: 2,
  secret: 2,
  plain: 7,
}
/** What a drill of thirty messages should see of the procedure; together with their main tickets, thirty. */
const FIRST: readonly Story[] = [
  ...(['answered', 'declined', 'returned', 'designated', 'joint', 'reworked', 'noContact', 'secret'] as const),
  ...(['selfRegistered', 'infoAsked', 'supplemented', 'withdrawn', 'merged', 'unmerged'] as const),
  ...(['consulted', 'consultedReturn', 'delegated', 'suspended', 'terminated'] as const),
  ...(['supervised', 'escalated', 'appealGranted', 'namedRating', 'ratedByCaller'] as const),
  ...(['unclaimed', 'overdue', 'unreachable', 'suspendedToTheEnd'] as const),
]
/** So much later, of the whole, what has been seen begins again. */
const LATER = 0.35

/** One message, or two that belong together. */
type Entry = readonly Story[]

const ENTRIES: readonly Entry[] = (Object.keys(STORIES) as Story[])
  .filter((story) => story !== 'mergeMain')
  .flatMap((story) => {
    const entry: Entry = isJoining(story) ? ['mergeMain', story] : [story]
    return Array<Entry>(SHARES[story] ?? 1).fill(entry)
  })
export const SIZE = ENTRIES.flat().length

/**
 * The story of each message: every hundred holds all of them, in an order of its own that begins with those of `FIRST`.
 * Without a clock that can be moved, a plain road stands in the place of those that need one.
 */
export function storyOf(index: number, diceOf: (block: number) => Dice, hasClock = true): Story {
  const dice = diceOf(Math.floor(index / SIZE))
  const seen = new Set<string>()
  const story = ENTRIES.map((entry) => {
    const last = entry.at(-1) ?? 'plain'
    const earlier = FIRST.includes(last) && !seen.has(last) ? -1 : seen.has(last) ? LATER : 0
    seen.add(last)
    return { entry, at: dice.next() + earlier }
  })
    .sort((a, b) => a.at - b.at)
    .flatMap(({ entry }) => entry)[index % SIZE]
  return !story || (!hasClock && TIMED.includes(story)) ? 'plain' : story
}

/** What the message after this one does with its ticket. */
export function joinerOf(index: number, diceOf: (block: number) => Dice): Story | undefined {
  return storyOf(index, diceOf) === 'mergeMain' ? storyOf(index + 1, diceOf) : undefined
}
