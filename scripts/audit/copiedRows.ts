import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { AuditRow } from '@hotline/server/features/audit/auditChain'

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/

/**
 * The rows of a copy, one JSON object a line, as `--save` and mongoexport write them. A line that is no such object is
 * given on as an entry that cannot be right, so that the walk names its number.
 */
export async function* rowsOfFile(file: string): AsyncGenerator<AuditRow> {
  let seq = 0
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line === '') continue
    seq += 1
    yield rowOf(line) ?? unreadable(seq)
  }
}

function unreadable(seq: number): AuditRow {
  return { _id: seq } as AuditRow
}

/** One line as the row that it was, dates and numbers restored. */
export function rowOf(line: string): AuditRow | undefined {
  if (line !== line.trim()) return undefined
  try {
    const { at, ...row } = JSON.parse(line, plain) as AuditRow & { at: unknown }
    return { ...row, at: typeof at === 'string' && MOMENT.test(at) ? new Date(at) : new Date(NaN) }
  } catch {
    return undefined
  }
}

/** `{"$date": …}`, `{"$numberInt": …}` and the like as what they mean. */
function plain(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  const [name, ...others] = Object.keys(value)
  if (!name?.startsWith('$') || others.length > 0) return value
  const inner = (value as Record<string, unknown>)[name]
  if (name === '$numberInt' || name === '$numberLong' || name === '$numberDouble') return Number(inner)
  if (name === '$date') return typeof inner === 'number' ? new Date(inner).toISOString() : inner
  return value
}
