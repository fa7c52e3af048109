import { randomUUID } from 'node:crypto'
import type { Candidate } from '@hotline/shared/catalogue/candidates'
import { FALLBACK_MATTER } from '@hotline/shared/catalogue/matterData'
import { AppError } from '@hotline/shared/error'
import type { CommandInput } from '@hotline/shared/ticket/commands'
import type { DuplicatesAnswer } from '@hotline/shared/ticket/duplicatesView'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Company } from './company'
import type { Message } from './messages'
import { refusalOf } from './people'
import type { Todo } from './plan'
import type { Dice } from './random'
import type { Scene } from './step'
import { until } from './until'
import { addressOf } from './words'

/** What a registration has told. */
export type Registered = Pick<Scene, 'view' | 'candidates' | 'number' | 'queryCode' | 'message' | 'matterCode'>

/** The ticket that it will be merged into, and what was said there. */
type Main = Pick<Scene, 'view' | 'message' | 'number'>

/** A message becomes a ticket: place, matter by the catalogue's words, and who is going to have it. */
export async function register(
  given: Message,
  index: number,
  todo: Todo,
  dice: Dice,
  company: Company,
  main?: Main,
): Promise<Registered> {
  const { people, world } = company
  const number = `1${dice.pick(['30', '35', '38', '51', '58', '86', '99'])}${String(dice.int(0, 99_999_999)).padStart(8, '0')}`
  const name = `${dice.pick(['王', '李', '张', '刘', '陈', '赵', '孙'])}${dice.pick(['女士', '先生', '晓明', '秀兰'])}`
  // Another caller's words for the same matter in the same place.
  const message = main ? main.message : given
  const region = todo.delegates ? dice.pick(world.delegableTowns) : world.regionOf(message, dice)
  const { title, detail } = message
  const suggest = { title, detail, limit: 1 }
  const { items } = (await people.post<{ items: { code: string }[] }>(todo.agent, '/api/matters/suggest', suggest)).body
  const matterCode =
    main?.view.matterCode ??
    (todo.delegates ? dice.pick(world.townMatters) : undefined) ??
    items[0]?.code ??
    FALLBACK_MATTER
  const regionCode = main?.view.regionCode ?? region.code
  const ask = async (accused: string[]) => {
    const asked = { matterCode, regionCode, accused: accused.join(','), confidentiality: String(todo.confidentiality) }
    const path = `/api/catalogue/candidates?${new URLSearchParams(asked)}`
    return (await people.get<{ items: Candidate[] }>(todo.agent, path)).items
  }
  let candidates = await ask([])
  const accusedUnitIds: string[] = []
  const first = world.units.find(({ id }) => id === candidates[0]?.unitId)
  if (todo.accusesFirst && first && ['bureau', 'countyBureau', 'town'].includes(first.kind)) {
    accusedUnitIds.push(first.id)
    candidates = await ask(accusedUnitIds)
  }
  // Nobody could sign off a weighty one there: a city's government has no head of its own.
  if (first?.kind === 'city' && todo.urgency === 'critical') todo.urgency = 'urgent'
  const { kind, urgency, confidentiality, isAnonymous } = todo
  const body: CommandInput<'register'> = {
    // Where nobody leaves a number, the channel itself is the way back.
    channel: todo.hasNoNumber ? 'peopleDaily' : 'website',
    caller: todo.hasNoNumber ? { isAnonymous } : { number, name, isAnonymous },
    kind: main?.view.kind ?? kind,
    matterCode,
    regionCode,
    address: main?.view.address ?? addressOf(message, region.fullName).slice(0, 200),
    occurredAt: message.occurredAt?.toISOString(),
    title,
    detail,
    urgency,
    confidentiality,
    accusedUnitIds,
    externalNo: externalNoOf(company.runId, index),
    duplicateOfId: main?.view.id,
  }
  if (todo.asksDuplicates) await askDuplicates(body, todo, company, main)
  const view = (todo.isPublic && (await bySelf(body, company))) || (await byAgent(body, todo, company))
  return { view, candidates, number, queryCode: view.queryCode ?? '', message, matterCode }
}

async function byAgent(body: CommandInput<'register'>, { agent }: Todo, { people, ledger }: Company) {
  const user = await people.user(agent)
  const { body: view, ms } = await people.post<TicketView>(agent, '/api/tickets', body, randomUUID())
  ledger.acknowledge({ ticketId: view.id, command: 'register', userId: user.id, base: 0, version: view.version }, ms)
  return view
}

/** By the citizen, without an account. Nothing where too many have come from this address within the hour. */
async function bySelf(body: CommandInput<'register'>, { people, ledger }: Company): Promise<TicketView | undefined> {
  const { caller, kind, regionCode, address, occurredAt, title, detail } = body
  const input = { channel: 'wechat', caller, kind, regionCode, address, occurredAt, title, detail }
  const {
    status,
    body: told,
    ms,
  } = await people.anyone({
    ...({ method: 'POST', path: '/api/public/tickets', key: randomUUID() } as const),
    ...{ body: input, isImpatient: true },
  })
  if (status === 429) return undefined
  if (status !== 201) throw refusalOf(status, told)
  const { no, queryCode } = told as { no: string; queryCode: string }
  const view = await people.get<TicketView>('director', `/api/tickets/${no}`)
  ledger.acknowledge({ ticketId: view.id, command: 'register', userId: 'public', base: 0, version: 1 }, ms)
  return { ...view, queryCode }
}

/** 重复识别, as the form asks while the agent types. What another caller has just said of the same matter must be found. */
async function askDuplicates(
  { title, detail, matterCode, regionCode, address, caller }: CommandInput<'register'>,
  { agent }: Todo,
  { people }: Company,
  main: Main | undefined,
): Promise<void> {
  const input = { title, detail, matterCode, regionCode, address, number: caller.number }
  const ask = async () => {
    const { items } = (await people.post<DuplicatesAnswer>(agent, '/api/tickets/duplicates', input)).body
    return !main || items.some(({ id }) => id === main.view.id)
  }
  if (!(await until(ask))) throw new AppError('internal', `登记时没有提示疑似重复的 ${main?.view.no}`)
}

/** One run's tickets are told from all others by it. */
export function externalNoOf(runId: string, index: number): string {
  return `drill-${runId}-${index}`
}
