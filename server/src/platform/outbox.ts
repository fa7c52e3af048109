import { randomUUID } from 'node:crypto'
import { settleKey } from './http/idempotency'
import type { Job } from './jobs'
import type { Logger } from './log'
import type { Migration } from './migrations'
import { isOutage, type Db, type Session } from './mongo'

/** One change with all that follows from it: everything stands, or nothing does. */
export interface Tx {
  /** For the writes of the stores. */
  session: Session
  /** What somebody else has to learn of the change, kept with it until he has it. `body` is plain data. */
  post(topic: string, body: object): void
  /** For this process alone, once the change stands: what it holds in memory. Lost with it, and not missed. */
  after(step: () => unknown): void
}

/**
 * Runs `work` in a transaction; it may be run again when another change comes between, so all that it does outside the
 * database it does by `post` and `after`. Resolves when the letters have been received, as far as this process could see
 * to it.
 */
export type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

export interface Letter {
  _id: string
  topic: string
  body: object
  /** Not before this moment is it anybody else's to deliver. */
  nextAt: Date
  tries: number
}

/** Gets a letter at least once: it knows those that it had by their `_id`. */
export type Receiver = (letters: readonly Letter[]) => Promise<void>

export interface Outbox {
  transact: Transact
  receive(topic: string, receiver: Receiver): void
  /** What a dead process left, or what could not be delivered. @returns how many letters arrived */
  sweep(touch?: () => Promise<void>): Promise<number>
  job: Job
}

const COLLECTION = 'outbox'
const BATCH = 100
/** The process that wrote a letter delivers it itself, unless it is dead by then. */
const OWN_MS = 5000
const MOST_WAIT_MS = 10 * 60_000
/** Longer than an election takes, shorter than a person waits. */
const TRANSACT_MS = 12_000

export function createOutbox(db: Db, logger: Logger): Outbox {
  const letters = db.collection<Letter>(COLLECTION)
  const receivers = new Map<string, Receiver>()

  async function hand(topic: string, list: readonly Letter[]): Promise<void> {
    const receiver = receivers.get(topic)
    if (!receiver) throw new Error(`no receiver of ${topic}`)
    await receiver(list)
    // A letter that stays by mistake is received once more, which changes nothing.
    await letters.deleteMany({ _id: { $in: list.map(({ _id }) => _id) } }, { writeConcern: { w: 1 } })
  }

  const transact: Transact = async (work) => {
    let posted: Letter[] = []
    let steps: (() => unknown)[] = []
    const session = db.client.startSession()
    const result = await session
      .withTransaction(
        async () => {
          posted = []
          steps = []
          const done = await work({
            session,
            post: (topic, body) => {
              posted.push({ _id: randomUUID(), topic, body, nextAt: new Date(Date.now() + OWN_MS), tries: 0 })
            },
            after: (step) => steps.push(step),
          })
          if (posted.length > 0) await letters.insertMany(posted, { session })
          await settleKey(db, session)
          return done
        },
        { timeoutMS: TRANSACT_MS },
      )
      .finally(() => session.endSession())
    try {
      for (const step of steps) await step()
      const topics = new Set(posted.map(({ topic }) => topic))
      for (const topic of topics)
        await hand(
          topic,
          posted.filter((letter) => letter.topic === topic),
        )
    } catch (error) {
      // The change stands: who made it must not hear that it failed.
      logger.warn({ err: error }, '变更已生效，随后的通知或留痕稍后补上')
    }
    return result
  }

  async function sweep(touch: () => Promise<void> = async () => undefined): Promise<number> {
    let arrived = 0
    for (;;) {
      const due = await letters
        .find({ nextAt: { $lte: new Date() } })
        .sort({ nextAt: 1 })
        .limit(BATCH)
        .toArray()
      for (const letter of due) if (await arrives(letter)) arrived += 1
      if (due.length < BATCH) return arrived
      await touch()
    }
  }

  /** One that cannot be received holds up no other, and is tried again, less and less often. */
  async function arrives(letter: Letter): Promise<boolean> {
    const { _id, topic, tries } = letter
    try {
      await hand(topic, [letter])
      return true
    } catch (error) {
      if (isOutage(error)) throw error
      logger.error({ err: error, letter: _id, topic }, '留痕或通知没有送到，稍后重试')
      const nextAt = new Date(Date.now() + Math.min(OWN_MS * 2 ** tries, MOST_WAIT_MS))
      await letters.updateOne({ _id }, { $set: { nextAt }, $inc: { tries: 1 } })
      return false
    }
  }

  return {
    transact,
    receive: (topic, receiver) => void receivers.set(topic, receiver),
    sweep,
    job: { name: 'outbox.sweep', every: '3 seconds', run: async ({ touch }) => void (await sweep(touch)) },
  }
}

/** Written in transactions, in which not every version of the database makes a collection. */
const IN_TRANSACTIONS = [
  COLLECTION,
  'limitProfiles',
  'limitChoices',
  'calendarVersions',
  'recomputeJobs',
  'masterChanges',
  'callSettings',
  'ctiExchanges',
  'inspectionRounds',
  'inspections',
  'inspectionSheets',
  'knowledgeArticles',
  'knowledgeFeedback',
  'meetings',
  'exports',
]

export const outboxMigrations: Migration[] = [
  {
    id: 590,
    name: '变更的留痕与通知随变更一起写下',
    up: async (db) => {
      const known = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name))
      for (const name of IN_TRANSACTIONS) if (!known.has(name)) await db.createCollection(name)
      await db.collection(COLLECTION).createIndex({ nextAt: 1 })
    },
  },
]
