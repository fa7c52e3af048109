import { randomUUID } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Actor } from '@hotline/shared/actor'
import {
  SAMPLE_SIZE,
  type Direction,
  type RecomputeJobView,
  type RecomputePreview,
} from '@hotline/shared/limits/recomputeView'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { evolve } from '@hotline/shared/ticket/evolve'
import { examine, type Examined, type RecomputeWorld } from '@hotline/shared/ticket/recompute'
import { rulesRefOf } from '@hotline/shared/ticket/rulesRef'
import { leadOf, type Ticket } from '@hotline/shared/ticket/ticket'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { maskText } from '@hotline/shared/user/masking'
import type { Clock } from '../../platform/clock'
import type { Tx } from '../../platform/outbox'
import type { Change, RecomputeDoc, RecomputeStore } from './recomputeStore'
import type { Policy } from './ticketRules'

export interface Recompute {
  /** What these rules would do, and nothing is done. */
  preview(rules: Pick<RecomputeWorld, 'profile' | 'calendar'>): Promise<RecomputePreview>
  /** In the background, with the rules that hold when it runs; asked for with the change that is its cause. */
  start(cause: string, actor: Actor, notBefore: Date, tx: Tx): Promise<RecomputeJobView>
  /** With rules of that moment or later. */
  isStartedSince(at: Date): Promise<boolean>
  /** Works off what waits. @param touch a sign of life, now and then */
  work(touch: () => Promise<void>): Promise<void>
}

export interface RecomputeDeps {
  store: RecomputeStore
  /** Refreshed first: this process must not work with rules of a moment ago. */
  policy: Policy & { refresh(): Promise<void> }
  units: UnitTree
  clock: Clock
  onProgress(job: RecomputeDoc): void
}

/** Small enough that others' writes come between. */
const BATCH = 250
/** Batches that are written at the same time, while the next one is counted. */
const WRITERS = 3
/** Batches without a trace of a dead process, after which none is looked for. */
const PROBED = 20
const PREVIEW_BATCH = 1000
/** After so many tickets, or milliseconds, requests of others have their turn. */
const SLICE_MS = 8
const NOTE_MS = 500
const TOUCH_MS = 3000
const RETRIES = 10

export function createRecompute(deps: RecomputeDeps): Recompute {
  const { store, policy, clock, units } = deps

  async function preview(rules: Pick<RecomputeWorld, 'profile' | 'calendar'>): Promise<RecomputePreview> {
    const { profile, calendar } = rules
    const world: RecomputeWorld = {
      profile,
      calendar,
      rules: rulesRefOf(profile, calendar),
      at: clock.now(),
      jobId: '',
      cause: '',
    }
    const result: RecomputePreview = {
      total: 0,
      changing: 0,
      later: 0,
      earlier: 0,
      confirmed: 0,
      steps: 0,
      missed: 0,
      wouldBeOver: 0,
      manual: 0,
      samples: [],
    }
    const pace = createPace()
    let reading = store.read('', PREVIEW_BATCH)
    for (;;) {
      const tickets = await reading
      const last = tickets.at(-1)
      if (!last) return result
      reading = store.read(last.id, PREVIEW_BATCH)
      reading.catch(() => undefined)
      for (const ticket of tickets) {
        count(result, ticket, examine(ticket, world))
        await pace()
      }
    }
  }

  function count(result: RecomputePreview, ticket: Ticket, found: Examined): void {
    result.total += 1
    if (found.isMissed) result.missed += 1
    if (found.wouldBeOver) result.wouldBeOver += 1
    if (found.isManual) result.manual += 1
    if (!found.event) return
    const { direction, from, to } = moveOf(ticket, found.event)
    result.changing += 1
    result[direction] += 1
    if (result.samples.length >= SAMPLE_SIZE) return
    const unitId = leadOf(ticket)?.unitId
    result.samples.push({
      id: ticket.id,
      no: ticket.no,
      title: maskText(ticket.title ?? ''),
      ...(unitId ? { unitName: units.name(unitId) } : {}),
      direction,
      ...(from ? { from: from.toISOString() } : {}),
      ...(to ? { to: to.toISOString() } : {}),
    })
  }

  async function run(job: RecomputeDoc, owner: string, touch: () => Promise<void>): Promise<void> {
    await policy.refresh()
    const at = clock.now()
    const profile = policy.profileAt(at)
    const calendar = policy.calendar()
    const { _id: jobId, cause, by } = job
    const world: RecomputeWorld = { profile, calendar, rules: rulesRefOf(profile, calendar), at, jobId, cause }
    const { seen, changed, retried, missed, wouldBeOver, cursor, total } = job
    const sum = { seen, changed, retried, missed, wouldBeOver, cursor, total }
    if (sum.total === 0) sum.total = await store.countOpen()
    deps.onProgress({ ...job, ...sum })

    const changeOf = (ticket: Ticket, found: Examined): Change | undefined => {
      if (!found.event) return undefined
      const event = {
        type: 'ticket.deadlinesRecomputed',
        ...found.event,
        at: clock.now(),
        by,
        version: ticket.version + 1,
      } as TicketEvent
      return { before: ticket, after: evolve(ticket, event), event }
    }
    /** Somebody was faster: his state is the one that counts, for this one ticket. */
    const retry = async (id: string): Promise<void> => {
      for (let attempt = 0; attempt < RETRIES; attempt += 1) {
        const ticket = await store.readOne(id)
        const change = ticket && changeOf(ticket, examine(ticket, { ...world, at: clock.now() }))
        if (!change) return
        if ((await store.write(jobId, [change])).length === 0) {
          sum.changed += 1
          sum.retried += 1
          return
        }
      }
    }

    const pace = createPace()
    let untouched = 0
    let touchedAt = performance.now()
    let notedAt = 0
    let reading = store.read(cursor, BATCH)
    const writing: Promise<void>[] = []
    // In the order of the tickets: the cursor may not pass what is not written yet.
    let done: Promise<void> = Promise.resolve()
    for (;;) {
      const tickets = await reading
      const last = tickets.at(-1)
      if (!last) break
      reading = store.read(last.id, BATCH)
      reading.catch(() => undefined)
      const changes: Change[] = []
      let over = 0
      let late = 0
      for (const ticket of tickets) {
        const found = examine(ticket, world)
        if (found.isMissed) late += 1
        if (found.wouldBeOver) over += 1
        const change = changeOf(ticket, found)
        if (change) changes.push(change)
        await pace()
      }
      // What a dead process had written and not noted any more is counted here; its batches lie together.
      const ids = untouched < PROBED ? tickets.map(({ id }) => id) : []
      const before = await store.doneAmong(jobId, ids)
      untouched = before.size > 0 ? 0 : untouched + 1
      if (writing.length >= WRITERS) await writing.shift()
      const written = store.write(jobId, changes)
      written.catch(() => undefined)
      const earlier = done
      done = (async () => {
        await earlier
        const stale = await written
        for (const id of stale) await retry(id)
        sum.seen += tickets.length
        sum.changed += changes.length - stale.length + before.size
        sum.missed += late
        sum.wouldBeOver += over
        sum.cursor = last.id
      })()
      // Its failure is met when its turn comes to be waited for.
      done.catch(() => undefined)
      writing.push(done)
      if (performance.now() - notedAt > NOTE_MS) {
        notedAt = performance.now()
        if (!(await store.note(jobId, owner, sum))) return
        deps.onProgress({ ...job, ...sum })
      }
      if (performance.now() - touchedAt > TOUCH_MS) {
        touchedAt = performance.now()
        await touch()
      }
    }
    await done
    const finishedAt = clock.now()
    if (await store.finish(jobId, owner, finishedAt, { ...sum, total: Math.max(sum.total, sum.seen) }))
      deps.onProgress({ ...job, ...sum, state: 'done', finishedAt })
  }

  return {
    preview,
    async start(cause, actor, notBefore, tx) {
      const { userId, name, unitId } = actor
      const job: RecomputeDoc = {
        _id: newJobId(),
        cause,
        state: 'waiting',
        createdAt: clock.now(),
        by: { userId, name, unitId },
        notBefore,
        cursor: '',
        total: 0,
        seen: 0,
        changed: 0,
        retried: 0,
        missed: 0,
        wouldBeOver: 0,
      }
      await store.insertJob(job, tx)
      return viewOfJob(job)
    },
    isStartedSince: async (at) => (await store.newestJobs(1)).some(({ createdAt }) => createdAt >= at),
    async work(touch) {
      const owner = randomUUID()
      for (;;) {
        const job = await store.takeJob(owner, clock.now())
        if (!job) return
        await run(job, owner, touch)
      }
    },
  }
}

let jobs = 0

/** In the order in which they were asked for. */
function newJobId(): string {
  jobs += 1
  return `${String(jobs).padStart(6, '0')}-${randomUUID()}`
}

/** Which way a ticket goes, by the deadline that people look at: the unit's, else the promise. */
function moveOf(
  ticket: Ticket,
  event: NonNullable<Examined['event']>,
): { direction: Direction; from?: Date; to?: Date } {
  const lead = event.clocks.find(({ assignmentId }) => assignmentId === ticket.leadAssignmentId)
  const moves = [lead, ...event.clocks].flatMap((one) =>
    one?.clock ? [{ from: one.from, to: one.clock.resolveBy }] : [],
  )
  if (event.promise) moves.push({ from: event.promise.from, to: event.promise.resolveBy })
  const moved = moves.find(({ from, to }) => from.getTime() !== to.getTime()) ?? moves[0]
  if (!moved) return { direction: 'steps' }
  const difference = moved.to.getTime() - moved.from.getTime()
  if (difference !== 0) return { direction: difference > 0 ? 'later' : 'earlier', ...moved }
  const wasProvisional = ticket.isProvisional || ticket.assignments.some(({ isProvisional }) => isProvisional)
  return { direction: wasProvisional ? 'confirmed' : 'steps', ...moved }
}

/** Counting must not hold up requests: now and then they have their turn. */
function createPace(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined
    return breathe().then(() => {
      since = performance.now()
    })
  }
}

export function viewOfJob(job: RecomputeDoc): RecomputeJobView {
  const { _id: id, by, createdAt, startedAt, finishedAt, notBefore, cursor: _c, owner: _o, ...rest } = job
  return {
    id,
    ...rest,
    byName: by.name,
    createdAt: createdAt.toISOString(),
    ...(notBefore > createdAt ? { notBefore: notBefore.toISOString() } : {}),
    ...(startedAt ? { startedAt: startedAt.toISOString() } : {}),
    ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}),
  }
}
