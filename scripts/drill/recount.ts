import type { TicketView } from '@hotline/shared/ticket/view'

/**
 * What statistics need of a ticket, counted from its history alone and by other code than the product's own, so that a
 * mistake in one of the two shows. Times are milliseconds.
 */
export interface Recount {
  registeredAt: number
  isInvalid: boolean
  isAnswered: boolean
  acceptedAt?: number
  dispatchedAt?: number
  /** While it waits to be dispatched. */
  dispatchBy?: number
  isDispatchedLate: boolean
  dispatches: number
  returnRequests: number
  returns: number
  extensions: number
  reworks: number
  callback?: Said
  outcome?: string
  ways: Way[]
}

/** As it stands while the history is read. */
type Counting = Recount & {
  lead: string
  delegates: Set<string>
  promise?: number
  answers: Said[]
  /** Where the answers of the present callback begin. */
  roundFrom: number
  /** What a merger laid aside. */
  aside?: Way
}

/** From a first dispatch to the end. */
export interface Way {
  from: number
  due: number
  signedAt?: number
  endedAt?: number
  wasLate: boolean
}

interface Said {
  at: number
  isDissatisfied: boolean
  solved: string
  result: number | 'declined'
  attitude: number | 'declined'
  agent: number | 'declined'
}

type WireEvent = TicketView['history'][number]

export function recount(history: readonly WireEvent[]): Recount {
  const count: Counting = {
    registeredAt: Date.parse(history[0]?.at ?? ''),
    ...{ isInvalid: false, isAnswered: false, isDispatchedLate: false },
    ...{ dispatches: 0, returnRequests: 0, returns: 0, extensions: 0, reworks: 0 },
    ...{ lead: '', delegates: new Set<string>(), ways: [], answers: [], roundFrom: 0 },
  }
  for (const event of history) for (const step of [onIntake, onWork, onCallback]) step(count, event)
  return count
}

const open = ({ ways }: Counting) => ways.find(({ endedAt }) => endedAt === undefined)

function promised(count: Counting, promise: { resolveBy: string } | undefined): void {
  if (promise === undefined) return
  count.promise = Date.parse(promise.resolveBy)
  const way = open(count)
  if (way) way.due = count.promise
}

function end(count: Counting, at: number): void {
  const way = open(count)
  if (way) way.endedAt = at
  count.dispatchBy = undefined
}

const moment = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))

function onIntake(count: Counting, event: WireEvent): void {
  const at = Date.parse(event.at)
  switch (event.type) {
    case 'ticket.accepted':
      count.acceptedAt = at
      count.dispatchBy = Date.parse(event.dispatchBy)
      break
    case 'ticket.amended':
      if (event.dispatchBy) count.dispatchBy = Date.parse(event.dispatchBy)
      break
    case 'ticket.infoRequested':
      count.dispatchBy = undefined
      break
    case 'ticket.infoSupplied':
      count.dispatchBy = moment(event.dispatchBy)
      if (event.dispatchBy) count.acceptedAt ??= at
      break
    case 'ticket.answered':
      count.isAnswered = true
      end(count, at)
      break
    case 'ticket.declined':
      count.isInvalid = event.code === 'INVALID'
      end(count, at)
      break
    case 'ticket.emergencyTransferred':
    case 'ticket.withdrawn':
    case 'ticket.terminationApproved':
      end(count, at)
      break
    case 'ticket.voided':
      count.isInvalid = true
      end(count, at)
      break
    case 'ticket.merged':
      count.aside = open(count)
      count.ways = count.ways.filter((way) => way !== count.aside)
      count.dispatchBy = undefined
      break
    case 'ticket.unmerged':
      if (count.aside) count.ways.push(count.aside)
      count.aside = undefined
      count.dispatchBy = moment(event.dispatchBy)
      break
    case 'ticket.callerJoined':
      if (event.dispatchBy) count.dispatchBy = Date.parse(event.dispatchBy)
      promised(count, event.promise)
      break
    case 'ticket.reopened':
      count.isInvalid = false
      count.isAnswered = false
      count.outcome = undefined
      count.promise = undefined
      count.acceptedAt = event.dispatchBy ? at : undefined
      count.dispatchBy = moment(event.dispatchBy)
      break
  }
}

function onWork(count: Counting, event: WireEvent): void {
  const at = Date.parse(event.at)
  switch (event.type) {
    case 'ticket.dispatched':
      count.dispatches += 1
      count.dispatchedAt ??= at
      count.dispatchBy = undefined
      count.isDispatchedLate ||= event.isLate
      count.lead = event.leadAssignmentId
      promised(count, event.promise)
      if (!open(count)) count.ways.push({ from: at, due: count.promise ?? at, wasLate: false })
      break
    case 'ticket.recalled':
      count.dispatchBy = Date.parse(event.dispatchBy)
      break
    case 'ticket.returnRequested':
      if (!count.delegates.has(event.assignmentId)) count.returnRequests += 1
      break
    case 'ticket.returnApproved':
      if (!event.isLead) break
      count.returns += 1
      count.dispatchBy = moment(event.dispatchBy)
      break
    case 'ticket.delegated':
      count.delegates.add(event.assignment.id)
      break
    case 'ticket.extensionApproved':
      if (!count.delegates.has(event.assignmentId)) count.extensions += 1
      if (event.assignmentId === count.lead) promised(count, event.promise)
      break
    case 'ticket.consultationOpened':
      count.isDispatchedLate ||= count.dispatchBy !== undefined && at > count.dispatchBy
      count.dispatchBy = undefined
      break
    case 'ticket.consultationConcluded':
    case 'ticket.resumed':
      promised(count, event.promise)
      break
    case 'ticket.consultationCancelled':
      count.dispatchBy = Date.parse(event.dispatchBy)
      promised(count, event.promise)
      break
    case 'ticket.deadlinesRecomputed':
      if (event.dispatchBy) count.dispatchBy = Date.parse(event.dispatchBy)
      promised(count, event.promise)
      break
    case 'ticket.unitReviewed': {
      const way = open(count)
      if (way && event.isPassed && event.assignmentId === count.lead) way.signedAt = at
      break
    }
    case 'ticket.hotlineReviewed': {
      const way = open(count)
      if (way && event.isPassed) way.wasLate ||= (way.signedAt ?? 0) > way.due
      if (way && !event.isPassed) way.signedAt = undefined
      if (!event.isPassed) promised(count, event.promise)
      if (event.isPassed && event.callbackBy) count.roundFrom = count.answers.length
      break
    }
  }
}

function onCallback(count: Counting, event: WireEvent): void {
  const at = Date.parse(event.at)
  switch (event.type) {
    case 'ticket.callbackRecorded': {
      const { solved, satisfaction, isDissatisfied } = event
      count.answers.push({ at, solved, isDissatisfied, ...satisfaction })
      const round = count.answers.slice(count.roundFrom)
      // Of several callers who was dissatisfied speaks for all.
      count.callback = round.find((said) => said.isDissatisfied) ?? round.at(-1)
      break
    }
    case 'ticket.reworked': {
      count.reworks += 1
      count.outcome = undefined
      const way = open(count)
      if (way) way.signedAt = undefined
      promised(count, event)
      if (!way) count.ways.push({ from: at, due: Date.parse(event.resolveBy), wasLate: false })
      break
    }
    case 'ticket.closed':
      count.outcome = event.outcome
      end(count, at)
      break
  }
}
