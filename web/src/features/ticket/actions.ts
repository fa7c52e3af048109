import type { CommandType } from '@hotline/shared/ticket/commands'

/** What one does next with a ticket, the likeliest first. */
const NEXT: readonly CommandType[] = [
  'acknowledge',
  'answerSupervision',
  'giveOpinion',
  'approveReturn',
  'approveExtension',
  'approveSuspension',
  'approveTermination',
  'endorseRequest',
  'reviewByUnit',
  'reviewByHotline',
  'recordCallback',
  'judgeCallback',
  'judgeRating',
  'supplyInfo',
  'accept',
  'concludeConsultation',
  'designate',
  'dispatch',
  'rectify',
  'reply',
  'escalate',
  'closeSupervision',
  'instruct',
  'reopen',
  'urge',
]
/** Within reach, but not filled. */
const BESIDE: readonly CommandType[] = [
  'rejectReturn',
  'rejectExtension',
  'rejectSuspension',
  'rejectTermination',
  'refuseRequest',
  'giveOpinion',
  'recordSiteVisit',
  'recordAttempt',
  'assignHandler',
  'delegate',
  'recordContact',
  'recordProgress',
  'sendBack',
  'resume',
  'requestExtension',
  'requestReturn',
  'appealCallback',
  'appealRating',
  'requestInfo',
  'merge',
  'answer',
  'supplement',
  'supervise',
  'closeSupervision',
  'urge',
]
/** Rare or hard to undo: behind 更多. */
const RARE: readonly CommandType[] = [
  'amend',
  'keepUnit',
  'openConsultation',
  'escalate',
  'recallDelegation',
  'requestSuspension',
  'requestTermination',
  'reopen',
  'recall',
  'unmerge',
  'cancelConsultation',
  'decline',
  'transferEmergency',
  'withdraw',
  'rework',
  'archive',
  'void',
]
/** Ends something or goes against somebody. */
const HARSH: readonly CommandType[] = [
  'decline',
  'recall',
  'rework',
  'transferEmergency',
  'rejectReturn',
  'rejectExtension',
  'rejectSuspension',
  'approveTermination',
  'requestTermination',
  'recallDelegation',
  'cancelConsultation',
  'withdraw',
  'archive',
  'void',
]
/** Cannot be taken back: asked once more, with what it is done to. */
const FINAL: readonly CommandType[] = ['void', 'withdraw', 'approveTermination', 'recallDelegation']
/** On a wide page there is room for so many. */
const BESIDE_MOST = 6

export interface Actions {
  primary?: CommandType
  beside: CommandType[]
  more: CommandType[]
}

/** The buttons for what `can` allows; nothing that it does not. */
export function actionsOf(can: readonly CommandType[]): Actions {
  const primary = NEXT.find((command) => can.includes(command))
  const rest = can.filter((command) => command !== primary && command !== 'register')
  const beside = BESIDE.filter((command) => rest.includes(command)).slice(0, BESIDE_MOST)
  const more = inOrder(rest.filter((command) => !beside.includes(command)))
  return { primary, beside, more }
}

/** As one looks for them: the usual first, what ends something last. */
export function inOrder(commands: readonly CommandType[]): CommandType[] {
  return [...new Set([...NEXT, ...BESIDE, ...RARE, ...commands])]
    .filter((command) => commands.includes(command))
    .sort((a, b) => Number(isHarsh(a)) - Number(isHarsh(b)))
}

/** In red. */
export function isHarsh(command: CommandType): boolean {
  return HARSH.includes(command)
}

export function isFinal(command: CommandType): boolean {
  return FINAL.includes(command)
}
