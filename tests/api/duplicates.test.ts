import type { DuplicatesAnswer, DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import type { TicketView } from '@hotline/shared/ticket/view'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, eventually, ok, openDatabase, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

const DAY = 86_400_000
const DETAIL = '工地连续三晚施工到凌晨两点，影响休息，孩子要中考，打过一次电话没有解决。'
const PLACE = { matterCode: '010501', regionCode: '371602005', address: '渤海十八路黄河五路' }
const DRAFT = { ...PLACE, title: '夜间施工噪音', detail: DETAIL }

let calls = 0
/** A number of nobody else's in this file. */
const aNumber = () => `1390000${String(++calls).padStart(4, '0')}`
/** A corner of nobody else's in this file. */
const aCorner = () => `长江${String(++calls)}路黄山${calls + 7}路`

const ask = async (username: string, body: object) =>
  ok(await (await desk.as(username)).post('/api/tickets/duplicates', body)) as DuplicatesAnswer
const of = ({ items }: DuplicatesAnswer, { no }: { no: string }): DuplicateView | undefined =>
  items.find((item) => item.no === no)
const fed = () =>
  eventually(
    () => database.db.collection('tickets').countDocuments({ isTextStale: true }),
    (stale) => stale === 0,
  )
const later = (days: number) => app.clock.advance(days * DAY)

describe('登记时的疑似重复', () => {
  it('同一号码七天前、同地点同事项、文字相似：第一条，说明理由，可以催办', async () => {
    const [number, address] = [aNumber(), aCorner()]
    const earlier = await desk.handling({ ...DRAFT, address, caller: aCaller({ number }) })
    later(7)
    const answer = await ask('agent1', { ...DRAFT, address, number })
    expect(answer.items[0]).toMatchObject({
      no: earlier.no,
      grade: 'repeat',
      confidence: 1,
      reasons: ['同一号码', '7 天前', '同地点同事项', '文字 100% 相似'],
      status: 'handling',
      leadUnitName: expect.stringContaining('住'),
      isSameNumber: true,
      isSuggested: false,
      canUrge: true,
      canMergeInto: true,
    })
  })

  it('打字打到一半也能问：只有号码，或只有半句话', async () => {
    const number = aNumber()
    await desk.register({ caller: aCaller({ number }) })
    expect(await ask('agent1', {})).toEqual({ items: [], callersToday: 0, isHot: false })
    expect((await ask('agent1', { number: '1' })).items).toEqual([])
    expect((await ask('agent1', { number, detail: '工' })).items).toEqual([])
    expect((await ask('agent1', { number, matterCode: PLACE.matterCode })).items).toHaveLength(1)
  })

  it('三十天以前的不提', async () => {
    const number = aNumber()
    const old = await desk.register({ caller: aCaller({ number }) })
    later(31)
    expect(of(await ask('agent1', { ...DRAFT, number }), old)).toBeUndefined()
  })

  it('别人登记的，话务员只看到编号、标题、地点、单位、时限，没有诉求人；看到了记审计，一件一次', async () => {
    const [number, address] = [aNumber(), aCorner()]
    const earlier = await desk.register(
      { ...DRAFT, address, title: '联系13811112222反映施工', caller: aCaller({ number, name: '欧阳静文' }) },
      'agent2',
    )
    const body = { ...DRAFT, address, number }
    const found = of(await ask('agent1', body), earlier)
    expect(found?.title).toContain('138****2222')
    expect(Object.keys(found ?? {})).not.toEqual(expect.arrayContaining(['contact', 'caller']))
    expect(JSON.stringify(found)).not.toMatch(/欧阳|13811112222|连续三晚/)
    await ask('agent1', { ...body, detail: `${DETAIL}还有` })

    const { items } = ok(await (await desk.as('director')).get('/api/audit?action=ticket.shownAsDuplicate'))
    const noted = items.filter(({ details }: { details: { nos: string[] } }) => details.nos.includes(earlier.no))
    expect(noted).toHaveLength(1)
    expect(JSON.stringify(noted)).not.toContain(number)
  })

  it('自己登记的、派单员看的不记', async () => {
    const number = aNumber()
    const mine = await desk.register({ caller: aCaller({ number }) }, 'agent1')
    for (const who of ['agent1', 'dispatcher1']) expect(of(await ask(who, { ...DRAFT, number }), mine)).toBeDefined()
    const { items } = ok(await (await desk.as('director')).get('/api/audit?action=ticket.shownAsDuplicate'))
    expect(JSON.stringify(items)).not.toContain(mine.no)
  })

  it('承办单位不能问', async () => {
    const answer = await (await desk.as(`clerk@${UNIT}`)).post('/api/tickets/duplicates', DRAFT)
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden'])
  })

  it('别人的保密件，话务员不知道有；派单员知道', async () => {
    const address = aCorner()
    const secret = await desk.register(
      { ...DRAFT, address, kind: 'report', confidentiality: 2, caller: aCaller({ number: aNumber() }) },
      'agent2',
    )
    await fed()
    const body = { ...DRAFT, address, number: aNumber() }
    expect(of(await ask('agent1', body), secret)).toBeUndefined()
    expect(of(await ask('dispatcher1', body), secret)?.grade).toBe('cluster')
  })

  it('办结了的也提示，但不能催', async () => {
    const [number, address] = [aNumber(), aCorner()]
    const closed = await desk.closed({ ...DRAFT, address, caller: aCaller({ number }) })
    expect(of(await ask('agent1', { ...DRAFT, address, number }), closed)).toMatchObject({
      status: 'closed',
      canUrge: false,
      canMergeInto: false,
    })
  })

  it('文字相似：不同号码、事项、区县也找得到', async () => {
    const detail = '校门口的斑马线磨没了，早晚接送孩子的车乱停，前天一个学生被电动车撞倒，请重新划线并装护栏。'
    const there = await desk.register({
      matterCode: '060304',
      regionCode: '371603',
      address: '一中',
      detail,
      title: '划线',
    })
    await fed()
    const { items } = await ask('agent1', { number: aNumber(), detail: detail.replace('前天', '昨天') })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ no: there.no, grade: 'alike', isSameNumber: false, canUrge: false })
  })
})

describe('同类聚合与热点', () => {
  it('不同来电人、同地点同事项：只关联；同一天满五人为热点', async () => {
    const address = aCorner()
    const numbers = Array.from({ length: 5 }, aNumber)
    const seen: DuplicatesAnswer[] = []
    for (const number of numbers) {
      const draft = { ...DRAFT, detail: `${DETAIL}${number.slice(-2)}`, address }
      seen.push(await ask('agent1', { ...draft, number }))
      await desk.register({ ...draft, caller: aCaller({ number }) })
    }
    expect(seen.map(({ callersToday }) => callersToday)).toEqual([1, 2, 3, 4, 5])
    expect(seen.map((answer) => answer.isHot)).toEqual([false, false, false, false, true])
    const here = seen[4]?.items.filter((item) => item.address === address) ?? []
    expect(here.map(({ grade, canUrge }) => [grade, canUrge])).toEqual(Array(4).fill(['cluster', false]))
    // The same person once more is no sixth.
    expect((await ask('agent1', { ...DRAFT, address, number: numbers[0] })).callersToday).toBe(5)
    later(1)
    expect((await ask('agent1', { ...DRAFT, address, number: aNumber() })).callersToday).toBe(1)
  })
})

describe('登记之后', () => {
  it('话务员催办他人登记的原工单：催办 +1，没有新工单', async () => {
    const [number, address] = [aNumber(), aCorner()]
    const earlier = await desk.handling({ ...DRAFT, address, caller: aCaller({ number }) })
    const before = await database.db.collection('tickets').countDocuments({})
    const found = of(await ask('agent2', { ...DRAFT, address, number }), earlier)!
    const agent2 = await desk.as('agent2')
    const note = '来电人再次反映：昨晚又施工到两点'
    const urged = ok(await agent2.post(`/api/tickets/${found.no}/urge`, { version: found.version, note })) as TicketView
    expect(urged.urgeCount).toBe(1)
    expect(await database.db.collection('tickets').countDocuments({})).toBe(before)
  })

  it('话务员登记时说是哪一件的重复：派单员看到“建议并入”，排在第一', async () => {
    const main = await desk.handling({ title: '路灯', detail: '路灯不亮已经三天。', address: aCorner() })
    const [number, address] = [aNumber(), aCorner()]
    const closer = await desk.register({ ...DRAFT, address, caller: aCaller({ number }) })
    const again = await desk.register({ ...DRAFT, address, caller: aCaller({ number }), duplicateOfId: main.id })
    expect(again.duplicateOfId).toBe(main.id)
    const { items } = await ask('dispatcher1', { ticketId: again.id })
    expect(items.map(({ no }) => no)).toEqual(expect.arrayContaining([main.no, closer.no]))
    expect(items[0]).toMatchObject({ no: main.no, isSuggested: true, canMergeInto: true })
    expect(items.some(({ no }) => no === again.no)).toBe(false)
  })

  it('派单台按工单问，看不到的工单问不到', async () => {
    const mine = await desk.register({ address: aCorner() }, 'agent1')
    const answer = await (await desk.as('agent2')).post('/api/tickets/duplicates', { ticketId: mine.id })
    expect(answer.status).toBe(404)
  })

  it('兼任承办单位岗位的话务员，试号码试不出匿名的是谁', async () => {
    const account = {
      username: 'two.hats',
      name: '诸葛明',
      roles: ['agent', 'clerk'],
      unitId: UNIT,
      password: 'Rain-2026-lamp',
    }
    ok(await (await desk.as('admin')).post('/api/users', account))
    const both = await app.signInFirst(account.username, account.password)
    const [number, address] = [aNumber(), aCorner()]
    const hidden = await desk.register({ ...DRAFT, address, caller: aCaller({ number, isAnonymous: true }) })
    const probe = async (tried: string) =>
      of(ok(await both.post('/api/tickets/duplicates', { ...DRAFT, address, number: tried })), hidden)
    const [his, another] = [await probe(number), await probe(aNumber())]
    expect(his).toEqual(another)
    expect(of(await ask('agent1', { ...DRAFT, address, number }), hidden)?.isSameNumber).toBe(true)
  })
})
