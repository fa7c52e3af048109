import type { CommandType } from '../commands'
import { TICKET_STATUSES, type TicketStatus } from '../labels'
import * as when from '../when'
import * as callback from '../when/callback'
import * as oversight from '../when/oversight'
import * as rating from '../when/rating'
import * as together from '../when/together'
import { AT_UNIT, IN_HAND, type Rule } from './rule'

const SUPERVISED: readonly TicketStatus[] = [
  'accepted',
  'consulting',
  'dispatched',
  'handling',
  'unitReview',
  'hotlineReview',
  'callback',
  'closed',
]

/** Until it is archived: what was begun must be brought to its end wherever the ticket has gone. */
const WATCHED: readonly TicketStatus[] = TICKET_STATUSES.filter((status) => status !== 'archived')

/** The work of the hotline on what units did, and its eye on them. */
export const HOTLINE_RULES = {
  reviewByHotline: {
    label: '热线审核',
    by: ['dispatcher', 'director'],
    from: ['hotlineReview'],
    when: together.noTerminationPending,
  },

  recordAttempt: {
    label: '记录未接通',
    by: ['callbackOfficer'],
    from: ['callback'],
    when: callback.awaitsCall,
  },
  closeUnreachable: { label: '无法接通办结', by: ['system'], from: ['callback'], when: callback.isExhausted },
  recordCallback: { label: '回访结果', by: ['callbackOfficer'], from: ['callback'], when: callback.awaitsResult },
  judgeCallback: {
    label: '甄别',
    by: ['supervisor', 'director'],
    // An appeal is judged wherever the work has got to meanwhile.
    from: WATCHED,
    when: when.mayJudge,
  },
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

  supervise: {
    label: '督办',
    by: ['supervisor', 'director', 'unitLead'],
    from: SUPERVISED,
    when: oversight.maySupervise,
  },
  answerSupervision: {
    label: '督办反馈',
    by: ['clerk', 'handler', 'unitLead', 'unitHead'],
    from: WATCHED,
    when: oversight.owesAnswer,
  },
  closeSupervision: {
    label: '督办销号',
    by: ['supervisor', 'director', 'unitLead'],
    from: WATCHED,
    when: oversight.mayCloseSupervision,
  },
  escalate: {
    label: '提级督办',
    by: ['supervisor', 'director'],
    from: SUPERVISED,
    when: oversight.mayEscalate,
  },
  instruct: { label: '批示', by: ['cityLeader'], from: SUPERVISED },
  appealCallback: {
    label: '回访申诉',
    by: ['unitLead'],
    from: [...AT_UNIT, 'hotlineReview', 'callback', 'closed'],
    when: oversight.mayAppealCallback,
  },

  rate: { label: '评价', by: ['caller'], from: ['answered', 'closed'], when: rating.mayRate },
  rectify: { label: '提交整改', by: ['handler'], from: AT_UNIT, assignmentFrom: ['handling'], when: rating.mayRectify },
  appealRating: {
    label: '误评申诉',
    by: ['clerk', 'unitLead'],
    from: AT_UNIT,
    assignmentFrom: IN_HAND,
    when: rating.mayAppealRating,
  },
  judgeRating: {
    label: '评价认定',
    by: ['supervisor', 'director'],
    from: WATCHED,
    when: rating.mayJudgeRating,
  },
} satisfies Partial<Record<CommandType, Rule>>
