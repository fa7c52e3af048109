import { shiftDay } from '@hotline/shared/calendar/day'
import { weekOf, type MeetingView } from '@hotline/shared/meeting/meeting'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { NAME, NUMBER, ok, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
let week: string
let overdueNo: string
let otherNo: string
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  const overdue = await desk.dispatched({}, { limit: { kind: 'hours', n: 1 } })
  overdueNo = overdue.no
  otherNo = (await desk.register({})).no
  app.clock.set(new Date(new Date(overdue.resolveBy ?? '').getTime() + 1000))
  week = weekOf(app.clock.now())
})
afterAll(() => app.stop())

const get = async (who: string, path = `/${week}`): Promise<MeetingView> =>
  ok(await (await app.signIn(who)).get(`/api/meetings${path}`))
const post = async (who: string, path: string, body: object, of = week) =>
  (await app.signIn(who)).post(`/api/meetings/${of}${path}`, body)
const version = async (of = week) => (await get('director', `/${of}`)).version

describe('周例会清单', () => {
  it('按规则归集，写明缘由；再归集一次，写好的不动', async () => {
    expect(await get('supervisor1')).toMatchObject({ version: 0, items: [], canEdit: true })
    const first: MeetingView = ok(await post('supervisor1', '/gather', { version: 0 }))
    const item = first.items.find(({ no }) => no === overdueNo)
    expect(item).toMatchObject({ reasons: ['overdue'], unitId: UNIT, weeks: 1, state: 'open' })
    const edit = { problem: '施工方拒不停工', demand: '住建局牵头，三日内停工整改', deadline: '2027-12-31' }
    ok(await post('supervisor1', `/items/${item?.id}`, { version: first.version, ...edit }))
    const again: MeetingView = ok(await post('supervisor1', '/gather', { version: first.version + 1 }))
    expect(again.items.filter(({ no }) => no === overdueNo)).toMatchObject([edit])
  })

  it('提请一件、移除一件都写理由；移除的可以再提请；重复的、没有的说明白', async () => {
    const added: MeetingView = ok(
      await post('director', '/items', { version: await version(), no: otherNo, reason: '多人反映' }),
    )
    const item = added.items.find(({ no }) => no === otherNo)
    expect(item).toMatchObject({ reasons: ['hand'], proposal: { reason: '多人反映' } })
    const twice = await post('director', '/items', { version: added.version, no: otherNo, reason: '再提' })
    expect([twice.status, twice.body.message]).toEqual([422, `${otherNo} 已在清单里`])
    const missing = await post('director', '/items', { version: added.version, no: '371600000000000000', reason: '查' })
    expect(missing.status).toBe(404)
    const silent = await post('director', `/items/${item?.id}/remove`, { version: added.version, reason: ' ' })
    expect(silent.body.details.fields).toEqual([{ path: 'reason', message: '请填写移除理由' }])
    const removed: MeetingView = ok(
      await post('director', `/items/${item?.id}/remove`, { version: added.version, reason: '已另行协调' }),
    )
    expect(removed.items.find(({ no }) => no === otherNo)?.removed?.reason).toBe('已另行协调')
    const back = await post('director', '/items', { version: removed.version, no: otherNo, reason: '又有来电' })
    expect((ok(back) as MeetingView).items.find(({ no }) => no === otherNo)?.removed).toBeUndefined()
    expect((await post('director', '/gather', { version: removed.version })).body.code).toBe('staleVersion')
  })

  it('排次序要含每一件', async () => {
    const { items, version: now } = await get('director')
    const ids = items.map(({ id }) => id).reverse()
    expect((await post('director', '/order', { version: now, ids: ids.slice(1) })).status).toBe(400)
    const ordered: MeetingView = ok(await post('director', '/order', { version: now, ids }))
    expect(ordered.items.map(({ id }) => id)).toEqual(ids)
  })

  it('议定事项写齐才能召开；召开以后清单不再改，落实可以登记', async () => {
    const early = await post('director', '/hold', { version: await version() })
    expect([early.status, early.body.message]).toEqual([422, `还有 1 件没有议定事项：${otherNo}`])
    const { items } = await get('director')
    const other = items.find(({ no }) => no === otherNo)
    const edit = { version: await version(), problem: '', demand: '街道本周上门' }
    ok(await post('director', `/items/${other?.id}`, edit))
    const held: MeetingView = ok(await post('director', '/hold', { version: await version() }))
    expect(held).toMatchObject({ state: 'held', canEdit: false, canFollow: true })
    expect((await post('director', '/gather', { version: held.version })).status).toBe(422)
    const done: MeetingView = ok(
      await post('director', `/items/${other?.id}/done`, { version: held.version, words: '已上门解决' }),
    )
    expect(done.items.find(({ no }) => no === otherNo)).toMatchObject({ state: 'done', done: { words: '已上门解决' } })
    const twice = await post('director', `/items/${other?.id}/done`, { version: done.version, words: '再登' })
    expect(twice.status).toBe(422)
    const audited = ok(await (await app.signIn('director')).get('/api/audit?action=meeting.held'))
    expect(audited.items[0]).toMatchObject({ targetLabel: `周例会 ${week}`, details: { items: 2 } })
  })

  it('没有落实的带入下一次，记着第几周', async () => {
    const next = shiftDay(week, 7)
    const list: MeetingView = ok(await post('supervisor1', '/gather', { version: 0 }, next))
    const carried = list.items.find(({ no }) => no === overdueNo)
    expect(carried).toMatchObject({ weeks: 2, demand: '住建局牵头，三日内停工整改' })
    expect(carried?.reasons).toEqual(['carried', 'overdue'])
    expect(list.items.map(({ no }) => no)).not.toContain(otherNo)
    const weeks = ok(await (await app.signIn('cityleader')).get('/api/meetings')).items
    expect(weeks.map((one: { week: string; open: number }) => [one.week, one.open])).toEqual([
      [next, 1],
      [week, 1],
    ])
  })

  it('保密件的诉求人，写在清单里市领导也看不到', async () => {
    const next = shiftDay(week, 21)
    const secret = await desk.register({ confidentiality: 1 })
    const reason = `${NAME}反映多次`
    const added: MeetingView = ok(await post('director', '/items', { version: 0, no: secret.no, reason }, next))
    const edit = { problem: `${NAME} ${NUMBER}`, demand: `向${NAME}说明` }
    ok(await post('director', `/items/${added.items[0]?.id}`, { version: added.version, ...edit }, next))
    const shown = JSON.stringify(await get('cityleader', `/${next}`))
    expect(shown).toContain(secret.no)
    expect(shown).not.toContain(NAME)
    expect(shown).not.toContain(NUMBER)
    expect(JSON.stringify(await get('director', `/${next}`))).toContain(NAME)
  })

  it('市领导只看；话务员和单位看不到；不是周一的日期不收', async () => {
    expect(await get('cityleader')).toMatchObject({ canEdit: false, canFollow: false })
    expect((await post('cityleader', '/gather', { version: 0 })).status).toBe(403)
    for (const who of ['agent1', `clerk@${UNIT}`])
      expect((await (await app.signIn(who)).get(`/api/meetings/${week}`)).status).toBe(403)
    const tuesday = await (await app.signIn('director')).get(`/api/meetings/${shiftDay(week, 1)}`)
    expect(tuesday.status).toBe(400)
  })
})
