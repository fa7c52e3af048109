import { randomUUID } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import type { Revealed, TicketView } from '@hotline/shared/ticket/view'
import type { Company } from './company'
import type { Message } from './messages'
import { drawTodo, storyOf, type Story, type Todo } from './plan'
import { refusalOf } from './people'
import { createDice } from './random'
import { register } from './register'
import { leadOf, step, type Scene, type Step } from './step'
import { nextStep } from './steps'
import { kindOf } from './words'

/** What became of one message. */
export interface Played {
  index: number
  message: Message
  story: Story
  agent: string
  /** The caller's number, plain. */
  number: string
  ticketId?: string
  no?: string
  queryCode: string
  /** The plain number that a unit was shown, where one asked. */
  revealed?: Revealed
  /** Why it did not come to its end. */
  problem?: string
}

/** A long story has some forty steps. */
const MOST_STEPS = 120
/** So often in a row a step may come too late before it is a problem. */
const MOST_REFUSALS = 4
const TOO_LATE = ['staleVersion', 'illegalTransition', 'ruleViolated', 'forbidden', 'notFound']

/** From the registration to the end, one step after the other, by whoever's turn it is. */
export async function play(message: Message, index: number, company: Company): Promise<Played> {
  const { seed } = company
  const dice = createDice(`${seed}/${index}`)
  const story = storyOf(index, (block) => createDice(`${seed}/stories/${block}`))
  const todo = drawTodo(story, kindOf(message), dice)
  const played: Played = { index, message, story, agent: todo.agent, number: '', queryCode: '' }
  try {
    const { view, candidates, number } = await register(message, index, todo, dice, company)
    const queryCode = view.queryCode ?? ''
    Object.assign(played, { ticketId: view.id, no: view.no, number, queryCode })
    await toItsEnd({ view, todo, message, candidates, number, queryCode, world: company.world }, played, company)
  } catch (error) {
    if (played.ticketId && error instanceof AppError && error.code === 'unavailable')
      company.ledger.doubt(played.ticketId)
    played.problem = error instanceof Error ? error.message : String(error)
  }
  return played
}

async function toItsEnd(scene: Scene, played: Played, company: Company): Promise<void> {
  const beside: Promise<unknown>[] = []
  const failures: unknown[] = []
  let refusals = 0
  try {
    for (let taken = 1; ; taken += 1) {
      for (const urge of urges(scene, company)) beside.push(urge.catch((error: unknown) => failures.push(error)))
      scene.handlerId = await handlerFor(scene, company)
      const next = nextStep(scene)
      if (!next) break
      await reveal(scene, next, played, company)
      try {
        scene.view = await act(scene.view, next, company)
        refusals = 0
      } catch (error) {
        if (!(error instanceof AppError) || !TOO_LATE.includes(error.code)) throw error
        refusals += 1
        if (refusals > MOST_REFUSALS) throw refused(next, error)
        // Somebody else was faster: look again, and decide again.
        scene.view = await company.people.get<TicketView>('director', `/api/tickets/${scene.view.id}`)
      }
      if (taken === MOST_STEPS) throw new AppError('internal', `走了 ${MOST_STEPS} 步仍未办结`)
    }
  } finally {
    await Promise.all(beside)
  }
  if (failures.length > 0) throw failures[0]
}

function refused({ as, command }: Step, error: AppError): AppError {
  return new AppError(error.code, `${as} ${LIFECYCLE[command].label}：${error.message}`, error.details)
}

async function act(view: TicketView, { as, command, body, done }: Step, company: Company): Promise<TicketView> {
  const { people, ledger } = company
  const { id: userId } = await people.user(as)
  const path = `/api/tickets/${view.id}/${command}`
  const input = { ...body, version: view.version }
  const { body: after, ms } = await people.post<TicketView>(as, path, input, randomUUID())
  ledger.acknowledge({ ticketId: view.id, command, userId, base: view.version, version: after.version }, ms)
  done?.()
  return after
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

/** Urges come from elsewhere while others work, and must disturb nobody. */
function urges({ view, todo, world, queryCode }: Scene, company: Company): Promise<void>[] {
  const due = todo.urges.filter(({ at }) => at === view.status)
  todo.urges = todo.urges.filter(({ at }) => at !== view.status)
  return due.map(async ({ by }) => {
    try {
      if (by === 'caller') return await urgeAsCaller(view, queryCode, company)
      const as = urger(by, todo, view, world)
      await act(view, step(as, 'urge', { note: '诉求人再次来电催办' }), company)
    } catch (error) {
      // Meanwhile it may have come to its end, or a co-unit's clerk may have nothing below him any more.
      if (!(error instanceof AppError) || !TOO_LATE.includes(error.code)) throw error
    }
  })
}

/** The citizen himself, with nothing but number and code. */
async function urgeAsCaller({ id, no, version }: TicketView, code: string, { people, ledger }: Company): Promise<void> {
  const request = { method: 'POST', path: `/api/public/tickets/${no}/urge`, key: randomUUID() } as const
  const { status, body, ms } = await people.anyone({ ...request, body: { code } })
  if (status >= 300) throw refusalOf(status, body)
  const userId = `caller:${id}`
  ledger.acknowledge({ ticketId: id, command: 'urge', userId, base: version, version: Number.MAX_SAFE_INTEGER }, ms)
}

function urger(by: Todo['urges'][number]['by'], todo: Todo, view: TicketView, world: Scene['world']): string {
  if (by === 'agent') return todo.agent
  if (by === 'supervisor') return 'supervisor1'
  const lead = leadOf(view)
  const superior = lead && view.confidentiality === 0 ? world.superiorOf(lead.unitId) : undefined
  return by === 'superior' && superior ? `clerk@${superior}` : todo.dispatcher
}
