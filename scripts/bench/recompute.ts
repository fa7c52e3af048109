import { mkdtemp, rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { RecomputeJobView } from '@hotline/shared/limits/recomputeView'
import { MongoClient, type Db } from 'mongodb'
import { end } from '../lib/child.mjs'
import { spawnServer, untilReady } from '../lib/server.mjs'
import { send } from './measure'
import { seed } from './seed'

export interface RecomputeRow {
  name: string
  tickets: number
  perSecond: number
  /** Share of a bare version-guarded bulkWrite of as many in the same run. */
  ratioToBare: number
}

const BATCH = 500
/** What a clerk waits for his desk meanwhile. */
const ASK_EVERY_MS = 400

/**
 * A new profile for all tickets under way, against the least that must be done: as many guarded updates in batches, with
 * the same durability, before and after.
 */
export async function measureRecompute(mongodbUri: string, count: number, unitId: string): Promise<RecomputeRow[]> {
  const client = await MongoClient.connect(mongodbUri, { ignoreUndefined: true })
  const db = client.db()
  const dataDir = await mkdtemp(join(tmpdir(), 'hotline-bench-recompute-'))
  const { child, logFile } = await spawnServer({ port: 0, dataDir, mongodbUri, isEmbedded: true })
  try {
    const { address } = await untilReady(child, logFile)
    await seed(db, count, unitId, false)
    const token = await signIn(address, 'director')
    const clerk = await signIn(address, `clerk@${unitId}`)
    await bare(db, Math.ceil(count / 5), deadlineOnly)
    const guardBefore = await bare(db, count, guardOnly)
    const before = await bare(db, count, deadlineOnly)
    const waits: number[] = []
    const began = performance.now()
    const job = await apply(address, token)
    let state = job
    while (state.state !== 'done') {
      await pause(ASK_EVERY_MS)
      const asked = performance.now()
      const list = await send(address, { method: 'GET', path: '/api/tickets?desk=toAcknowledge', token: clerk })
      if (list.status !== 200) throw new Error(list.text)
      waits.push(performance.now() - asked)
      state = await get<RecomputeJobView>(address, `/api/recomputes/${job.id}`, token)
    }
    const seconds = (performance.now() - began) / 1000
    if (state.changed !== count) throw new Error(`changed ${state.changed} of ${count}`)
    const after = await bare(db, count, deadlineOnly)
    const guard = (guardBefore + (await bare(db, count, guardOnly))) / 2
    const ceiling = (before + after) / 2
    waits.sort((a, b) => a - b)
    console.log(
      `  meanwhile a clerk's list: p50 ${waits[Math.floor(waits.length / 2)]?.toFixed(0)} ms, p99 ${waits[Math.floor(waits.length * 0.99)]?.toFixed(0)} ms (${waits.length} asked)`,
    )
    return [
      { name: 'bare guard', tickets: count, perSecond: guard, ratioToBare: guard / ceiling },
      { name: 'bare bulkWrite', tickets: count, perSecond: ceiling, ratioToBare: 1 },
      { name: 'recompute', tickets: count, perSecond: count / seconds, ratioToBare: count / seconds / ceiling },
    ]
  } finally {
    await end(child, 20_000)
    await client.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

type Update = (version: number, index: number) => Record<string, unknown>

/** The guard alone: no deadline, no index. */
const guardOnly: Update = (version) => ({ version: version + 1, 't.version': version + 1 })

/** A new deadline wherever the clock, the lists and the statistics look for one; not read, not counted, no history. */
const deadlineOnly: Update = (version, index) => {
  const by = new Date(Date.now() + 30 * 86_400_000 + (index % 20) * 86_400_000 + version)
  return {
    ...guardOnly(version, index),
    't.resolveBy': by,
    't.assignments.0.resolveBy': by,
    dueBy: by,
    [`deskDue.371602-ZJ|open`]: by,
    [`deskDue.371602-ZJ|handling`]: by,
    unmetBy: by,
    'facts.cases.0.dueAt': by,
    'facts.cases.0.unitDueAt': by,
  }
}

/** @returns tickets a second */
async function bare(db: Db, count: number, update: Update): Promise<number> {
  const tickets = db.collection<{ _id: string; version: number }>('tickets', {
    writeConcern: { w: 'majority', journal: true },
  })
  const rows = await tickets
    .find({}, { projection: { version: 1 } })
    .limit(count)
    .toArray()
  const began = performance.now()
  for (let from = 0; from < rows.length; from += BATCH) {
    const { matchedCount } = await tickets.bulkWrite(
      rows.slice(from, from + BATCH).map(({ _id, version }, index) => ({
        updateOne: { filter: { _id, version }, update: { $set: update(version, from + index) } },
      })),
      { ordered: false },
    )
    if (matchedCount !== Math.min(BATCH, rows.length - from)) throw new Error('somebody else is writing')
  }
  return rows.length / ((performance.now() - began) / 1000)
}

async function signIn(base: string, username: string): Promise<string> {
  const body = { username, password: 'Hotline@12345' }
  const { text } = await send(base, { method: 'POST', path: '/api/auth/sign-in', body })
  return (JSON.parse(text) as { accessToken: string }).accessToken
}

async function get<T>(base: string, path: string, token: string): Promise<T> {
  const { status, text } = await send(base, { method: 'GET', path, token })
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
  return JSON.parse(text) as T
}

async function apply(base: string, token: string): Promise<RecomputeJobView> {
  const { seq } = await get<{ seq: number }>(base, '/api/limits', token)
  const body = { id: 'shenyang', version: 1, basedOn: seq, note: 'bench', isForOpen: true }
  const { status, text } = await send(base, {
    method: 'POST',
    path: '/api/limits/apply',
    body,
    token,
    key: randomUUID(),
  })
  if (status !== 200) throw new Error(text)
  return (JSON.parse(text) as { job: RecomputeJobView }).job
}
