import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'
import { createAnchorStore } from './auditAnchor'
import { createAuditKeeper, type AuditKeeper } from './auditKeeper'
import { createAudit, type Audit } from './auditService'

export interface AuditLogDeps {
  db: Db
  crypto: Crypto
  /** Where the anchor's file stands; empty: the signed document alone. */
  dataDir: string
  clock: Clock
  logger: Logger
}

/** The log of this process, and who keeps its anchors behind it. */
export function openAuditLog({ db, crypto, dataDir, clock, logger }: AuditLogDeps): Audit & { keeper: AuditKeeper } {
  const keeper = createAuditKeeper({ db, store: createAnchorStore(db, crypto, dataDir), clock, logger })
  return { ...createAudit(db, clock, () => keeper.nudge()), keeper }
}
