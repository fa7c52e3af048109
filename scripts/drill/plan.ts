import type { CommandInput } from '@hotline/shared/ticket/commands'
import type { DeclineCode, Kind, TicketStatus, Urgency } from '@hotline/shared/ticket/labels'
import type { Dice } from './random'
import { happyCaller, unhappyCaller } from './satisfaction'

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
  secret: '举报保密并回避',
  urgent: '紧急',
  critical: '特急重件',
  amended: '更正',
  plain: '一次办结',
} as const
export type Story = keyof typeof STORIES

/** How many of a hundred messages take each road. Each road is taken in every hundred. */
const SHARES: Record<Story, number> = {
  answered: 11,
  declined: 5,
  transferred: 2,
  returned: 7,
  returnedTwice: 2,
  designated: 1,
  returnRejected: 4,
  recalled: 2,
  extended: 5,
  extensionRejected: 2,
  extensionRefused: 1,
  extendedByLead: 1,
  joint: 5,
  jointReturned: 1,
  sentBackByUnit: 5,
  sentBackByHotline: 5,
  unreached: 5,
  reworked: 5,
  dismissed: 3,
  upheld: 2,
  reworkedLater: 2,
  reopened: 2,
  answeredReopened: 1,
  noContact: 3,
  secret: 3,
  urgent: 2,
  critical: 1,
  amended: 3,
  plain: 9,
}
const HUNDRED = (Object.keys(SHARES) as Story[]).flatMap((story) => Array<Story>(SHARES[story]).fill(story))

/** The story of each message: every block of a hundred holds all of them, in an order of its own. */
export function storyOf(index: number, diceOf: (block: number) => Dice): Story {
  const block = Math.floor(index / HUNDRED.length)
  return diceOf(block).shuffled(HUNDRED)[index % HUNDRED.length] ?? 'plain'
}

export type Said = Omit<CommandInput<'recordCallback'>, 'version' | 'assignmentId'>

/** What is still to happen to one ticket. Steps cross off what has been acknowledged. */
export interface Todo {
  story: Story
  agent: string
  dispatcher: string
  officer: string
  kind: Kind
  urgency: Urgency
  confidentiality: 0 | 1 | 2
  isAnonymous: boolean
  /** The unit that would be the first choice is the one that is complained of. */
  accusesFirst: boolean
  road: 'answer' | 'decline' | 'transfer' | 'dispatch'
  declineCode: DeclineCode
  returns: ('approve' | 'reject')[]
  returnsAfterAcknowledging: boolean
  isJoint: boolean
  coReturns: boolean
  recalls: boolean
  amends: 'before' | 'after' | undefined
  assignsHandler: boolean
  reveals: boolean
  contacts: boolean
  reports: boolean
  extension?: { by: 'handler' | 'lead'; workdays: number; end: 'approve' | 'reject' | 'refuse' }
  unitSendBacks: number
  hotlineSendBacks: number
  attempts: number
  said: Said[]
  verdict: 'upheld' | 'dismissed'
  afterwards: 'rework' | 'reopen' | undefined
  urges: { at: TicketStatus; by: 'agent' | 'dispatcher' | 'supervisor' | 'superior' | 'caller' }[]
  /** Whom to dispatch to next, where it is not the first candidate. */
  nextLead?: string
}

const ANSWERS: readonly Story[] = ['answered', 'answeredReopened']
const RETURNS: Partial<Record<Story, Todo['returns']>> = {
  returned: ['approve'],
  returnedTwice: ['approve', 'approve'],
  designated: ['approve', 'approve', 'approve'],
  returnRejected: ['reject'],
}
const EXTENSIONS: Partial<Record<Story, ['handler' | 'lead', 'approve' | 'reject' | 'refuse']>> = {
  extended: ['handler', 'approve'],
  extensionRejected: ['handler', 'reject'],
  extensionRefused: ['handler', 'refuse'],
  extendedByLead: ['lead', 'approve'],
}
const DECLINES: readonly DeclineCode[] = ['LEGAL', 'DUP_NONEW', 'MARKET', 'OTHER_ORG', 'CLOSED_OK', 'INVALID', 'SECRET']

export function drawTodo(story: Story, kind: Kind, dice: Dice): Todo {
  const [by, end] = EXTENSIONS[story] ?? []
  const isSecret = story === 'secret'
  const isUnhappy = story === 'reworked' || story === 'dismissed' || story === 'upheld'
  return {
    story,
    agent: dice.pick(['agent1', 'agent2', 'agent3']),
    dispatcher: dice.pick(['dispatcher1', 'dispatcher2']),
    officer: dice.pick(['callback1', 'callback2']),
    kind: isSecret ? 'report' : kind,
    urgency: story === 'urgent' || story === 'critical' ? story : 'general',
    confidentiality: isSecret ? 2 : dice.chance(0.03) ? 1 : 0,
    isAnonymous: story === 'noContact',
    accusesFirst: isSecret,
    road: roadOf(story),
    declineCode: dice.pick(DECLINES),
    returns: [...(RETURNS[story] ?? [])],
    returnsAfterAcknowledging: dice.chance(0.3),
    isJoint: story === 'joint' || story === 'jointReturned',
    coReturns: story === 'jointReturned',
    recalls: story === 'recalled',
    amends: story === 'amended' ? dice.pick(['before', 'after'] as const) : undefined,
    assignsHandler: dice.chance(0.5),
    reveals: dice.chance(0.2),
    contacts: dice.chance(0.6),
    reports: dice.chance(0.2),
    extension: by && end ? { by, end, workdays: dice.int(1, 5) } : undefined,
    unitSendBacks: story === 'sentBackByUnit' ? dice.int(1, 2) : 0,
    hotlineSendBacks: story === 'sentBackByHotline' ? 1 : 0,
    attempts: story === 'unreached' ? 1 : 0,
    said: isUnhappy ? [unhappyCaller(dice, story === 'reworked' ? 'reasonable' : 'unreasonable')] : [happyCaller(dice)],
    verdict: story === 'dismissed' ? 'dismissed' : 'upheld',
    afterwards: story === 'reworkedLater' ? 'rework' : /[rR]eopened$/.test(story) ? 'reopen' : undefined,
    urges: dice.chance(0.1)
      ? [{ at: dice.pick(URGED), by: dice.pick(['agent', 'dispatcher', 'supervisor', 'superior', 'caller'] as const) }]
      : [],
  }
}

const URGED: readonly TicketStatus[] = ['accepted', 'dispatched', 'handling', 'unitReview', 'hotlineReview', 'callback']

function roadOf(story: Story): Todo['road'] {
  if (ANSWERS.includes(story)) return 'answer'
  return story === 'declined' ? 'decline' : story === 'transferred' ? 'transfer' : 'dispatch'
}
