import type { CommandType } from '../commands'
import * as when from '../when'
import * as intake from '../when/intake'
import { ANY_OPEN, AT_UNIT, INTAKE, type Rule } from './rule'

/** From the call to the desk of the dispatchers, and beside that way. */
export const INTAKE_RULES = {
  register: { label: '登记', by: ['agent', 'dispatcher', 'director', 'caller', 'system'], from: [] },
  accept: { label: '受理', by: ['agent', 'dispatcher'], from: ['registered'] },
  amend: { label: '更正', by: ['agent', 'dispatcher', 'director'], from: ANY_OPEN, when: when.mayAmend },
  answer: { label: '直接答复', by: ['agent', 'dispatcher'], from: INTAKE, when: when.isOwnIfAgent },
  decline: { label: '不予受理', by: ['agent', 'dispatcher'], from: INTAKE, when: when.isOwnIfAgent },
  transferEmergency: { label: '转紧急', by: ['agent', 'dispatcher'], from: INTAKE, when: when.isOwnIfAgent },

  requestInfo: { label: '退补', by: ['dispatcher'], from: ['registered', 'accepted'] },
  supplyInfo: { label: '补充', by: ['agent', 'caller'], from: ['needInfo'] },
  supplement: {
    label: '补充新情况',
    by: ['agent', 'caller'],
    from: ['dispatched', 'handling', 'unitReview', 'hotlineReview', 'callback'],
  },
  merge: { label: '并单', by: ['dispatcher', 'director'], from: ['registered', 'accepted'], when: intake.mayMerge },
  unmerge: {
    label: '撤销并单',
    by: ['dispatcher', 'director', 'system'],
    from: ['merged'],
    when: intake.mayUnmerge,
  },
  joinCaller: { label: '并入诉求人', by: ['system'], from: ANY_OPEN },
  leaveCaller: {
    label: '撤销并入',
    by: ['system'],
    // Who went while the main ticket was ending is not called on it once more when it is reworked.
    from: [...ANY_OPEN, 'closed', 'answered', 'declined', 'transferred', 'terminated'],
    when: intake.hasParticipants,
  },
  void: { label: '作废', by: ['director'], from: INTAKE, when: intake.mayVoid },
  withdraw: {
    label: '撤回诉求',
    by: ['agent', 'caller'],
    from: ['registered', 'needInfo', 'accepted', 'consulting', 'dispatched', 'handling', 'unitReview', 'hotlineReview'],
    when: intake.mayWithdraw,
  },
  archive: {
    label: '归档',
    by: ['system', 'director'],
    from: ['closed', 'answered', 'declined', 'transferred', 'merged', 'terminated', 'withdrawn', 'void'],
    when: intake.mayArchive,
  },
  keepUnit: {
    label: '维持承办单位',
    by: ['dispatcher', 'director'],
    from: [...AT_UNIT, 'hotlineReview'],
    when: intake.hasSuggestion,
  },
} satisfies Partial<Record<CommandType, Rule>>
