import type { CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import { openSupervisions } from '../ticket/forms/targets'
import { assignmentOf } from './unitRow'

/** As a unit thinks of them: what is due first, then the work, then the requests. */
const ORDER: readonly CommandType[] = [
  'reviewByUnit',
  'acknowledge',
  'approveReturn',
  'rejectReturn',
  'approveExtension',
  'rejectExtension',
  'endorseRequest',
  'refuseRequest',
  'giveOpinion',
  'rectify',
  'reply',
  'answerSupervision',
  'recordSiteVisit',
  'recordContact',
  'recordProgress',
  'assignHandler',
  'delegate',
  'sendBack',
  'resume',
  'appealCallback',
  'appealRating',
  'closeSupervision',
  'supervise',
  'recallDelegation',
  'requestExtension',
  'requestReturn',
  'requestSuspension',
  'requestTermination',
  'urge',
]
/** Somebody waits for it. */
const DECISIONS: readonly CommandType[] = ORDER.slice(0, ORDER.indexOf('giveOpinion'))
/** Rare once the work has begun. */
const RARE: readonly CommandType[] = [
  'appealCallback',
  'appealRating',
  'supervise',
  'recallDelegation',
  'requestExtension',
  'requestReturn',
  'requestSuspension',
  'requestTermination',
  'urge',
]

export interface UnitActions {
  primary?: CommandType
  plain: CommandType[]
  more: CommandType[]
}

/** Arranges what the server allows; adds nothing and withholds nothing. */
export function unitActions(ticket: TicketView): UnitActions {
  const can = ORDER.filter((command) => ticket.can.includes(command))
  const mine = assignmentOf(ticket)
  const isNew = mine?.status === 'toAcknowledge'
  const mustContact = mine?.status === 'handling' && !mine.firstContactAt && can.includes('recordContact')
  const owesAnswer =
    can.includes('answerSupervision') && openSupervisions(ticket).some(({ answers }) => !answers.length)
  const isAsked = can[0] !== undefined && DECISIONS.includes(can[0])
  const mustDo = owesAnswer ? 'answerSupervision' : mustContact && !isAsked ? 'recordContact' : undefined
  const primary = mustDo ?? can[0]
  const rest = can.filter((command) => command !== primary)
  const isRare = (command: CommandType) => RARE.includes(command) && !(isNew && command === 'requestReturn')
  const more = rest.filter(isRare)
  const others = [...ticket.can].filter((command) => !ORDER.includes(command))
  return { primary, plain: rest.filter((command) => !isRare(command)), more: [...more, ...others] }
}
