import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import { createClient, type Trouble } from './client'
import type { Company } from './company'
import { check, type Check } from './checks/check'
import { createLedger, type Ledger } from './ledger'
import type { Message } from './messages'
import { createPeople } from './people'
import { play, type Played } from './play'
import type { TicketView } from '@hotline/shared/ticket/view'
import { lookAround } from './world'

export interface DrillOptions {
  urls: readonly string[]
  messages: readonly Message[]
  password: string
  seed: string
  /** How long a single request may wait for the system to come back. */
  patienceMs: number
  /** Messages under way at once. */
  concurrency: number
  /** New messages a second, at most. */
  rate?: number
  onProgress?(progress: Progress): void
}

export interface Progress {
  registered: number
  ended: number
  inFlight: number
  of: number
  /** Acknowledged writes so far. */
  acknowledged: number
  trouble: Trouble
}

export interface DrillResult {
  ok: boolean
  checks: Check[]
  played: Played[]
  /** Mine, as they are at the end. */
  views: ReadonlyMap<string, TicketView>
  ledger: Ledger
  trouble: Trouble
  people: number
  seconds: number
}

/** Plays all messages, then looks whether everything is as it must be. @throws AppError when it cannot even begin */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  await assertReachable(options)
  const client = createClient(options.urls, options.patienceMs)
  const people = createPeople(client, options.password)
  const progress: Progress = {
    ...{ registered: 0, ended: 0, inFlight: 0, acknowledged: 0 },
    of: options.messages.length,
    trouble: client.trouble,
  }
  const tell = () => options.onProgress?.(progress)
  const ledger = createLedger((acknowledged) => {
    progress.acknowledged = acknowledged
    tell()
  })
  const runId = `${Date.now().toString(36)}${randomBytes(3).toString('hex')}`
  const company: Company = { people, ledger, world: await lookAround(people, 'director'), runId, seed: options.seed }
  const startedAt = new Date()
  const began = performance.now()
  const played = await playAll(options, company, progress, tell)
  const seconds = (performance.now() - began) / 1000
  const { checks, views } = await check({ ...company, played, trouble: client.trouble, startedAt })
  return {
    ok: checks.every(({ ok }) => ok),
    ...{ checks, played, views, ledger, seconds },
    trouble: client.trouble,
    people: people.count(),
  }
}

/** Nobody waits two minutes to learn that nothing has been started. */
const PATIENCE_AT_FIRST_MS = 10_000

async function assertReachable({ urls, patienceMs }: DrillOptions): Promise<void> {
  const client = createClient(urls, Math.min(patienceMs, PATIENCE_AT_FIRST_MS))
  try {
    await client.send({ method: 'GET', path: '/livez' })
  } catch (error) {
    throw new AppError('unavailable', `连不上 ${urls.join('，')}，请先启动系统（npm start）`, {}, { cause: error })
  }
}

async function playAll(options: DrillOptions, company: Company, progress: Progress, tell: () => void) {
  const { messages, concurrency, rate } = options
  const played: Played[] = []
  const began = performance.now()
  let next = 0
  const worker = async () => {
    for (let index = next++; index < messages.length; index = next++) {
      const message = messages[index]
      if (!message) return
      const early = rate === undefined ? 0 : began + (index / rate) * 1000 - performance.now()
      if (early > 0) await pause(early)
      progress.inFlight += 1
      progress.registered += 1
      tell()
      played.push(await play(message, index, company))
      progress.inFlight -= 1
      progress.ended += 1
      tell()
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, messages.length) }, worker))
  return played.sort((a, b) => a.index - b.index)
}
