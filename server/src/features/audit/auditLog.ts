import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'
import type { Outbox } from '../../platform/outbox'
import { createAnchorStore } from './auditAnchor'
import { createAuditKeeper, type AuditKeeper } from './auditKeeper'
import { AUDIT_TOPIC, createAudit, type Audit } from './auditService'

export interface AuditLogDeps {
  db: Db
  crypto: Crypto
  /** Where the anchor's file stands; empty: the signed document alone. */
  dataDir: string
  clock: Clock
  logger: Logger
  outbox: Outbox
}

/** The log of this process, and who keeps its anchors behind it. */
export function openAuditLog(deps: AuditLogDeps): Audit & { keeper: AuditKeeper } {
  const { db, crypto, dataDir, clock, logger, outbox } = deps
  const keeper = createAuditKeeper({ db, store: createAnchorStore(db, crypto, dataDir), clock, logger })
  const { receive, ...audit } = createAudit(db, clock, () => keeper.nudge())
  outbox.receive(AUDIT_TOPIC, receive)
  return { ...audit, keeper }
}
