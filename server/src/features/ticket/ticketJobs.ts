import type { Clock } from '../../platform/clock'
import type { Job } from '../../platform/jobs'
import { isOutage } from '../../platform/mongo'
import type { Announcer } from './announcer'
import type { PoolOrderStore } from './poolOrderStore'
import type { SearchFeeder } from './searchFeeder'
import type { TicketRules } from './ticketRules'
import type { TicketService } from './ticketService'
import type { TicketStore } from './ticketStore'

const BATCH = 200
/** More than these in one run are left to the next. */
const MOST_STUCK = 2000
/** What a killed process was at waits no longer. */
const LOCK_SECONDS = 15

/**
 * Asks what is due instead of keeping a timer per ticket, so a missed run costs nothing and an extension has nothing to
 * cancel. The version guard of the commit is the fence: of two processes that sweep the same ticket one does nothing.
 */
export interface TicketJobDeps {
  store: TicketStore
  service: TicketService
  announcer: Announcer
  feeder: SearchFeeder
  pool: PoolOrderStore
  rules: Pick<TicketRules, 'profile'>
  clock: Clock
}

export function ticketJobs({ store, service, announcer, feeder, pool, rules, clock }: TicketJobDeps): Job[] {
  return [
    {
      name: 'ticket.clock',
      every: '2 seconds',
      lockSeconds: LOCK_SECONDS,
      run: async ({ touch }) => void (await sweepClock(store, service, clock, touch)),
    },
    {
      name: 'ticket.announce',
      every: '3 seconds',
      lockSeconds: LOCK_SECONDS,
      run: async ({ touch }) => void (await announcer.sweep(touch)),
    },
    { name: 'ticket.searchText', every: '5 seconds', run: async () => feeder.nudge() },
    { name: 'ticket.poolOrder', every: '5 seconds', run: () => pool.keep(rules.profile.poolOrder) },
  ]
}

/**
 * One ticket on which nothing can be done, because another process is at it or because something is wrong with it, holds
 * up no other.
 * @returns how many commands the clock gave
 * @throws the first failure, after all others have been served
 */
export async function sweepClock(
  store: TicketStore,
  service: TicketService,
  clock: Clock,
  touch: () => Promise<void> = async () => undefined,
): Promise<number> {
  let total = 0
  const stuck: string[] = []
  const failures: unknown[] = []
  for (;;) {
    const due = await store.dueAt(clock.now(), BATCH, stuck)
    for (const ticket of due) {
      const done = await service.sweep(ticket).catch((error: unknown) => {
        if (isOutage(error)) throw error
        failures.push(error)
        return 0
      })
      if (done === 0) stuck.push(ticket.id)
      total += done
    }
    if (due.length < BATCH || stuck.length >= MOST_STUCK) break
    await touch()
  }
  if (failures.length > 0) throw failures[0]
  return total
}
