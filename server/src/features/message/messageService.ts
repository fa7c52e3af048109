import { normalizePhone, maskPhone, maskText } from '@hotline/shared/user/masking'
import { purgeAfter, type Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Logger } from '../../platform/log'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { SealedPlace } from '../../platform/reseal'

/** A message to somebody outside: a citizen, a duty contact. */
export interface OutboundMessage {
  /** What it tells of, once and for all: the same key is the same message. */
  key: string
  purpose: 'registered' | 'extended' | 'result' | 'dutyAlert' | 'other'
  /** Telephone number. */
  to: string
  text: string
  /** Parts of the text that administrators must not read, such as a query code. */
  secrets?: readonly string[]
  ticketId?: string
}

/** The way out. It may be called twice with one key when a process dies in between: a gateway must know the key. */
export interface MessageAdapter {
  name: string
  /** Nothing goes out: what is enqueued counts as sent. */
  isRecordingOnly?: boolean
  send(message: { key: string; to: string; text: string }): Promise<void>
}

/** Sends nothing: a city without a gateway sees in the list what would have gone out. */
export const RECORDING_ADAPTER: MessageAdapter = { name: '仅记录', isRecordingOnly: true, send: async () => {} }

export interface MessageRow {
  _id: string
  purpose: OutboundMessage['purpose']
  /** Sealed; the masked ones are what screens show. */
  to: string
  text: string
  maskedTo: string
  maskedText: string
  ticketId?: string
  state: 'pending' | 'sent' | 'failed'
  adapter?: string
  attempts: number
  nextAttemptAt: Date
  createdAt: Date
  sentAt?: Date
  lastError?: string
  purgeAt: Date
}

export interface Messages {
  /** Idempotent: what was enqueued under its key already is not sent again. */
  enqueue(messages: readonly OutboundMessage[]): Promise<void>
  /** Sends what is due; answers how many went out. */
  sendDue(touch: () => Promise<void>): Promise<number>
}

const KEEP_SECONDS = 180 * 24 * 3600
const LEASE_MS = 60_000
const FIRST_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 6 * 3600_000
const MAX_ATTEMPTS = 12

interface Deps {
  db: Db
  crypto: Crypto
  clock: Clock
  adapter: MessageAdapter
  logger: Logger
}

const contextOf = (key: string, field: string) => `messages/${key}/${field}`

/** Where messages' sealed values stand, for a change of keys. */
export const SEALED_IN_MESSAGES: SealedPlace<Pick<MessageRow, '_id' | 'to' | 'text'>> = {
  collection: 'messages',
  label: '对外消息',
  projection: { to: 1, text: 1 },
  valuesOf: ({ _id, to, text }) => [
    { path: 'to', value: to, context: contextOf(_id, 'to') },
    { path: 'text', value: text, context: contextOf(_id, 'text') },
  ],
}

export function createMessages({ db, crypto, clock, adapter, logger }: Deps): Messages {
  const rows = db.collection<MessageRow>('messages')

  return {
    async enqueue(messages) {
      if (messages.length === 0) return
      await rows.insertMany(messages.map(rowOf), { ordered: false }).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error
      })
    },

    async sendDue(touch) {
      let sent = 0
      for (let row = await claim(); row; row = await claim()) {
        if (await deliver(row)) sent += 1
        await touch()
      }
      return sent
    },
  }

  function rowOf({ key, purpose, to, text, secrets = [], ticketId }: OutboundMessage): MessageRow {
    const number = normalizePhone(to)
    const shown = secrets.reduce((rest, secret) => rest.replaceAll(secret, '*'.repeat(6)), text)
    const now = clock.now()
    return {
      _id: key,
      purpose,
      to: crypto.seal(number, contextOf(key, 'to')),
      text: crypto.seal(text, contextOf(key, 'text')),
      maskedTo: maskPhone(number),
      maskedText: maskText(shown),
      ticketId,
      ...(adapter.isRecordingOnly ? { state: 'sent', adapter: adapter.name, sentAt: now } : { state: 'pending' }),
      attempts: 0,
      nextAttemptAt: now,
      createdAt: now,
      purgeAt: purgeAfter(KEEP_SECONDS),
    }
  }

  /** Takes one message for a minute; whoever dies with it gives it to the next. */
  function claim(): Promise<MessageRow | null> {
    const now = clock.now()
    return rows.findOneAndUpdate(
      { state: 'pending', nextAttemptAt: { $lte: now } },
      { $set: { nextAttemptAt: new Date(now.getTime() + LEASE_MS) }, $inc: { attempts: 1 } },
      { sort: { nextAttemptAt: 1 }, returnDocument: 'after' },
    )
  }

  async function deliver(row: MessageRow): Promise<boolean> {
    const mine = { _id: row._id, attempts: row.attempts }
    try {
      const to = crypto.open(row.to, contextOf(row._id, 'to'))
      const text = crypto.open(row.text, contextOf(row._id, 'text'))
      await adapter.send({ key: row._id, to, text })
    } catch (error) {
      logger.warn({ err: error, key: row._id, attempts: row.attempts }, '消息没有发出去')
      const delay = Math.min(FIRST_RETRY_MS * 2 ** (row.attempts - 1), LONGEST_RETRY_MS)
      const state = row.attempts >= MAX_ATTEMPTS ? 'failed' : 'pending'
      const lastError = maskText(error instanceof Error ? error.message : String(error)).slice(0, 200)
      const nextAttemptAt = new Date(clock.now().getTime() + delay)
      await rows.updateOne(mine, { $set: { state, lastError, nextAttemptAt } })
      return false
    }
    await rows.updateOne(mine, { $set: { state: 'sent', adapter: adapter.name, sentAt: clock.now() } })
    return true
  }
}
