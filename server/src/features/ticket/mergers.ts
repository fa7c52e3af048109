import { CLOCK } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { decide } from '@hotline/shared/ticket/decide/decide'
import { keptFromOf } from '@hotline/shared/ticket/decide/merging'
import { evolve } from '@hotline/shared/ticket/evolve'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { Effect } from './announcer'
import type { TicketRules } from './ticketRules'
import type { ExistingCommand } from './ticketService'
import type { TicketStore } from './ticketStore'

export interface Mergers {
  /** What happened to one ticket of a merger, done to the other; doing it twice is doing it once. */
  follow(ticket: Ticket, events: readonly TicketEvent[]): Promise<void>
}

interface Deps {
  store: Pick<TicketStore, 'find' | 'commit'>
  rules: Pick<TicketRules, 'context'>
  onCommitted(ticket: Ticket): void
}

const RETRIES = 8
/** Two people may merge and undo it in turns; after so many each has had his. */
const TURNS = 6

/**
 * A merger is two guarded commits on two tickets and no transaction. The merged one says where it went; what the main one
 * holds is brought to agree with that, at once in the same request and once more by the announcer, should the process die
 * between.
 */
export function createMergers({ store, rules, onCommitted }: Deps): Mergers {
  /** By the system, on the newest state. `nothing`: nothing is to be done; `refused`: the rules say no. */
  async function bySystem(
    id: string,
    commandFor: (ticket: Ticket) => ExistingCommand | undefined,
  ): Promise<'done' | 'nothing' | 'refused'> {
    for (let attempt = 0; attempt < RETRIES; attempt += 1) {
      const before = (await store.find(id))?.t
      const command = before && commandFor(before)
      if (!before || !command) return 'nothing'
      const events = decided(before, command)
      if (!events) return 'refused'
      const after = events.reduce<Ticket>(evolve, before)
      if ((await store.commit({ before, after, events })) === 'done') {
        onCommitted(after)
        return 'done'
      }
    }
    throw new AppError('unavailable', '工单正被多人同时更新，请稍后重试', { retryAfter: 1 })
  }

  function decided(ticket: Ticket, command: ExistingCommand): TicketEvent[] | undefined {
    try {
      return decide(ticket, command, rules.context(CLOCK))
    } catch (error) {
      if (error instanceof AppError && error.code !== 'internal') return undefined
      throw error
    }
  }

  /** Looks again after each act of its own: meanwhile the merger may have been undone, or made again. */
  async function settle(ticketId: string, mainId: string): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const joined = (await store.find(ticketId))?.t
      const main = (await store.find(mainId))?.t
      if (!joined || !main) return
      const isWanted = isIn(joined, mainId)
      if (isWanted === has(main, ticketId)) return
      const result = isWanted ? await join(joined, mainId) : await leave(ticketId, mainId)
      if (result === 'refused') return
    }
  }

  async function join(joined: Ticket, mainId: string): Promise<'done' | 'nothing' | 'refused'> {
    const { id: ticketId, no, resolveBy, merger } = joined
    const needsCallback = joined.needsCallback && joined.hasContact
    const result = await bySystem(mainId, (main) =>
      has(main, ticketId)
        ? undefined
        : {
            type: 'joinCaller',
            version: main.version,
            ...{ ticketId, no, needsCallback, resolveBy, keptFrom: keptFromOf(joined) },
            dispatchBy: merger?.dispatchBy,
          },
    )
    if (result !== 'refused') return result
    const why = '已经结束、已并入其他工单，或者保密级别、被反映单位已与本件不同'
    const reason = `主单 ${merger?.mainNo ?? ''} ${why}，未能并入，请重新处理`
    return bySystem(ticketId, (ticket) =>
      isIn(ticket, mainId) ? { type: 'unmerge', version: ticket.version, reason } : undefined,
    )
  }

  const leave = (ticketId: string, mainId: string) =>
    bySystem(mainId, (main) =>
      has(main, ticketId) ? { type: 'leaveCaller', version: main.version, ticketId } : undefined,
    )

  return {
    async follow(ticket, events) {
      for (const event of events) {
        if (event.type === 'ticket.merged' || event.type === 'ticket.unmerged') await settle(ticket.id, event.mainId)
        if (event.type === 'ticket.callerJoined' || event.type === 'ticket.callerLeft')
          await settle(event.ticketId, ticket.id)
        if (event.type === 'ticket.archived')
          for (const { ticketId } of ticket.participants ?? [])
            await bySystem(ticketId, (joined) =>
              isIn(joined, ticket.id) ? { type: 'archive', version: joined.version } : undefined,
            )
      }
    },
  }
}

/** What a process that died between the two commits left undone. */
export function mergerEffect({ follow }: Mergers): Effect {
  return async (news) => {
    for (const { ticket, events } of news) await follow(ticket, events)
  }
}

function isIn({ status, merger }: Ticket, mainId: string): boolean {
  return status === 'merged' && merger?.mainId === mainId
}

function has({ participants }: Ticket, ticketId: string): boolean {
  return participants?.some((participant) => participant.ticketId === ticketId) ?? false
}
