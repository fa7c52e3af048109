import { AppError } from '@hotline/shared/error'
import type { Page } from '@hotline/shared/page'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import type { People } from '../people'
import { createDice } from '../random'
import { searchWordsOf } from '../words'
import type { Findings } from './check'
import type { Digest } from './scan'

const MOST_TICKETS = 20
const UNITS = 10

/** A sample of tickets, each looked for by people whom it does not concern: by id, by number, by its words, and by a command. */
export async function areHidden({ people, played, scan, views, world, seed }: Findings): Promise<string[]> {
  const wrong: string[] = []
  const dice = createDice(`${seed}/hidden`)
  const most = Math.min(MOST_TICKETS, Math.ceil(played.length / 4))
  const secret = played.filter(({ story }) => ['secret', 'consulted', 'consultedReturn'].includes(story))
  const sample = [...secret, ...dice.shuffled(played)].slice(0, most)
  // Units that are at work in this run, else any.
  const busy = new Set([...views.values()].flatMap(({ leadUnitId }) => leadUnitId ?? []))
  for (const { ticketId, agent } of sample) {
    const digest = scan.digests.get(ticketId ?? '')
    const view = views.get(ticketId ?? '')
    if (!digest || !view) continue
    const others = world.units.filter(({ id, kind }) => !kind.startsWith('hotline') && !mayList(digest, id))
    const near = others.filter(({ id }) => busy.has(id))
    const outside = near.length > 0 ? near : others
    // Who was asked in a consultation and got no part has no business with it any more.
    const asked = (view.consultations ?? []).flatMap(({ units }) => units.map(({ unitId }) => unitId))
    const strangers = [
      ...asked.filter((id) => !mayList(digest, id)).map((id) => `clerk@${id}`),
      `clerk@${dice.pick(outside).id}`,
      `handler@${dice.pick(outside).id}`,
      ...(digest.confidentiality === 2 ? digest.accusedUnitIds.map((id) => `lead@${id}`) : []),
      agent === 'agent1' ? 'agent2' : 'agent1',
      'admin',
    ]
    for (const stranger of strangers) {
      // An agent may open a ticket by its exact number, because the caller reads it to him.
      const names = stranger.startsWith('agent') ? [view.id] : [view.id, view.no]
      for (const name of names)
        if (!(await isRefused(() => people.get(stranger, `/api/tickets/${name}`))))
          wrong.push(`${stranger} 打开了 ${view.no}`)
      if (
        !(await isRefused(() => people.post(stranger, `/api/tickets/${view.id}/urge`, { version: view.version }, KEY)))
      )
        wrong.push(`${stranger} 催办了 ${view.no}`)
      if (await finds(people, stranger, view)) wrong.push(`${stranger} 搜到了 ${view.no}`)
    }
    if (digest.confidentiality === 2) wrong.push(...(await offered(people, view, world)))
    const { status } = await people.anyone({ method: 'GET', path: `/api/tickets/${view.id}` })
    if (status !== 401) wrong.push(`未登录打开 ${view.no}：${status}`)
  }
  return wrong
}

/** Accused units among those that it could be given to. */
async function offered(people: People, view: TicketView, world: Findings['world']): Promise<string[]> {
  const { matterCode = '', regionCode, accusedUnitIds, no } = view
  const asked = { matterCode, regionCode, accused: accusedUnitIds.join(','), confidentiality: '2' }
  const path = `/api/catalogue/candidates?${new URLSearchParams(asked)}`
  const { items } = await people.get<{ items: { unitId: string; coUnitIds: string[] }[] }>('dispatcher1', path)
  const ids = items.flatMap(({ unitId, coUnitIds }) => [unitId, ...coUnitIds])
  const accused = ids.filter((id) => world.pathOf(id).some((above) => accusedUnitIds.includes(above)))
  return accused.map((id) => `${no} 的候选单位里有被反映的 ${id}`)
}

const KEY = 'drill-stranger'

export async function isRefused(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look()
    return false
  } catch (error) {
    if (error instanceof AppError && ['notFound', 'forbidden'].includes(error.code)) return true
    throw error
  }
}

async function finds(people: People, username: string, view: TicketView): Promise<boolean> {
  const [word] = searchWordsOf({ title: view.title ?? '', detail: view.detail })
  if (!word) return false
  const path = `/api/tickets?q=${encodeURIComponent(word)}&pageSize=100`
  try {
    return (await people.get<Page<TicketRow>>(username, path)).items.some(({ id }) => id === view.id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') return false
    throw error
  }
}

/** A unit's whole list against what the histories say it may see: nothing more, nothing less. */
export async function areListed({ people, scan, views, seed }: Findings): Promise<string[]> {
  const wrong: string[] = []
  const units = [...new Set([...views.values()].flatMap(({ assignments }) => assignments.flatMap((a) => a.unitPath)))]
  const known = [...scan.digests.values()]
  for (const unitId of createDice(`${seed}/listed`).shuffled(units).slice(0, UNITS)) {
    const listed = new Set(await idsOf(people, `clerk@${unitId}`, scan.since))
    const allowed = known.filter(
      (digest) => digest.recount.registeredAt >= scan.since.getTime() && mayList(digest, unitId),
    )
    const more = [...listed].filter((id) => !allowed.some((digest) => digest.id === id))
    const less = allowed.filter(({ id }) => !listed.has(id))
    if (more.length > 0) wrong.push(`${unitId} 多看到 ${more.length} 张：${more[0]}`)
    if (less.length > 0) wrong.push(`${unitId} 少看到 ${less.length} 张：${less[0]?.no}`)
  }
  return wrong
}

async function idsOf(people: People, username: string, since: Date): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; ; page += 1) {
    const path = `/api/tickets?sort=oldest&pageSize=100&page=${page}&from=${since.toISOString()}`
    const { items } = await people.get<Page<TicketRow>>(username, path)
    ids.push(...items.map(({ id }) => id))
    if (items.length < 100) return ids
  }
}

/** ticket.md §6 in this drill's own words: a unit that has a part and all above it, but no accused one of a secret ticket. */
export function mayList({ unitPaths, confidentiality, accusedUnitIds }: Digest, unitId: string): boolean {
  return unitPaths.some((path) => {
    const at = path.indexOf(unitId)
    if (at < 0) return false
    return confidentiality < 2 || !path.slice(at).some((above) => accusedUnitIds.includes(above))
  })
}
