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
  solved: string
  result: number | 'declined'
  attitude: number | 'declined'
  agent: number | 'declined'
}

type WireEvent = TicketView['history'][number]

export function recount(history: readonly WireEvent[]): Recount {
  const first = history[0]
  const count: Recount = {
    registeredAt: Date.parse(first?.at ?? ''),
    ...{ isInvalid: false, isAnswered: false, isDispatchedLate: false },
    ...{ dispatches: 0, returnRequests: 0, returns: 0, extensions: 0, reworks: 0 },
    ways: [],
  }
  let lead = ''
  let promise: number | undefined
  const open = () => count.ways.find(({ endedAt }) => endedAt === undefined)
  const promised = (resolveBy: string | undefined) => {
    if (resolveBy === undefined) return
    promise = Date.parse(resolveBy)
    const way = open()
    if (way) way.due = promise
  }
  const end = (at: number) => {
    const way = open()
    if (way) way.endedAt = at
    count.dispatchBy = undefined
  }
  for (const event of history) {
    const at = Date.parse(event.at)
    switch (event.type) {
      case 'ticket.accepted':
        count.acceptedAt = at
        count.dispatchBy = Date.parse(event.dispatchBy)
        break
      case 'ticket.amended':
        if (event.dispatchBy) count.dispatchBy = Date.parse(event.dispatchBy)
        break
      case 'ticket.answered':
        count.isAnswered = true
        end(at)
        break
      case 'ticket.declined':
        count.isInvalid = event.code === 'INVALID'
        end(at)
        break
      case 'ticket.emergencyTransferred':
        end(at)
        break
      case 'ticket.dispatched':
        count.dispatches += 1
        count.dispatchedAt ??= at
        count.dispatchBy = undefined
        count.isDispatchedLate ||= event.isLate
        lead = event.leadAssignmentId
        promised(event.promise?.resolveBy)
        if (!open()) count.ways.push({ from: at, due: promise ?? at, wasLate: false })
        break
      case 'ticket.recalled':
        count.dispatchBy = Date.parse(event.dispatchBy)
        break
      case 'ticket.returnRequested':
        count.returnRequests += 1
        break
      case 'ticket.returnApproved':
        if (!event.isLead) break
        count.returns += 1
        count.dispatchBy = event.dispatchBy && Date.parse(event.dispatchBy) ? Date.parse(event.dispatchBy) : undefined
        break
      case 'ticket.extensionApproved':
        count.extensions += 1
        if (event.assignmentId === lead) promised(event.promise?.resolveBy)
        break
      case 'ticket.unitReviewed': {
        const way = open()
        if (way && event.isPassed && event.assignmentId === lead) way.signedAt = at
        break
      }
      case 'ticket.hotlineReviewed': {
        const way = open()
        if (way && event.isPassed) way.wasLate ||= (way.signedAt ?? 0) > way.due
        if (way && !event.isPassed) way.signedAt = undefined
        if (!event.isPassed) promised(event.promise?.resolveBy)
        break
      }
      case 'ticket.callbackRecorded':
        count.callback = { at, solved: event.solved, ...event.satisfaction }
        break
      case 'ticket.reworked': {
        count.reworks += 1
        count.outcome = undefined
        const way = open()
        if (way) way.signedAt = undefined
        promised(event.resolveBy)
        if (!way) count.ways.push({ from: at, due: Date.parse(event.resolveBy), wasLate: false })
        break
      }
      case 'ticket.closed':
        count.outcome = event.outcome
        end(at)
        break
      case 'ticket.reopened':
        count.isInvalid = false
        count.outcome = undefined
        promise = undefined
        count.acceptedAt = event.dispatchBy ? at : undefined
        count.dispatchBy = event.dispatchBy ? Date.parse(event.dispatchBy) : undefined
        break
    }
  }
  return count
}
