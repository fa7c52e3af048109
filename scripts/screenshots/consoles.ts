import { randomUUID } from 'node:crypto'
import { dayOf, shiftDay, weekdayOf } from '@hotline/shared/calendar/day'
import type { NewExchange } from '@hotline/shared/call/settings'
import { openExchange } from '../calls/exchange'
import type { People } from '../drill/people'
import { DUTIES, NOTICES } from './consoleStories'

/** What the consoles keep beside the tickets: calls, views, exports, the roster, a meeting, an inspection, notices. */
export async function stageConsoles(people: People, address: string): Promise<void> {
  const post = async <T = { id: string; version: number }>(username: string, path: string, body: unknown) =>
    (await people.post<T>(username, path, body, randomUUID())).body
  const today = dayOf(new Date())

  await stageCalls(
    await post<NewExchange>('director', '/api/call-settings/exchanges', { name: '市级话务平台' }),
    address,
  )

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

  for (const [title, text] of NOTICES) await post('director', '/api/city-notices', { title, text })
  for (let n = 0; n < 3; n += 1)
    await post('supervisor1', `/api/roster/${shiftDay(today, n)}/duties`, { version: 0, duties: DUTIES })
  await post('director', `/api/roster/${today}/patrols`, {
    at: new Date().toISOString(),
    place: '话务大厅、派单席',
    found: '晚高峰来电排队最长 40 秒，已调两名后备席位上线；派单席积压三件，均为待补充地址。',
    handedTo: '话务组 宋少华',
  })

  const monday = shiftDay(today, -((weekdayOf(today) + 6) % 7))
  await post('supervisor1', `/api/meetings/${monday}/gather`, { version: 0 })
  const inspectors = await Promise.all(['inspector', 'shiftlead'].map((username) => people.user(username)))
  await post('supervisor1', '/api/inspections/rounds', {
    name: '十一月办件质量双随机检查',
    kind: 'handling',
    from: shiftDay(today, -7),
    to: today,
    sample: { by: 'count', n: 4 },
    inspectorIds: inspectors.map(({ id }) => id),
  })
}

/** Two missed calls that wait for somebody, and one that rings at agent1's telephone. */
async function stageCalls({ path }: NewExchange, address: string): Promise<void> {
  const exchange = openExchange(address + path)
  for (const from of ['13854300176', '05433168822']) {
    const missed = await exchange.ring({ from, to: '8002', queue: '综合队列' })
    await missed.hangup('noAnswer')
  }
  const talked = await exchange.ring({ from: '13954300001', to: '8003', queue: '综合队列' })
  await talked.answer('8003')
  await talked.hangup()
  const call = await exchange.ring({ from: '13954300001', to: '8001', queue: '综合队列' })
  await call.answer('8001')
}
