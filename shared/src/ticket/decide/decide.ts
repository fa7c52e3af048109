import { AppError } from '../../error'
import { hasRole } from '../../actor'
import { DAY } from '../../calendar/millis'
import { assertAvailable } from '../available'
import type { CommandOf, CommandType, TicketCommand } from '../commands'
import type { DecideContext } from '../context'
import type { EventType, NewEvent, TicketEvent } from '../events'
import { LIFECYCLE } from '../lifecycle'
import type { Ticket } from '../ticket'
import type { Decider } from './decider'
import * as dispatching from './dispatch'
import { handOver } from './handOver'
import * as hotline from './hotlineWork'
import * as intake from './intake'
import * as unit from './unitWork'
import * as wholeIntake from './wholeIntake'
import * as consultation from './consultation'
import * as delegation from './delegation'
import * as suspension from './suspension'
import * as termination from './termination'
import * as oversight from './oversight'
import * as rating from './rating'

const DECIDERS: { [T in Exclude<CommandType, 'register'>]: Decider<T> } = {
  accept: intake.accept,
  amend: intake.amend,
  answer: intake.answer,
  decline: intake.decline,
  transferEmergency: intake.transferEmergency,
  dispatch: dispatching.dispatch,
  designate: dispatching.designate,
  recall: dispatching.recall,
  acknowledge: unit.acknowledge,
  autoAcknowledge: unit.autoAcknowledge,
  handOver,
  requestReturn: unit.requestReturn,
  approveReturn: unit.approveReturn,
  rejectReturn: unit.rejectReturn,
  assignHandler: unit.assignHandler,
  recordContact: unit.recordContact,
  recordProgress: unit.recordProgress,
  requestExtension: unit.requestExtension,
  endorseRequest: unit.endorseRequest,
  refuseRequest: unit.refuseRequest,
  approveExtension: unit.approveExtension,
  rejectExtension: unit.rejectExtension,
  reply: unit.reply,
  reviewByUnit: unit.reviewByUnit,
  reviewByHotline: hotline.reviewByHotline,
  recordAttempt: hotline.recordAttempt,
  closeUnreachable: hotline.closeUnreachable,
  recordCallback: hotline.recordCallback,
  judgeCallback: hotline.judgeCallback,
  rework: hotline.rework,
  reopen: hotline.reopen,
  urge: hotline.urge,
  yellowCard: hotline.yellowCard,
  redCard: hotline.redCard,
  requestInfo: wholeIntake.requestInfo,
  supplyInfo: wholeIntake.supplyInfo,
  supplement: wholeIntake.supplement,
  merge: wholeIntake.merge,
  unmerge: wholeIntake.unmerge,
  joinCaller: wholeIntake.joinCaller,
  leaveCaller: wholeIntake.leaveCaller,
  void: wholeIntake.voidTicket,
  withdraw: wholeIntake.withdraw,
  archive: wholeIntake.archive,
  keepUnit: wholeIntake.keepUnit,
  openConsultation: consultation.openConsultation,
  giveOpinion: consultation.giveOpinion,
  recordSiteVisit: consultation.recordSiteVisit,
  concludeConsultation: consultation.concludeConsultation,
  cancelConsultation: consultation.cancelConsultation,
  delegate: delegation.delegate,
  recallDelegation: delegation.recallDelegation,
  sendBack: delegation.sendBack,
  requestSuspension: suspension.requestSuspension,
  approveSuspension: suspension.approveSuspension,
  rejectSuspension: suspension.rejectSuspension,
  resume: suspension.resume,
  requestTermination: termination.requestTermination,
  approveTermination: termination.approveTermination,
  rejectTermination: termination.rejectTermination,
  supervise: oversight.supervise,
  answerSupervision: oversight.answerSupervision,
  closeSupervision: oversight.closeSupervision,
  escalate: oversight.escalate,
  instruct: oversight.instruct,
  appealCallback: oversight.appealCallback,
  rate: rating.rate,
  rectify: rating.rectify,
  appealRating: rating.appealRating,
  judgeRating: rating.judgeRating,
}

/**
 * What a command does to a ticket, as events; pure. One commit: all events carry the same new version.
 * @param ticket undefined for `register` only
 * @throws AppError forbidden, illegalTransition, ruleViolated, invalidInput
 */
export function decide(ticket: Ticket | undefined, command: TicketCommand, context: DecideContext): TicketEvent[] {
  if (command.type === 'register') {
    if (!hasRole(context.actor, ...LIFECYCLE.register.by)) throw new AppError('forbidden', '您的岗位不能登记')
    if (ticket) throw new AppError('illegalTransition', '工单已登记，不能再次登记')
    return stamp(intake.register(command, context), 1, context)
  }
  if (!ticket) throw new AppError('notFound', '工单不存在')
  const assignment = assertAvailable(ticket, command.type, context, command.assignmentId)
  const decider = DECIDERS[command.type] as (
    command: CommandOf<CommandType>,
    ticket: Ticket,
    context: DecideContext & { assignment?: typeof assignment },
  ) => NewEvent[]
  return stamp(decider(command, ticket, { ...context, assignment }), ticket.version + 1, context)
}

function stamp(events: NewEvent[], version: number, { at, actor, profile }: DecideContext): TicketEvent[] {
  const by = { userId: actor.userId, name: actor.name, unitId: actor.unitId }
  const archiveBy = new Date(at.getTime() + profile.archiveDays * DAY)
  return events.map((event) => ({
    ...withoutUndefined(event),
    at,
    by,
    version,
    ...(ENDING.includes(event.type) ? { archiveBy } : {}),
  }))
}

/** After these the ticket waits for the archive. */
const ENDING: readonly EventType[] = [
  'ticket.closed',
  'ticket.answered',
  'ticket.declined',
  'ticket.emergencyTransferred',
  'ticket.voided',
  'ticket.withdrawn',
  'ticket.terminationApproved',
]

/** Absent is absent: what is stored and what is folded again must be the same. */
function withoutUndefined<T>(value: T): T {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  if (Array.isArray(value)) return value.map(withoutUndefined) as T
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, withoutUndefined(entry)]),
  ) as T
}
