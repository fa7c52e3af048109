import { closeSync, fsyncSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Anchor } from './auditAnchor'

export const ANCHOR_FILE = 'audit-anchor'

const Anchors = z.record(
  z.string(),
  z.object({ seq: z.number(), hash: z.string(), first: z.string(), at: z.string(), signature: z.string() }),
)

/** By database. A file that is not there or not readable says nothing. */
export function readAnchorFile(dataDir: string): Record<string, Anchor> {
  if (!dataDir) return {}
  try {
    return Anchors.parse(JSON.parse(readFileSync(join(dataDir, ANCHOR_FILE), 'utf8')))
  } catch {
    return {}
  }
}

/**
 * Whole or not at all, and never back. Two processes that write together may leave the earlier of their heads: the next
 * round moves it on.
 * @returns whether it stands there now
 */
export function writeAnchorFile(dataDir: string, databaseId: string, anchor: Anchor): boolean {
  if (!dataDir) return true
  const anchors = readAnchorFile(dataDir)
  if ((anchors[databaseId]?.seq ?? -1) >= anchor.seq) return true
  const file = join(dataDir, ANCHOR_FILE)
  const aside = `${file}.${process.pid}.new`
  try {
    const handle = openSync(aside, 'w', 0o600)
    writeSync(handle, `${JSON.stringify({ ...anchors, [databaseId]: anchor }, null, 2)}\n`)
    fsyncSync(handle)
    closeSync(handle)
    renameSync(aside, file)
    return true
  } catch {
    try {
      unlinkSync(aside)
    } catch {
      // It was never made.
    }
    return false
  }
}
