import type { Ledger } from './ledger'
import type { People } from './people'
import type { DrillTime } from './time'
import type { World } from './world'

/** What everybody in one run shares. */
export interface Company {
  people: People
  ledger: Ledger
  world: World
  time: DrillTime
  runId: string
  seed: string
}
