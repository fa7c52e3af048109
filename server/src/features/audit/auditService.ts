import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../platform/clock'
import type { Receiver, Tx } from '../../platform/outbox'
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
  /** With the change itself: it stands in the chain once the change is committed, whatever becomes of this process. */
  appendWith(tx: Pick<Tx, 'post'>, entry: AuditEntry): void
}

export const AUDIT_TOPIC = 'audit'

/** An entry on its way: when it was, which the chain may learn later, and its key. */
interface Told {
  at?: Date
  key?: string
}

const ATTEMPTS = 200
const MOST_AT_ONCE = 100

interface Waiting {
  entry: AuditEntry & Told
  done(): void
  failed(error: unknown): void
}

/**
 * One chain for all processes: the sequence number is the key, so of two that append together one is refused and tries
 * behind the other. Within a process what comes while one batch is being written makes up the next.
 * @param onAppended told of every batch that stands
 */
export function createAudit(
  db: Db,
  clock: Clock,
  onAppended: () => void = () => undefined,
): Audit & { receive: Receiver } {
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
  async function write(entries: readonly Waiting['entry'][]): Promise<number> {
    let head = (known ??= await newest())
    const batch = entries.map((entry): AuditRow => {
      const row = rowAfter(head, entry, entry.at ?? clock.now())
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

  /** Letters come again when whoever brought them died before he had put them away. */
  async function standingAmong(batch: readonly Waiting[]): Promise<Waiting[]> {
    const keys = batch.flatMap(({ entry }) => entry.key ?? [])
    if (keys.length === 0) return []
    const known = new Set(await rows.distinct('key', { key: { $in: keys } }))
    return batch.filter(({ entry: { key } }) => key !== undefined && known.has(key))
  }

  async function drain(): Promise<void> {
    for (let attempt = 0; waiting.length > 0; attempt += 1) {
      let batch = waiting.slice(0, MOST_AT_ONCE)
      try {
        const standing = await standingAmong(batch)
        for (const one of standing) {
          waiting.splice(waiting.indexOf(one), 1)
          one.done()
        }
        batch = batch.filter((one) => !standing.includes(one))
        if (batch.length === 0) continue
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

  function append(entry: Waiting['entry']): Promise<void> {
    return new Promise((done, failed) => {
      waiting.push({ entry, done, failed })
      if (isWriting) return
      isWriting = true
      void drain()
    })
  }

  return {
    append,
    appendWith(tx, { actor: { userId, name, unitId }, ...entry }) {
      tx.post(AUDIT_TOPIC, { ...entry, actor: { userId, name, unitId, roles: [] }, at: clock.now() })
    },
    async receive(letters) {
      await Promise.all(letters.map(({ _id: key, body }) => append({ ...(body as AuditEntry & { at: Date }), key })))
    },
  }
}

function rowAfter(
  head: Head,
  { actor, action, target, reason, ip, details, key }: Waiting['entry'],
  at: Date,
): AuditRow {
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
    ...(key === undefined ? {} : { key }),
    prevHash: head.hash,
  }
  return { ...row, hash: hashOfAudit(row) }
}

/** An ordered batch stops at the first one that is refused. */
function insertedBefore(error: unknown): number {
  const { insertedCount, result } = error as { insertedCount?: number; result?: { insertedCount?: number } }
  return insertedCount ?? result?.insertedCount ?? 0
}
