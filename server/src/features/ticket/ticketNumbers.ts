import { randomInt } from 'node:crypto'
import { dayOf } from '@hotline/shared/calendar/day'
import type { Db } from '../../platform/mongo'

interface Counter {
  _id: string
  n: number
}

/** Numbers that a process takes at once: gaps are allowed, doubles are not, and a request waits for no counter. */
const BLOCK = 50
/** Without look-alikes: no 0 O 1 I L. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

export interface TicketNumbers {
  /** City code (6) + yyMMdd + the day's sequence (≥ 6 digits): `371600261122000041`. */
  next(at: Date): Promise<string>
}

export function createTicketNumbers(db: Db, cityCode: string): TicketNumbers {
  const counters = db.collection<Counter>('counters')
  let block: { prefix: string; next: number; end: number } | undefined
  let reserving: Promise<void> = Promise.resolve()

  async function reserve(prefix: string): Promise<void> {
    if (block?.prefix === prefix && block.next < block.end) return
    const _id = `ticket:${prefix}`
    const row = await counters.findOneAndUpdate(
      { _id },
      { $inc: { n: BLOCK } },
      { upsert: true, returnDocument: 'after' },
    )
    const end = row?.n ?? BLOCK
    block = { prefix, next: end - BLOCK, end }
  }

  return {
    async next(at) {
      const prefix = `${cityCode}${dayOf(at).slice(2).replaceAll('-', '')}`
      for (;;) {
        if (block?.prefix === prefix && block.next < block.end) {
          block.next += 1
          return `${prefix}${String(block.next).padStart(6, '0')}`
        }
        reserving = reserving.catch(() => undefined).then(() => reserve(prefix))
        await reserving
      }
    },
  }
}

export function drawQueryCode(): string {
  return Array.from({ length: 6 }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
}
