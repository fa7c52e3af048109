import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../platform/clock'
import { isDuplicate, type Db } from '../../platform/mongo'
import { hashOfAudit, START, type AuditRow, type Head } from './auditChain'

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

export interface Audit {
  /** Resolves when the entry stands in the chain for good. */
  append(entry: AuditEntry): Promise<void>
}

const ATTEMPTS = 200
const MOST_AT_ONCE = 100

interface Waiting {
  entry: AuditEntry
  done(): void
  failed(error: unknown): void
}

/**
 * One chain for all processes: the sequence number is the key, so of two that append together one is refused and tries
 * behind the other. Within a process what comes while one batch is being written makes up the next.
 * @param onAppended told of every batch that stands
 */
export function createAudit(db: Db, clock: Clock, onAppended: () => void = () => undefined): Audit {
  const rows = db.collection<AuditRow>('audit')
  const waiting: Waiting[] = []
  let isWriting = false
  /** The last entry that this process has seen; another may have appended since, and is then asked for. */
  let known: Head | undefined

  const newest = async (): Promise<Head> => {
    const last = await rows.findOne({}, { sort: { _id: -1 }, projection: { hash: 1 } })
    return last ? { seq: last._id, hash: last.hash } : START
  }

  /** @returns how many of them stand now: fewer than asked when another process was faster */
  async function write(entries: readonly AuditEntry[]): Promise<number> {
    let head = (known ??= await newest())
    const batch = entries.map((entry): AuditRow => {
      const row = rowAfter(head, entry, clock.now())
      head = { seq: row._id, hash: row.hash }
      return row
    })
    let written = batch.length
    try {
      await rows.insertMany(batch, { ordered: true })
    } catch (error) {
      known = undefined
      if (!isDuplicate(error)) throw error
      written = insertedBefore(error)
    }
    if (written === batch.length) known = head
    return written
  }

  async function drain(): Promise<void> {
    for (let attempt = 0; waiting.length > 0; attempt += 1) {
      const batch = waiting.slice(0, MOST_AT_ONCE)
      try {
        if (attempt >= ATTEMPTS) throw new AppError('unavailable', '审计日志暂时写不进去，请稍后再试')
        const written = await write(batch.map(({ entry }) => entry))
        for (const { done } of waiting.splice(0, written)) done()
        if (written > 0) {
          attempt = -1
          onAppended()
        } else await pause(Math.random() * Math.min(5 + attempt, 40))
      } catch (error) {
        attempt = -1
        for (const { failed } of waiting.splice(0, batch.length)) failed(error)
      }
    }
    // In the same step as the last look: whoever comes after it begins anew.
    isWriting = false
  }

  return {
    append(entry) {
      return new Promise((done, failed) => {
        waiting.push({ entry, done, failed })
        if (isWriting) return
        isWriting = true
        void drain()
      })
    },
  }
}

function rowAfter(head: Head, { actor, action, target, reason, ip, details }: AuditEntry, at: Date): AuditRow {
  const { userId: actorId, name: actorName, unitId } = actor
  const row = {
    _id: head.seq + 1,
    at,
    actorId,
    actorName,
    unitId,
    action,
    target,
    ...(reason === undefined ? {} : { reason }),
    ...(ip === undefined ? {} : { ip }),
    ...(details === undefined ? {} : { details }),
    prevHash: head.hash,
  }
  return { ...row, hash: hashOfAudit(row) }
}

/** An ordered batch stops at the first one that is refused. */
function insertedBefore(error: unknown): number {
  const { insertedCount, result } = error as { insertedCount?: number; result?: { insertedCount?: number } }
  return insertedCount ?? result?.insertedCount ?? 0
}
