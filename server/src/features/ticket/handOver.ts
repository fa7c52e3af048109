import { CLOCK } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { decide } from '@hotline/shared/ticket/decide/decide'
import { OPEN_ASSIGNMENT, OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { CommandOf } from '@hotline/shared/ticket/commands'
import type { Assignment, Ticket } from '@hotline/shared/ticket/ticket'
import type { Db } from '../../platform/mongo'
import type { TicketDoc } from './ticketDocument'
import type { TicketRules } from './ticketRules'
import type { TicketService } from './ticketService'
import type { TicketStore } from './ticketStore'

/** Whose work it is: a whole unit's, or one person's in it. */
interface Leaving {
  unitId: string
  handlerId?: string
}

/** Who takes it. */
interface Taking {
  unitId?: string
  handlerId?: string
}

export interface HandOver {
  /** All that a unit has in hand, to another one; see `all`. */
  unit: {
    /** Tickets that are not over and on which it has something in hand. */
    countOf(unitId: string): Promise<number>
    handOver(unitId: string, toUnitId: string, reason: string): Promise<number>
  }
  /** All that a person has in hand, to a colleague of his unit. */
  person(user: { _id: string; unitId: string }, toUserId: string, reason: string): Promise<number>
}

interface Deps {
  db: Db
  store: Pick<TicketStore, 'find'>
  rules: Pick<TicketRules, 'context'>
  service: Pick<TicketService, 'execute'>
}

const TOLD = 20
const RETRIES = 5

export function createHandOver({ db, store, rules, service }: Deps): HandOver {
  const tickets = db.collection<TicketDoc>('tickets')

  const filterOf = ({ unitId, handlerId }: Leaving) => ({
    scope: unitId,
    status: { $in: [...OPEN_STATUSES] },
    't.assignments': {
      $elemMatch: { unitId, ...(handlerId ? { handlerId } : {}), status: { $in: [...OPEN_ASSIGNMENT] } },
    },
  })
  const partsOf = ({ assignments }: Ticket, { unitId, handlerId }: Leaving): Assignment[] =>
    assignments.filter(
      (one) =>
        one.unitId === unitId &&
        OPEN_ASSIGNMENT.includes(one.status) &&
        (handlerId === undefined || one.handlerId === handlerId),
    )
  const commandFor = (ticket: Ticket, { id }: Assignment, taking: Taking, reason: string): CommandOf<'handOver'> => ({
    type: 'handOver',
    version: ticket.version,
    assignmentId: id,
    ...taking,
    reason,
  })

  /** Why this ticket cannot go there. */
  function refusalOf(ticket: Ticket, leaving: Leaving, taking: Taking, reason: string): string | undefined {
    try {
      for (const part of partsOf(ticket, leaving))
        decide(ticket, commandFor(ticket, part, taking, reason), rules.context(CLOCK))
      return undefined
    } catch (error) {
      if (error instanceof AppError && error.code !== 'internal') return error.message
      throw error
    }
  }

  async function move(id: string, leaving: Leaving, taking: Taking, reason: string): Promise<boolean> {
    for (let attempt = 0; attempt < RETRIES; attempt += 1) {
      const ticket = (await store.find(id))?.t
      const [part] = ticket ? partsOf(ticket, leaving) : []
      if (!ticket || !part) return attempt > 0
      const key = `handOver:${id}:${part.id}:${ticket.version}`
      try {
        await service.execute(id, commandFor(ticket, part, taking, reason), CLOCK, { k: key, h: key })
      } catch (error) {
        // Somebody was at the ticket in the same moment: it is looked at anew.
        if (!(error instanceof AppError) || error.code !== 'staleVersion') throw error
      }
    }
    return true
  }

  /**
   * All of it, or nothing when a rule speaks against one of them.
   * @returns how many tickets
   * @throws AppError ruleViolated with the tickets that cannot go there and why
   */
  async function all(leaving: Leaving, taking: Taking, reason: string): Promise<number> {
    const found = tickets.find(filterOf(leaving), { projection: { t: 1 } })
    const ids: string[] = []
    const refused: { no: string; reason: string }[] = []
    for await (const { _id, t } of found) {
      const refusal = refusalOf(t, leaving, taking, reason)
      if (refusal) refused.push({ no: t.no, reason: refusal })
      else ids.push(_id)
    }
    const [first] = refused
    if (first) {
      const rest = refused.length > 1 ? `等 ${refused.length} 件` : ''
      throw new AppError('ruleViolated', `工单 ${first.no} ${rest}不能移交：${first.reason}`, {
        tickets: refused.slice(0, TOLD),
      })
    }
    let count = 0
    for (const id of ids) if (await move(id, leaving, taking, reason)) count += 1
    return count
  }

  return {
    unit: {
      countOf: (unitId) => tickets.countDocuments(filterOf({ unitId })),
      handOver: (unitId, toUnitId, reason) => all({ unitId }, { unitId: toUnitId }, reason),
    },
    person: ({ _id, unitId }, toUserId, reason) => all({ unitId, handlerId: _id }, { handlerId: toUserId }, reason),
  }
}
