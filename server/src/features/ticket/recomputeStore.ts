import type { TicketEvent } from '@hotline/shared/ticket/events'
import { factsOf } from '@hotline/shared/ticket/facts'
import type { PoolOrder } from '@hotline/shared/limits/profile'
import { deskDueOf } from '@hotline/shared/ticket/deskDue'
import { dueByOf, unmetByOf } from '@hotline/shared/ticket/desks'
import { riskByOf } from '@hotline/shared/ticket/risk'
import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { By, Ticket } from '@hotline/shared/ticket/ticket'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import type { TicketDoc } from './ticketDocument'

/** One run over all tickets under way. Any process goes on where another one died. */
export interface RecomputeDoc {
  _id: string
  cause: string
  state: 'waiting' | 'running' | 'done'
  createdAt: Date
  by: By
  notBefore: Date
  startedAt?: Date
  finishedAt?: Date
  /** The last ticket that is done with. */
  cursor: string
  total: number
  seen: number
  changed: number
  retried: number
  missed: number
  wouldBeOver: number
  /** Who works on it; another one who takes it up makes the first one stop. */
  owner?: string
}

export type Progress = Partial<
  Pick<RecomputeDoc, 'cursor' | 'seen' | 'changed' | 'retried' | 'missed' | 'wouldBeOver' | 'total'>
>

export interface Change {
  before: Ticket
  after: Ticket
  event: TicketEvent
}

export interface RecomputeStore {
  countOpen(): Promise<number>
  /** Tickets under way behind `cursor`, without their long texts. */
  read(cursor: string, limit: number): Promise<Ticket[]>
  readOne(id: string): Promise<Ticket | undefined>
  /** @returns the tickets that somebody changed meanwhile, and so were left alone */
  write(jobId: string, changes: readonly Change[]): Promise<string[]>
  /** Of these, the ones that have been done by this job already. */
  doneAmong(jobId: string, ids: readonly string[]): Promise<Set<string>>

  insertJob(job: RecomputeDoc, tx: Tx): Promise<void>
  findJob(id: string): Promise<RecomputeDoc | undefined>
  newestJobs(limit: number): Promise<RecomputeDoc[]>
  /** The oldest one that is not done and may begin, now this owner's. */
  takeJob(owner: string, now: Date): Promise<RecomputeDoc | undefined>
  /** @returns false when it is another one's now */
  note(id: string, owner: string, progress: Progress): Promise<boolean>
  finish(id: string, owner: string, at: Date, progress: Progress): Promise<boolean>
}

/** Long texts, and what no deadline depends on. What is not named here is read: a new field must not be forgotten. */
const WITHOUT_TEXTS = {
  events: 0,
  keys: 0,
  sealed: 0,
  callerHashes: 0,
  facts: 0,
  excerpt: 0,
  scope: 0,
  desks: 0,
  deskDue: 0,
  leadPath: 0,
  matterPath: 0,
  regionPath: 0,
  't.detail': 0,
  't.newFacts': 0,
  't.contacts': 0,
  't.progress': 0,
  't.answer': 0,
  't.attachmentIds': 0,
  't.consultations.opinions': 0,
  't.consultations.visits': 0,
  't.supervisions.answers': 0,
  't.supervisions.requirement': 0,
  't.assignments.explain': 0,
  't.assignments.task': 0,
  't.assignments.standard': 0,
  't.assignments.note': 0,
  't.assignments.reply': 0,
  't.assignments.reviews': 0,
} as const

export function createRecomputeStore(db: Db, poolOrder: () => PoolOrder): RecomputeStore {
  const tickets = db.collection<TicketDoc>('tickets')
  const jobs = db.collection<RecomputeDoc>('recomputeJobs')
  const isOpen = { status: { $in: [...OPEN_STATUSES] } }

  return {
    countOpen: () => tickets.countDocuments(isOpen),
    async read(cursor, limit) {
      const rows = await tickets
        .find({ ...isOpen, _id: { $gt: cursor } }, { projection: WITHOUT_TEXTS })
        .sort({ _id: 1 })
        // Along the tickets under way, and not through a city's closed ones of ten years.
        .hint('underWay')
        .limit(limit)
        .batchSize(limit)
        .toArray()
      return rows.map(({ t }) => t)
    },
    readOne: async (id) => (await tickets.findOne({ _id: id, ...isOpen }, { projection: WITHOUT_TEXTS }))?.t,
    async write(jobId, changes) {
      if (changes.length === 0) return []
      const ids = changes.map(({ before }) => before.id)
      const desks = await desksAmong(ids)
      const order = poolOrder()
      const updates = changes.map((change) => updateOf(change, desks.get(change.before.id) ?? [], order))
      const { matchedCount } = await tickets.bulkWrite(updates, { ordered: false })
      if (matchedCount === changes.length) return []
      const done = await doneAmong(jobId, ids)
      return ids.filter((id) => !done.has(id))
    },
    doneAmong,

    insertJob: async (job, { session }) => void (await jobs.insertOne(job, { session })),
    findJob: async (id) => (await jobs.findOne({ _id: id })) ?? undefined,
    newestJobs: (limit) => jobs.find().sort({ createdAt: -1, _id: -1 }).limit(limit).toArray(),
    async takeJob(owner, now) {
      const mine = { $set: { owner, state: 'running' as const } }
      const options = { sort: { createdAt: 1, _id: 1 }, returnDocument: 'after' } as const
      const job = await jobs.findOneAndUpdate({ state: { $ne: 'done' }, notBefore: { $lte: now } }, mine, options)
      if (!job || job.startedAt) return job ?? undefined
      await jobs.updateOne({ _id: job._id, owner }, { $set: { startedAt: now } })
      return { ...job, startedAt: now }
    },
    note: async (_id, owner, progress) => (await jobs.updateOne({ _id, owner }, { $set: progress })).matchedCount === 1,
    async finish(_id, owner, finishedAt, progress) {
      const done = { $set: { ...progress, state: 'done' as const, finishedAt }, $unset: { owner: '' as const } }
      return (await jobs.updateOne({ _id, owner }, done)).matchedCount === 1
    },
  }

  /** Where they lie depends on what was left out of them, and no deadline moves it: as it is stored. */
  async function desksAmong(ids: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await tickets.find({ _id: { $in: [...ids] } }, { projection: { desks: 1 } }).toArray()
    return new Map(rows.map(({ _id, desks }) => [_id, desks]))
  }

  async function doneAmong(jobId: string, ids: readonly string[]): Promise<Set<string>> {
    const filter = { _id: { $in: [...ids] }, events: { $elemMatch: { jobId } } }
    const rows = await tickets.find(filter as never, { projection: { _id: 1 } }).toArray()
    return new Set(rows.map(({ _id }) => _id))
  }
}

/**
 * Only what moved: the document was read without its texts and must keep them. `hasNews` stays as it is: nobody is told
 * of a hundred thousand of these one by one; what else is to be told takes them along.
 */
function updateOf({ before, after, event }: Change, desks: readonly string[], order: PoolOrder) {
  const set: Record<string, unknown> = { version: after.version }
  const unset: Record<string, ''> = {}
  const put = (path: string, from: unknown, to: unknown) => putChanges(set, unset, path, from, to)
  put('t', before, after)
  put('deskDue', deskDueOf(before, desks), deskDueOf(after, desks))
  put('dueBy', dueByOf(before), dueByOf(after))
  put('unmetBy', unmetByOf(before), unmetByOf(after))
  put('riskBy', riskByOf(before, order), riskByOf(after, order))
  put('nextCheckAt', before.nextCheckAt, after.nextCheckAt)
  put('facts', factsOf(before), factsOf(after))
  return {
    updateOne: {
      filter: { _id: before.id, version: before.version },
      update: {
        $set: set,
        ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
        $push: { events: event } as never,
      },
    },
  }
}

/** Field by field and entry by entry; lists of the history only ever grow. */
function putChanges(
  set: Record<string, unknown>,
  unset: Record<string, ''>,
  path: string,
  from: unknown,
  to: unknown,
): void {
  if (isEqual(from, to)) return
  if (to === undefined) {
    unset[path] = ''
    return
  }
  if (isTree(from) && isTree(to) && Array.isArray(from) === Array.isArray(to)) {
    // Paths are made for what moved only: of a hundred values of a ticket these are ten.
    for (const name in to)
      if (!isEqual(from[name], to[name])) putChanges(set, unset, `${path}.${name}`, from[name], to[name])
    for (const name in from) if (!(name in to)) unset[`${path}.${name}`] = ''
    return
  }
  set[path] = to
}

function isEqual(from: unknown, to: unknown): boolean {
  return from === to || (from instanceof Date && to instanceof Date && from.getTime() === to.getTime())
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}

export const recomputeMigrations: Migration[] = [
  {
    id: 620,
    name: '时限重算：在办工单与任务的索引',
    up: async (db) => {
      await db.collection('tickets').createIndex({ status: 1, _id: 1 }, { name: 'underWay' })
      await db.collection('recomputeJobs').createIndexes([
        { key: { state: 1, createdAt: 1 }, name: 'open' },
        { key: { createdAt: -1 }, name: 'newest' },
      ])
    },
  },
]
