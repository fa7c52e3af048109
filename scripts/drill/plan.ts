import type { CommandInput } from '@hotline/shared/ticket/commands'
import type {
  DeclineCode,
  Kind,
  RatingChannel,
  RatingVerdict,
  TicketStatus,
  Urgency,
} from '@hotline/shared/ticket/labels'
import type { Dice } from './random'
import { happyCaller, unhappyCaller } from './satisfaction'
import type { Story } from './stories'

export type Said = Omit<CommandInput<'recordCallback'>, 'version' | 'assignmentId' | 'participantId'>
/** Whether an agent does it for the caller, or he himself with number and code. */
type Side = 'agent' | 'caller'

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
  /** No number either: the channel is the way back. */
  hasNoNumber: boolean
  /** The unit that would be the first choice is the one that is complained of. */
  accusesFirst: boolean
  /** The citizen submits it himself. */
  isPublic: boolean
  asksDuplicates: boolean
  road: 'answer' | 'decline' | 'transfer' | 'dispatch'
  declineCode: DeclineCode
  asksInfo?: Side
  supplements: Side[]
  leaves?: { at: 'accepted' | 'handling'; how: 'withdraw' | 'void'; by: Side }
  returns: ('approve' | 'reject' | 'consult')[]
  returnsAfterAcknowledging: boolean
  isJoint: boolean
  coReturns: boolean
  coSentBack: boolean
  recalls: boolean
  amends?: 'before' | 'after'
  /** A correction that leads to another unit; it is kept. */
  keepsUnit: boolean
  consults?: { end: 'conclude' | 'cancel'; hours: number }
  visits: boolean
  /** What is locked is asked to be returned, and must not be. */
  triesLocked: boolean
  delegates?: 'reply' | 'return' | 'extend' | 'sendBack' | 'recall' | 'silent'
  assignsHandler: boolean
  reveals: boolean
  contacts: boolean
  reports: boolean
  extension?: { by: 'handler' | 'lead'; workdays: number; end: 'approve' | 'reject' | 'refuse' }
  suspends?: 'early' | 'atItsEnd' | 'reject' | 'refuse'
  /** Once it is suspended: how it goes on. */
  rests?: Todo['suspends']
  terminates?: 'approve' | 'reject' | 'refuse'
  supervises?: 'hotline' | 'superior'
  instructs: boolean
  escalates: boolean
  unitSendBacks: number
  hotlineSendBacks: number
  attempts: number
  said: Said[]
  /** Of the caller who joins. */
  joinerSaid: Said[]
  verdict: 'upheld' | 'dismissed'
  appeals?: 'upheld' | 'dismissed'
  /** The caller gives a bad rating when all is over. */
  rates: boolean
  /** Not a matter but a rating. */
  rating?: { channel: RatingChannel; isNamed: boolean; verdict?: RatingVerdict }
  appealsRating?: RatingVerdict
  afterwards?: 'rework' | 'reopen'
  urges: { at: TicketStatus; by: 'agent' | 'dispatcher' | 'supervisor' | 'superior' | 'caller' }[]
  /** For which the clock must be moved. */
  waitsFor?: 'acknowledge' | 'yellow' | 'red' | 'unreachable'
  /** Whom to dispatch to next, where it is not the first candidate. */
  nextLead?: string
}

/** Where a road leaves the plain one. */
const ROADS: Partial<Record<Story, Partial<Todo>>> = {
  answered: { road: 'answer' },
  answeredReopened: { road: 'answer', afterwards: 'reopen' },
  declined: { road: 'decline' },
  transferred: { road: 'transfer' },
  returned: { returns: ['approve'] },
  returnedTwice: { returns: ['approve', 'approve'] },
  designated: { returns: ['approve', 'approve', 'approve'], triesLocked: true },
  returnRejected: { returns: ['reject'], triesLocked: true },
  recalled: { recalls: true },
  joint: { isJoint: true },
  jointReturned: { isJoint: true, coReturns: true },
  jointSentBack: { isJoint: true, coSentBack: true },
  sentBackByUnit: { unitSendBacks: 1 },
  sentBackByHotline: { hotlineSendBacks: 1 },
  unreached: { attempts: 1 },
  reworkedLater: { afterwards: 'rework' },
  reopened: { afterwards: 'reopen' },
  noContact: { isAnonymous: true, hasNoNumber: true },
  anonymous: { isAnonymous: true },
  concealed: { confidentiality: 1 },
  secret: { kind: 'report', confidentiality: 2, accusesFirst: true },
  urgent: { urgency: 'urgent' },
  critical: { urgency: 'critical' },
  dismissed: { verdict: 'dismissed' },
  selfRegistered: { isPublic: true, supplements: ['caller'] },
  infoAsked: { asksInfo: 'agent' },
  infoFromCaller: { asksInfo: 'caller' },
  supplemented: { supplements: ['agent', 'caller'] },
  withdrawn: { kind: 'help', leaves: { at: 'handling', how: 'withdraw', by: 'agent' } },
  withdrawnByCaller: { kind: 'help', leaves: { at: 'accepted', how: 'withdraw', by: 'caller' } },
  voided: { leaves: { at: 'accepted', how: 'void', by: 'agent' } },
  merged: { asksDuplicates: true },
  mergedUnhappy: { asksDuplicates: true },
  unmerged: { asksDuplicates: true },
  unitKept: { keepsUnit: true },
  consulted: { consults: { end: 'conclude', hours: 0 }, visits: true, isJoint: true, triesLocked: true },
  consultedReturn: { returns: ['consult'], consults: { end: 'conclude', hours: 0 }, triesLocked: true },
  conferredLong: { returns: ['consult'], consults: { end: 'conclude', hours: 75 }, visits: true },
  consultationCancelled: { consults: { end: 'cancel', hours: 0 } },
  delegated: { delegates: 'reply' },
  delegateReturned: { delegates: 'return' },
  delegateExtended: { delegates: 'extend' },
  delegateSentBack: { delegates: 'sendBack' },
  delegateRecalled: { delegates: 'recall' },
  delegateSilent: { delegates: 'silent' },
  suspended: { suspends: 'early' },
  suspendedToTheEnd: { suspends: 'atItsEnd' },
  terminated: { terminates: 'approve' },
  supervised: { supervises: 'hotline' },
  supervisedBySuperior: { supervises: 'superior' },
  instructed: { instructs: true },
  escalated: { escalates: true },
  appealGranted: { appeals: 'dismissed' },
  appealRefused: { appeals: 'upheld' },
  counterRating: { rating: { channel: 'counter', isNamed: false } },
  namedRating: { rating: { channel: 'phone', isNamed: true } },
  misrated: { rating: { channel: 'kiosk', isNamed: false, verdict: 'misrated' } },
  ratedByCaller: { rates: true },
  unclaimed: { waitsFor: 'acknowledge' },
  warned: { waitsFor: 'yellow' },
  overdue: { waitsFor: 'red' },
  unreachable: { waitsFor: 'unreachable' },
}
const EXTENSIONS: Partial<Record<Story, ['handler' | 'lead', 'approve' | 'reject' | 'refuse']>> = {
  extended: ['handler', 'approve'],
  extensionRejected: ['handler', 'reject'],
  extensionRefused: ['handler', 'refuse'],
  extendedByLead: ['lead', 'approve'],
}
/** How often the caller is dissatisfied, and what the officer thinks of it. */
const UNHAPPY: Partial<Record<Story, [times: number, judged: 'reasonable' | 'unreasonable']>> = {
  reworked: [1, 'reasonable'],
  dismissed: [1, 'unreasonable'],
  upheld: [1, 'unreasonable'],
  appealGranted: [1, 'reasonable'],
  appealRefused: [1, 'reasonable'],
  escalated: [3, 'reasonable'],
}
const DECLINES: readonly DeclineCode[] = ['LEGAL', 'DUP_NONEW', 'MARKET', 'OTHER_ORG', 'CLOSED_OK', 'INVALID', 'SECRET']
const URGED: readonly TicketStatus[] = ['accepted', 'dispatched', 'handling', 'unitReview', 'hotlineReview', 'callback']

/** @param joiner what the second caller of a main ticket does */
export function drawTodo(story: Story, kind: Kind, dice: Dice, joiner?: Story): Todo {
  const [by, end] = EXTENSIONS[story] ?? []
  const [times, judged] = UNHAPPY[story] ?? [0, 'reasonable' as const]
  return {
    story,
    agent: dice.pick(['agent1', 'agent2', 'agent3']),
    dispatcher: dice.pick(['dispatcher1', 'dispatcher2']),
    officer: dice.pick(['callback1', 'callback2']),
    kind,
    urgency: 'general',
    confidentiality: 0,
    ...{ isAnonymous: false, hasNoNumber: false, accusesFirst: false, isPublic: false },
    asksDuplicates: dice.chance(0.1),
    road: 'dispatch',
    declineCode: dice.pick(DECLINES),
    supplements: [],
    returns: [],
    returnsAfterAcknowledging: dice.chance(0.3),
    ...{ isJoint: false, coReturns: false, coSentBack: false, recalls: false, keepsUnit: false },
    amends: story === 'amended' ? dice.pick(['before', 'after'] as const) : undefined,
    ...{ visits: false, triesLocked: false, instructs: false, escalates: false, rates: false },
    assignsHandler: dice.chance(0.5),
    reveals: dice.chance(0.2),
    contacts: dice.chance(0.6),
    reports: dice.chance(0.2),
    extension: by && end ? { by, end, workdays: dice.int(1, 5) } : undefined,
    suspends: story === 'suspensionRejected' ? dice.pick(['reject', 'refuse'] as const) : undefined,
    terminates: story === 'terminationRejected' ? dice.pick(['reject', 'refuse'] as const) : undefined,
    ...{ unitSendBacks: 0, hotlineSendBacks: 0, attempts: 0 },
    said: times > 0 ? Array.from({ length: times }, () => unhappyCaller(dice, judged)) : [happyCaller(dice)],
    joinerSaid: joiner === 'mergedUnhappy' ? [unhappyCaller(dice, 'reasonable')] : [happyCaller(dice)],
    verdict: 'upheld',
    urges: dice.chance(0.1)
      ? [{ at: dice.pick(URGED), by: dice.pick(['agent', 'dispatcher', 'supervisor', 'superior', 'caller'] as const) }]
      : [],
    ...structuredClone(ROADS[story]),
  }
}

/** What is left to do about a bad rating once its ticket is there. */
export function rectificationTodo(todo: Todo, dice: Dice): Todo {
  const fresh = drawTodo('plain', 'rating', dice)
  return { ...fresh, ...{ story: todo.story, contacts: false, urges: [] }, appealsRating: todo.rating?.verdict }
}
