import { hasRole } from '../../actor'
import { AppError } from '../../error'
import { dispatchDeadline } from '../deadlines'
import type { NewEvent } from '../events'
import { OPEN_ASSIGNMENT, OPEN_STATUSES } from '../labels'
import { outcomeOfRound } from '../callbackTargets'
import type { Ticket } from '../ticket'
import type { Decider } from './decider'

const refuse = (message: string) => new AppError('ruleViolated', message)

/** 并单 (A07): its caller goes on to the main ticket, which is asked for by the service and told afterwards. */
export const merge: Decider<'merge'> = ({ reason }, ticket, { main, units }) => {
  if (!main) throw refuse('主单不存在，或您无权查看')
  if (main.id === ticket.id) throw refuse('不能并入本件自己')
  if (main.merger) throw refuse(`所选工单已并入 ${main.merger.mainNo}，请并入该主单`)
  if (!OPEN_STATUSES.includes(main.status)) throw refuse('主单已经结束，不能并入')
  if (main.rated) throw refuse('差评整改件不能作为主单')
  assertSameSecrecy(keptFromOf(ticket), keptFromOf(main))
  const works = main.assignments.some(
    ({ unitId, status }) =>
      OPEN_ASSIGNMENT.includes(status) && ticket.accusedUnitIds.some((accused) => units.isWithin(unitId, accused)),
  )
  if (works) throw refuse('主单由本件的被反映单位承办，不能并入')
  if (ticket.accusedUnitIds.some((accused) => !main.accusedUnitIds.includes(accused)))
    throw refuse('本件反映的单位主单没有列明，请先更正')
  return [{ type: 'ticket.merged', mainId: main.id, mainNo: main.no, reason, statusBefore: ticket.status }]
}

/** 举报保密: whom it is kept from; nothing where it is none. */
export function keptFromOf({ confidentiality, accusedUnitIds }: Pick<Ticket, 'confidentiality' | 'accusedUnitIds'>) {
  return confidentiality === 2 ? accusedUnitIds : undefined
}

/** Who may see the main ticket must be nobody who may not see this one. @throws AppError ruleViolated */
function assertSameSecrecy(own: readonly string[] | undefined, main: readonly string[] | undefined): void {
  if (!own && !main) return
  const isSame = own && main && own.length === main.length && own.every((accused) => main.includes(accused))
  if (!isSame) throw refuse('举报保密件只能与保密级别、被反映单位都相同的工单并单')
}

/** 撤销并单: back to where it came from, its time to be dispatched counted anew. */
export const unmerge: Decider<'unmerge'> = (
  { reason },
  { merger, urgency },
  { main, actor, profile, calendar, at },
) => {
  if (!merger) throw new AppError('internal', '缺少并单记录')
  const isOpen = main !== undefined && OPEN_STATUSES.includes(main.status)
  if (!isOpen && !hasRole(actor, 'system')) throw refuse('主单已经结束，不能撤销并单')
  const { by } = dispatchDeadline(profile, calendar, { acceptedAt: at, urgency })
  const dispatchBy = merger.statusBefore === 'accepted' ? by : undefined
  return [{ type: 'ticket.unmerged', mainId: merger.mainId, reason, dispatchBy }]
}

const earlier = (one: Date | undefined, other: Date | undefined) => (one && other && one < other ? one : undefined)

/**
 * The main ticket takes a caller in: it is urged by that, and keeps the earlier of both promises. What was signed off
 * already is judged by the promise that it was made for.
 */
export const joinCaller: Decider<'joinCaller'> = (command, ticket) => {
  const { ticketId, no, needsCallback, keptFrom, resolveBy } = command
  if (ticket.participants?.some((participant) => participant.ticketId === ticketId)) throw refuse('该诉求已经并入')
  // The main ticket may have been amended in the same moment.
  assertSameSecrecy(keptFrom, keptFromOf(ticket))
  const promised = ticket.status === 'callback' ? undefined : earlier(resolveBy, ticket.resolveBy)
  return [
    {
      type: 'ticket.callerJoined',
      ticketId,
      no,
      needsCallback,
      keptFrom,
      joinedBy: resolveBy,
      dispatchBy: ticket.status === 'accepted' ? earlier(command.dispatchBy, ticket.dispatchBy) : undefined,
      promise: promised && { resolveBy: promised, isProvisional: false },
    },
    { type: 'ticket.urged', note: '又有诉求人反映同一事项，已并入本件', isByCaller: false },
  ]
}

/** What was promised for his sake stays promised. The callback ends when only he was still to be called. */
export const leaveCaller: Decider<'leaveCaller'> = ({ ticketId }, ticket, { at }) => {
  const rest = ticket.participants?.filter((participant) => participant.ticketId !== ticketId)
  if (rest?.length === ticket.participants?.length) throw refuse('该诉求没有并入本件')
  const left: NewEvent = { type: 'ticket.callerLeft', ticketId }
  const outcome = ticket.status === 'callback' ? outcomeOfRound({ ...ticket, participants: rest }, at) : undefined
  return outcome ? [left, { type: 'ticket.closed', outcome }] : [left]
}
