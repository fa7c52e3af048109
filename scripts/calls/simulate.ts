import { randomUUID } from 'node:crypto'
import type { CallSettings, NewExchange } from '@hotline/shared/call/settings'
import { AppError } from '@hotline/shared/error'
import type { UserItem } from '@hotline/shared/user/account'
import { createClient } from '../drill/client'
import { createPeople, type People } from '../drill/people'
import { compare, findCalls, type Comparison } from './check'
import type { CommandLine } from './options'
import { planCalls } from './plan'
import { playCalls, type Played, type PlayOptions } from './play'

const DIRECTOR = 'director'
const PATIENCE_MS = 60_000

export interface Simulated {
  played: Played
  comparison: Comparison
}

/** An exchange for as long as it plays: connected, played, compared, and disconnected again. */
export async function simulate(
  line: CommandLine,
  { ending, isAtOnce, onEnded }: Pick<PlayOptions, 'ending' | 'isAtOnce' | 'onEnded'>,
): Promise<Simulated> {
  const client = createClient([line.address], PATIENCE_MS)
  const people = createPeople(client, line.password)
  const lines = await linesOf(people, line.agents)
  const connected = line.token === undefined ? await connect(people) : undefined
  const token = line.token ?? connected?.token ?? ''
  try {
    const extensions = lines.map(({ extension }) => extension)
    const { rate, talk, count } = line
    // Another day the same seed must not meet its own calls of today.
    const seed = connected ? line.seed : `${line.seed}-${Date.now().toString(36)}`
    const calls = planCalls({ rate, talk, extensions, seed })
    const played = await playCalls({ client, token, calls, count, ending, isAtOnce, onEnded })
    const ids = new Set(played.calls.flatMap((call) => [...call.ids]))
    const held = await findCalls(people, DIRECTOR, ids)
    const agentAt = new Map(lines.map(({ extension, userId }) => [extension, userId]))
    return { played, comparison: compare(played, held, agentAt) }
  } finally {
    if (connected) await people.post(DIRECTOR, `/api/call-settings/exchanges/${connected.id}/revoke`, {}, randomUUID())
  }
}

async function connect(people: People): Promise<NewExchange> {
  const { body } = await people.post<NewExchange>(
    DIRECTOR,
    '/api/call-settings/exchanges',
    { name: '模拟交换机' },
    randomUUID(),
  )
  return body
}

/** The telephones to be rung, all or those of these accounts. */
async function linesOf(people: People, agents: readonly string[] | undefined): Promise<CallSettings['lines']> {
  const { lines } = await people.get<CallSettings>(DIRECTOR, '/api/call-settings')
  const wanted = agents && (await Promise.all(agents.map((username) => idOf(people, username))))
  const chosen = wanted ? lines.filter(({ userId }) => wanted.includes(userId)) : lines
  if (chosen.length === 0) throw new AppError('ruleViolated', '没有可打的分机：请在“设置 → 话务接口”里给话务员分机')
  return chosen
}

async function idOf(people: People, username: string): Promise<string> {
  const { items } = await people.get<{ items: UserItem[] }>(DIRECTOR, `/api/users?q=${encodeURIComponent(username)}`)
  const found = items.find((user) => user.username === username)
  if (!found) throw new AppError('notFound', `没有账号 ${username}`)
  return found.id
}
