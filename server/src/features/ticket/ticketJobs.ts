import type { Clock } from '../../platform/clock'
import type { Job } from '../../platform/jobs'
import type { Announcer } from './announcer'
import type { SearchFeeder } from './searchFeeder'
import type { TicketService } from './ticketService'
import type { TicketStore } from './ticketStore'

const BATCH = 200

/**
 * Asks what is due instead of keeping a timer per ticket, so a missed run costs nothing and an extension has nothing to
 * cancel. The version guard of the commit is the fence: of two processes that sweep the same ticket one does nothing.
 */
export interface TicketJobDeps {
  store: TicketStore
  service: TicketService
  announcer: Announcer
  feeder: SearchFeeder
  clock: Clock
}

export function ticketJobs({ store, service, announcer, feeder, clock }: TicketJobDeps): Job[] {
  return [
    {
      name: 'ticket.clock',
      every: '2 seconds',
      run: async ({ touch }) => void (await sweepClock(store, service, clock, touch)),
    },
    { name: 'ticket.announce', every: '3 seconds', run: async () => void (await announcer.sweep()) },
    { name: 'ticket.searchText', every: '5 seconds', run: async () => feeder.nudge() },
  ]
}

/** @returns how many commands the clock gave */
export async function sweepClock(
  store: TicketStore,
  service: TicketService,
  clock: Clock,
  touch: () => Promise<void> = async () => undefined,
): Promise<number> {
  let total = 0
  for (;;) {
    const due = await store.dueAt(clock.now(), BATCH)
    let done = 0
    for (const ticket of due) done += await service.sweep(ticket)
    total += done
    // Nothing done although something is listed: other processes are at it; the next run looks again.
    if (due.length < BATCH || done === 0) return total
    await touch()
  }
}
