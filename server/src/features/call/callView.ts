import type { Actor } from '@hotline/shared/actor'
import type { CallView, TicketCall } from '@hotline/shared/call/view'
import { maskPhone } from '@hotline/shared/user/masking'
import type { Caller } from './callQueries'
import type { CallService } from './callService'
import type { CallRow } from './callStore'

/** As its viewer may see it: the number in plain for whose line it is on, until he has wrapped it up. */
export function presentCall(
  row: CallRow,
  viewer: Pick<Actor, 'userId'>,
  numberOf: CallService['numberOf'],
  caller?: Caller,
): CallView {
  const { call, seconds } = row
  const isOwnLive = row.isLive === true && row.agentId === viewer.userId
  const number = numberOf(row) ?? ''
  const { wait, talk, wrapUp } = seconds
  return {
    id: row._id,
    direction: row.direction,
    state: row.state,
    result: row.result,
    number: isOwnLive ? number : maskPhone(number),
    isPlain: isOwnLive && number !== '',
    callerName: isOwnLive ? caller?.name : undefined,
    labels: isOwnLive ? (caller?.labels ?? []) : [],
    queue: call.queue,
    agentId: row.agentId,
    agentName: row.agentName,
    ringAt: row.beganAt.toISOString(),
    answeredAt: call.answeredAt?.toISOString(),
    hangupAt: call.hangupAt?.toISOString(),
    wrapUpBy: row.wrapUpBy?.toISOString(),
    wrapUpEndedAt: call.wrapUpEndedAt?.toISOString(),
    waitSeconds: wait,
    talkSeconds: talk,
    wrapUpSeconds: wrapUp,
    satisfactionKey: call.satisfactionKey,
    isLost: call.isLost,
    tickets: row.tickets,
    returnedAt: row.returnedAt?.toISOString(),
  }
}

/** 通话记录 of a ticket. */
export function presentTicketCall({ _id, direction, result, agentName, beganAt, call, seconds }: CallRow): TicketCall {
  return {
    id: _id,
    direction,
    result,
    agentName,
    queue: call.queue,
    ringAt: beganAt.toISOString(),
    waitSeconds: seconds.wait,
    talkSeconds: seconds.talk,
    wrapUpSeconds: seconds.wrapUp,
    satisfactionKey: call.satisfactionKey,
  }
}
