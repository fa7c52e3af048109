import { createHash } from 'node:crypto'

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
  /** Of what must stand once and only once however often it is told: the letter that brought it. */
  key?: string
  prevHash: string
  hash: string
}

/** Where a chain stands: its last entry's number and hash. */
export interface Head {
  seq: number
  hash: string
}

export const GENESIS = '0'.repeat(64)
export const START: Head = { seq: 0, hash: GENESIS }

/** Required ones first: what may be missing is `optional`. Anything else in a row was put there by somebody else. */
const REQUIRED = ['_id', 'at', 'actorId', 'actorName', 'unitId', 'action', 'target', 'prevHash', 'hash'] as const
const KNOWN = new Set<string>([...REQUIRED, 'reason', 'ip', 'details', 'key'])

/** What the hash covers, in a fixed order. */
export function hashOfAudit(row: Omit<AuditRow, 'hash'>): string {
  const { _id, at, actorId, actorName, unitId, action, target, reason, ip, details, key, prevHash } = row
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
    ...(key === undefined ? [] : [key]),
  ]
  return createHash('sha256').update(prevHash).update(JSON.stringify(content)).digest('hex')
}

/** A break in the chain: the first number that is wrong or missing, and what is wrong, in Chinese. */
export interface Break {
  seq: number
  why: string
}

/** Whether `row` is the entry after `head`. @returns the break, or nothing */
export function breakAt(head: Head, row: AuditRow): Break | undefined {
  const seq = head.seq + 1
  if (!Number.isInteger(row._id) || row._id < seq) return { seq, why: `第 ${seq} 条的序号不正确` }
  if (row._id === seq + 1) return { seq, why: `缺第 ${seq} 条` }
  if (row._id > seq) return { seq, why: `缺第 ${seq} 至 ${row._id - 1} 条` }
  if (!isWellFormed(row) || row.hash !== hashOfAudit(row)) return { seq, why: `第 ${seq} 条被改动过` }
  if (row.prevHash !== head.hash) return { seq, why: `第 ${seq} 条与前一条接不上` }
  return undefined
}

function isWellFormed(row: AuditRow): boolean {
  if (!(row.at instanceof Date) || Number.isNaN(row.at.getTime())) return false
  return REQUIRED.every((key) => row[key] !== undefined) && Object.keys(row).every((key) => KNOWN.has(key))
}

export interface Verdict {
  isIntact: boolean
  /** Entries that stand without a break from the first one on. */
  count: number
  brokenAt?: number
  why?: string
  /** The number up to which an anchor outside the log vouches for it; 0 when there is none. */
  anchoredTo: number
}

/**
 * Walks a whole log, held against what is remembered of it outside. A changed, missing or inserted entry breaks it at its
 * number; entries missing at the end, or an end that was written anew, are told by the anchors alone.
 */
export async function verifyRows(rows: AsyncIterable<AuditRow>, anchors: readonly Head[]): Promise<Verdict> {
  const wanted = new Map(anchors.map(({ seq, hash }) => [seq, hash]))
  const anchoredTo = Math.max(0, ...wanted.keys())
  const broken = ({ seq, why }: Break): Verdict => ({
    isIntact: false,
    count: seq - 1,
    brokenAt: seq,
    why,
    anchoredTo,
  })
  let head = START
  for await (const row of rows) {
    const found = breakAt(head, row)
    if (found) return broken(found)
    head = { seq: row._id, hash: row.hash }
    const remembered = wanted.get(head.seq)
    if (remembered !== undefined && remembered !== head.hash)
      return broken({ seq: head.seq, why: `第 ${head.seq} 条与日志之外的锚点不符，日志被重写过` })
  }
  const next = head.seq + 1
  if (anchoredTo === next) return broken({ seq: next, why: `缺最后一条（第 ${next} 条）` })
  if (anchoredTo > next) return broken({ seq: next, why: `缺最后的第 ${next} 至 ${anchoredTo} 条` })
  return { isIntact: true, count: head.seq, anchoredTo }
}
