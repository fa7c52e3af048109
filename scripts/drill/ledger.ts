import type { CommandType } from '@hotline/shared/ticket/commands'

/** One write that the server has said yes to. */
export interface Entry {
  ticketId: string
  command: CommandType
  userId: string
  /** The version that its author saw; 0 for a registration. */
  base: number
  /** The version in the answer, which may be a later one than the write's own: after a lost answer, or when it names none. */
  version: number
}

/** What the drill has been promised: nothing of it may be missing or there twice. */
export interface Ledger {
  acknowledge(entry: Entry, ms: number): void
  /** Patience ran out: it may have been done or not. */
  doubt(ticketId: string): void
  entries(): readonly Entry[]
  isInDoubt(ticketId: string): boolean
  /** Milliseconds of each acknowledged write, by command. */
  timings(): ReadonlyMap<CommandType, readonly number[]>
}

export function createLedger(onAcknowledged: (count: number) => void = () => undefined): Ledger {
  const entries: Entry[] = []
  const doubtful = new Set<string>()
  const timings = new Map<CommandType, number[]>()
  return {
    acknowledge(entry, ms) {
      entries.push(entry)
      const known = timings.get(entry.command)
      if (known) known.push(ms)
      else timings.set(entry.command, [ms])
      onAcknowledged(entries.length)
    },
    doubt: (ticketId) => void doubtful.add(ticketId),
    entries: () => entries,
    isInDoubt: (ticketId) => doubtful.has(ticketId),
    timings: () => timings,
  }
}
