import { randomUUID } from 'node:crypto'
import type { People } from '../drill/people'

/** What the consoles keep beside the tickets: views of the list, and exports. */
export async function stageConsoles(people: People): Promise<void> {
  const post = async (username: string, path: string, body: unknown) =>
    (await people.post<{ id: string }>(username, path, body, randomUUID())).body

  const views = [
    ['超期的投诉', { overdue: 'true', kind: 'complaint' }],
    ['滨城区在办', { open: 'true', regionCode: '371602' }],
    ['今日到期', { dueToday: 'true', sort: 'due' }],
  ] as const
  for (const [name, query] of views) await post('director', '/api/views', { name, query })
  await post('supervisor1', '/api/views', {
    name: '本周噪声扰民',
    query: { q: '施工' },
    audience: { roles: ['director'], isForUnit: false },
  })
  await post('director', '/api/exports', { list: 'tickets', reason: '11 月第 4 周例会材料', columns: ['no', 'title'] })
  await post('director', '/api/exports', { list: 'statsUnits', reason: '月度通报附表' })
}
