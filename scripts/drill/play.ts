import { randomUUID } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import type { Revealed } from '@hotline/shared/ticket/view'
import { act, lookAgain, TOO_LATE } from './act'
import type { Company } from './company'
import type { Message } from './messages'
import type { Pair } from './pair'
import { drawTodo, rectificationTodo, type Todo } from './plan'
import { createDice } from './random'
import { findRectification, rateAtCounter } from './rating'
import { register } from './register'
import { leadOf, MEETING, type Scene, type Step } from './step'
import { nextStep } from './steps'
import { isJoining, storyOf, type Story } from './stories'
import { until } from './until'
import { urges } from './urges'
import { kindOf } from './words'

/** What became of one message, or of the ticket that came of its bad rating. */
export interface Played {
  index: number
  message: Message
  story: Story
  agent: string
  /** The caller's number, plain. */
  number: string
  ticketId?: string
  no?: string
  /** Absent where the caller was told none. */
  queryCode: string
  /** The plain number that a unit was shown, where one asked. */
  revealed?: Revealed
  /** Why it did not come to its end. */
  problem?: string
  /** Came of another one of this run. */
  isExtra?: true
}

export interface Play {
  /** The message's own ticket, then what came of it. */
  readonly played: readonly Played[]
  /** On to the end, or until nothing more happens without time passing. */
  goOn(): Promise<void>
  /** The moment that it waits for, in milliseconds; undefined: it is over. */
  waitsUntil(): number | undefined
}

/** A long story has some hundred steps. */
const MOST_STEPS = 250
/** So often in a row a step may come too late before it is a problem. */
const MOST_REFUSALS = 4
/** The clock's sweep comes every two seconds; where many are due at once, or a process was killed, later. */
const PATIENCE_MS = 120_000

/** From the registration to the end, one step after the other, by whoever's turn it is. */
export function createPlay(message: Message, index: number, company: Company, pair?: Pair): Play {
  const { seed, time } = company
  const dice = createDice(`${seed}/${index}`)
  const storiesOf = (block: number) => createDice(`${seed}/stories/${block}`)
  const story = storyOf(index, storiesOf, time.isMovable)
  const isJoiner = isJoining(story)
  const todo = drawTodo(story, kindOf(message), dice, pair?.joiner)
  const played: Played[] = []
  let waits: number | undefined
  let current: { scene: Scene; own: Played } | undefined

  async function begin(): Promise<void> {
    const own: Played = { index, message, story, agent: todo.agent, number: '', queryCode: '' }
    played.push(own)
    const main = isJoiner ? await pair?.main : undefined
    if (isJoiner && !main) throw new AppError('unavailable', '没有可以并入的主单')
    const begun = todo.rating
      ? await rateAtCounter(message, index, todo, dice, company)
      : await register(message, index, todo, dice, company, main)
    Object.assign(own, { number: begun.number, queryCode: begun.queryCode, message: begun.message })
    current = { scene: sceneOf(begun, todo.rating ? rectificationTodo(todo, dice) : todo), own }
    Object.assign(current.scene, {
      meets: story === 'mergeMain' && pair ? dice.pick(['accepted', 'handling'] as const) : undefined,
      joins: main ? ['merge', story === 'unmerged' ? 'unmerge' : 'urge'] : [],
      mainId: main?.view.id,
    })
    named()
  }

  function sceneOf(
    begun: Pick<Scene, 'view' | 'message' | 'number' | 'queryCode'> & Partial<Scene>,
    todo: Todo,
  ): Scene {
    const { isMovable: hasClock, now } = time
    return { candidates: [], joins: [], ...begun, todo, world: company.world, hasClock, now }
  }

  const named = () => {
    if (current) Object.assign(current.own, { ticketId: current.scene.view.id, no: current.scene.view.no })
  }

  /** @returns whether it has come to its end */
  async function toItsEnd(scene: Scene, own: Played): Promise<boolean> {
    const beside: Promise<unknown>[] = []
    const failures: unknown[] = []
    let refusals = 0
    try {
      for (let taken = 1; ; taken += 1) {
        for (const urge of urges(scene, company)) beside.push(urge.catch((error: unknown) => failures.push(error)))
        scene.handlerId = await handlerFor(scene, company)
        if (isJoiner && scene.joins.length === 0) pair?.done()
        const next = nextStep(scene)
        if (!next) break
        if (next === MEETING) {
          pair?.ready(scene)
          await pair?.whenDone
          scene.meets = undefined
          scene.view = await lookAgain(scene.view.id, company)
        } else if ('until' in next) {
          waits = Date.parse(next.until)
          if (time.isMovable && waits > time.now()) return false
          await untilDone(scene, next.until)
          waits = undefined
        } else {
          await reveal(scene, next, own, company)
          try {
            scene.view = await act(scene, next, company)
            refusals = 0
          } catch (error) {
            if (!(error instanceof AppError) || !TOO_LATE.includes(error.code)) throw error
            refusals += 1
            if (refusals > MOST_REFUSALS) throw error
            // Somebody else was faster: look again, and decide again.
            scene.view = await lookAgain(scene.view.id, company)
          }
        }
        if (taken === MOST_STEPS) throw new AppError('internal', `走了 ${MOST_STEPS} 步仍未办结`)
      }
    } finally {
      await Promise.all(beside)
    }
    if (failures.length > 0) throw failures[0]
    return true
  }

  /** What is due by now the system does itself. */
  async function untilDone(scene: Scene, due: string): Promise<void> {
    const isDone = await until(async () => {
      const view = await lookAgain(scene.view.id, company)
      const isChanged = view.version > scene.view.version
      scene.view = view
      return isChanged
    }, PATIENCE_MS)
    if (!isDone) throw new AppError('internal', `到期（${due}）后系统没有处理`)
  }

  /** The caller's bad rating becomes a ticket of its own, which is brought to its end too. */
  async function follow(scene: Scene): Promise<void> {
    const view = await findRectification(scene.view.id, company)
    const { message, number, candidates } = scene
    const todo = rectificationTodo(scene.todo, dice)
    const own: Played = { index, message, story, agent: todo.agent, number, queryCode: '', isExtra: true }
    played.push(own)
    current = { scene: sceneOf({ view, message, number, candidates, queryCode: '' }, todo), own }
    named()
  }

  return {
    played,
    waitsUntil: () => waits,
    async goOn() {
      waits = undefined
      try {
        if (!current) await begin()
        while (current && (await toItsEnd(current.scene, current.own))) {
          const isRated = current.scene.view.rating !== undefined && !current.own.isExtra
          if (!isRated) break
          await follow(current.scene)
        }
      } catch (error) {
        waits = undefined
        const own = played.at(-1)
        if (own?.ticketId && error instanceof AppError && error.code === 'unavailable')
          company.ledger.doubt(own.ticketId)
        if (own) own.problem = error instanceof Error ? error.message : String(error)
      } finally {
        // Whoever counts on this one goes on alone.
        if (waits === undefined) pair?.leave()
      }
    },
  }
}

/** Whom the clerk gives the work to. */
async function handlerFor({ view, todo }: Scene, { people }: Company): Promise<string | undefined> {
  const lead = leadOf(view)
  if (!todo.assignsHandler || lead?.status !== 'handling' || lead.handlerId) return undefined
  return (await people.user(`handler@${lead.unitId}`)).id
}

/** Before he calls, the handler asks for the number. */
async function reveal({ view, todo }: Scene, { as, command }: Step, played: Played, { people }: Company) {
  if (command !== 'recordContact' || !todo.reveals) return
  todo.reveals = false
  const input = { field: 'contact', reason: '联系诉求人' }
  const { body } = await people.post<Revealed>(as, `/api/tickets/${view.id}/reveal`, input, randomUUID())
  // An answer that got lost is not given again.
  if (body.number) played.revealed = body
}
