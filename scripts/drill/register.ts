import { randomUUID } from 'node:crypto'
import type { Candidate } from '@hotline/shared/catalogue/candidates'
import { FALLBACK_MATTER } from '@hotline/shared/catalogue/matterData'
import type { CommandInput } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Company } from './company'
import type { Message } from './messages'
import type { Todo } from './plan'
import type { Dice } from './random'
import { addressOf } from './words'

export interface Registered {
  view: TicketView
  candidates: Candidate[]
  number: string
}

/** A message becomes a ticket: place, matter by the catalogue's words, and who is going to have it. */
export async function register(
  message: Message,
  index: number,
  todo: Todo,
  dice: Dice,
  company: Company,
): Promise<Registered> {
  const { people, world, ledger, runId } = company
  const region = world.regionOf(message, dice)
  const number = `1${dice.pick(['30', '35', '38', '51', '58', '86', '99'])}${String(dice.int(0, 99_999_999)).padStart(8, '0')}`
  const name = `${dice.pick(['王', '李', '张', '刘', '陈', '赵', '孙'])}${dice.pick(['女士', '先生', '晓明', '秀兰'])}`
  const { title, detail } = message
  const { items } = (
    await people.post<{ items: { code: string }[] }>(todo.agent, '/api/matters/suggest', { title, detail, limit: 1 })
  ).body
  const matterCode = items[0]?.code ?? FALLBACK_MATTER
  const ask = async (accused: string[]) => {
    const query = new URLSearchParams({
      matterCode,
      regionCode: region.code,
      accused: accused.join(','),
      confidentiality: String(todo.confidentiality),
    })
    return (await people.get<{ items: Candidate[] }>(todo.agent, `/api/catalogue/candidates?${query}`)).items
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
  const body: CommandInput<'register'> = {
    // Where nobody leaves a number, the channel itself is the way back.
    channel: todo.isAnonymous ? 'peopleDaily' : 'website',
    caller: todo.isAnonymous ? { isAnonymous: true } : { number, name },
    kind: todo.kind,
    matterCode,
    regionCode: region.code,
    address: addressOf(message, region.fullName).slice(0, 200),
    occurredAt: message.occurredAt?.toISOString(),
    title,
    detail,
    urgency: todo.urgency,
    confidentiality: todo.confidentiality,
    accusedUnitIds,
    externalNo: externalNoOf(runId, index),
  }
  const user = await people.user(todo.agent)
  const { body: view, ms } = await people.post<TicketView>(todo.agent, '/api/tickets', body, randomUUID())
  ledger.acknowledge({ ticketId: view.id, command: 'register', userId: user.id, base: 0, version: view.version }, ms)
  return { view, candidates, number }
}

/** One run's tickets are told from all others by it. */
export function externalNoOf(runId: string, index: number): string {
  return `drill-${runId}-${index}`
}
