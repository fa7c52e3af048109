import type { Actor } from '@hotline/shared/actor'
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import type { Clock } from '../../platform/clock'
import { isDuplicate, type Db } from '../../platform/mongo'

/** What is noted of a deed that nobody may deny later. Never the secret itself that somebody looked at. */
export interface AuditEntry {
  actor: Actor
  /** `ticket.revealed`, `user.disabled`, … */
  action: string
  /** `tickets/{id}`, `users/{id}`, … */
  target: string
  reason?: string
  ip?: string
  details?: Record<string, string | number | boolean | string[]>
}

export interface AuditRow {
  /** Sequence number without gaps. */
  _id: number
  at: Date
  actorId: string
  actorName: string
  unitId: string
  action: string
  target: string
  reason?: string
  ip?: string
  details?: Record<string, string | number | boolean | string[]>
  prevHash: string
  hash: string
}

export interface Audit {
  /** Resolves when the entry stands in the chain for good. */
  append(entry: AuditEntry): Promise<void>
}

const ATTEMPTS = 200
export const GENESIS = '0'.repeat(64)

/** What the hash covers, in a fixed order. */
export function hashOfAudit(row: Omit<AuditRow, 'hash'>): string {
  const { _id, at, actorId, actorName, unitId, action, target, reason, ip, details, prevHash } = row
  const content = [
    _id,
    at.toISOString(),
    actorId,
    actorName,
    unitId,
    action,
    target,
    reason ?? '',
    ip ?? '',
    details ?? {},
  ]
  return createHash('sha256').update(prevHash).update(JSON.stringify(content)).digest('hex')
}

/**
 * One chain for all processes: the sequence number is the key, so of two that append together one is refused and tries
 * behind the other. Within a process appends queue up and never race.
 */
export function createAudit(db: Db, clock: Clock): Audit {
  const rows = db.collection<AuditRow>('audit')
  let queue: Promise<unknown> = Promise.resolve()

  async function write({ actor, action, target, reason, ip, details }: AuditEntry): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const last = await rows.findOne({}, { sort: { _id: -1 }, projection: { hash: 1 } })
      const { userId: actorId, name: actorName, unitId } = actor
      const row = {
        _id: (last?._id ?? 0) + 1,
        at: clock.now(),
        actorId,
        actorName,
        unitId,
        action,
        target,
        reason,
        ip,
        details,
        prevHash: last?.hash ?? GENESIS,
      }
      try {
        await rows.insertOne({ ...row, hash: hashOfAudit(row) })
        return
      } catch (error) {
        if (!isDuplicate(error)) throw error
        await pause(Math.random() * Math.min(5 + attempt, 40))
      }
    }
    throw new AppError('unavailable', '审计日志暂时写不进去，请稍后再试')
  }

  return {
    append(entry) {
      const done = queue.then(() => write(entry))
      queue = done.catch(() => undefined)
      return done
    },
  }
}
