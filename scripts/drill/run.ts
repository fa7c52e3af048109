import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import { createClient, type Trouble } from './client'
import type { Company } from './company'
import { check, type Check } from './checks/check'
import { createLedger, type Ledger } from './ledger'
import type { Message } from './messages'
import { createPeople } from './people'
import { createPair } from './pair'
import { createPlay, type Play, type Played } from './play'
import { createDice } from './random'
import { joinerOf } from './stories'
import { findTime } from './time'
import { archiveAll, leapOn, type OnLeap } from './leaps'
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
  onLeap?: OnLeap
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
  /** How often the clock was moved forward; undefined: it cannot be. */
  leaps?: number
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
  const time = await findTime(people)
  const world = await lookAround(people, 'director')
  const company: Company = { people, ledger, world, time, runId, seed: options.seed }
  const startedAt = new Date(time.now())
  const began = performance.now()
  const plays = await playAll(options, company, progress, tell)
  const leaps = time.isMovable ? await leapOn(plays, company, options.concurrency, options.onLeap) : undefined
  const played = plays.flatMap((play) => play.played)
  if (leaps) leaps.count += await archiveAll(played, company)
  const seconds = (performance.now() - began) / 1000
  const { checks, views } = await check({ ...company, played, trouble: client.trouble, startedAt })
  return {
    ok: checks.every(({ ok }) => ok),
    ...{ checks, played, views, ledger, seconds },
    leaps: leaps?.count,
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

/** As far as each goes without time passing. Two of one matter are played side by side. */
async function playAll(options: DrillOptions, company: Company, progress: Progress, tell: () => void): Promise<Play[]> {
  const { messages, concurrency, rate } = options
  const plays: Play[] = []
  const began = performance.now()
  const joinerAt = (index: number) =>
    index < messages.length - 1 ? joinerOf(index, (block) => createDice(`${company.seed}/stories/${block}`)) : undefined
  let next = 0
  const worker = async () => {
    for (let index = next++; index < messages.length; index = next++) {
      const joiner = joinerAt(index)
      if (joiner) next += 1
      const early = rate === undefined ? 0 : began + (index / rate) * 1000 - performance.now()
      if (early > 0) await pause(early)
      const pair = joiner && createPair(joiner)
      const here = messages
        .slice(index, joiner ? index + 2 : index + 1)
        .map((message, at) => createPlay(message, index + at, company, pair))
      plays.push(...here)
      progress.inFlight += here.length
      progress.registered += here.length
      tell()
      await Promise.all(here.map((play) => play.goOn()))
      progress.inFlight -= here.length
      progress.ended += here.length
      tell()
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, messages.length) }, worker))
  return plays.sort((a, b) => (a.played[0]?.index ?? 0) - (b.played[0]?.index ?? 0))
}
