import { randomUUID } from 'node:crypto'
import { dayOf, endOfDay } from '@hotline/shared/calendar/day'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, aReply, NAME, NUMBER, ok, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const ask = (no: string, code: string) =>
  app.request('GET', `/api/public/tickets/${no}`, { headers: { 'Query-Code': code } })
const urge = (no: string, body: object, key: string | null = randomUUID()) =>
  app.request('POST', `/api/public/tickets/${no}/urge`, { body, key })

async function aTicket(registration: Record<string, unknown> = {}) {
  const { id, no, queryCode = '' } = await desk.register(registration)
  return { id, no, code: queryCode }
}
const wrongCode = (code: string) => (code === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA')

describe('凭编号和查询码查进度', () => {
  it('一路上都是平常话：到哪里了、谁在办、最晚何时', async () => {
    const ticket = await aTicket()
    const sentence = async () => ok(await ask(ticket.no, ticket.code)).sentence
    expect(await sentence()).toBe('您的诉求已受理，正在确定承办单位。')
    const body = { leadUnitId: UNIT, task: '内部任务', standard: '内部标准', limit: { kind: 'profile' } }
    const dispatched = await desk.act('dispatcher1', ticket, 'dispatch', body)
    expect(await sentence()).toMatch(/^您的诉求已转.*住.*，最晚 .* 月 .* 日.*答复您。$/)
    await desk.act(`clerk@${UNIT}`, ticket, 'acknowledge')
    expect(await sentence()).toContain('正在办理')
    expect(ok(await ask(ticket.no, ticket.code)).resolveBy).toBe(dispatched.resolveBy)
    await desk.act(`handler@${UNIT}`, ticket, 'reply', aReply(app.clock.now(), { handling: '内部办理情况' }))
    await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '内部意见' })
    expect(ok(await ask(ticket.no, ticket.code)).reply).toBeUndefined()
    await desk.act('dispatcher1', ticket, 'reviewByHotline', { isPassed: true, opinion: '内部意见' })
    const seen = ok(await ask(ticket.no, ticket.code.toLowerCase()))
    expect(seen.reply).toBe('您反映的夜间施工已停止。')
    expect(seen.steps.map(({ text }: { text: string }) => text)).toEqual([
      '诉求已登记',
      '热线已受理',
      expect.stringMatching(/^已转/),
      '承办单位已签收',
      '承办单位已答复',
    ])
    const people = ['agent1', 'dispatcher1', `clerk@${UNIT}`, `handler@${UNIT}`, `lead@${UNIT}`]
    const names = await Promise.all(people.map(async (person) => (await desk.as(person)).user.name))
    for (const hidden of [NUMBER, NAME, '内部', ticket.id, ticket.code, ...names])
      expect(JSON.stringify(seen)).not.toContain(hidden)
    expect(Object.keys(seen).sort()).toEqual(
      ['can', 'canUrge', 'no', 'registeredAt', 'reply', 'sentence', 'status', 'steps', 'title'].sort(),
    )
  })

  it('标题、答复里的电话号码也掩去', async () => {
    const ticket = await aTicket({ title: `请联系 ${NUMBER}`, caller: aCaller() })
    await desk.act('agent1', ticket, 'answer', { answer: `请拨打 13912345678 咨询` })
    const seen = ok(await ask(ticket.no, ticket.code))
    expect([seen.title, seen.reply]).toEqual(['请联系 138****1234', '请拨打 139****5678 咨询'])
  })

  it('编号错、查询码错：同样的话；查询码位数不对：400', async () => {
    const ticket = await aTicket()
    const refused = await ask(ticket.no, wrongCode(ticket.code))
    const unknown = await ask('371600261120999999', ticket.code)
    const garbage = await ask(ticket.id, ticket.code)
    for (const { status, body } of [refused, unknown, garbage])
      expect([status, body.code, body.message, body.details]).toEqual([404, 'notFound', '工单编号或查询码不正确', {}])
    for (const code of ['', 'ABC', 'ABCDEFG']) {
      const answer = await ask(ticket.no, code)
      expect([answer.status, answer.body.details.fields[0].path]).toEqual([400, 'code'])
    }
    expect((await app.request('GET', `/api/public/tickets/${ticket.no}`)).status).toBe(400)
  })

  it('猜一张工单的查询码：错五次之后越等越久，连对的也要等，用话说明等多久；别的工单不受影响', async () => {
    app.clock.advance(25 * 3600_000)
    const [ticket, other] = [await aTicket(), await aTicket()]
    const wrong = () => ask(ticket.no, wrongCode(ticket.code))
    for (let n = 0; n < 5; n += 1) expect((await wrong()).status).toBe(404)
    for (const [seconds, words] of [
      [30, '30 秒'],
      [120, '2 分钟'],
      [600, '10 分钟'],
      [1800, '30 分钟'],
      [3600, '1 小时'],
      [3600, '1 小时'],
    ] as const) {
      const slowed = await ask(ticket.no, ticket.code)
      expect([slowed.status, slowed.body.code, slowed.headers.get('Retry-After')]).toEqual([
        429,
        'tooMany',
        `${seconds}`,
      ])
      expect(slowed.body.message).toBe(`输错次数较多，为保护您的信息，请 ${words}后再试`)
      app.clock.advance(seconds * 1000 - 1000)
      expect((await wrong()).status).toBe(429)
      app.clock.advance(1000)
      expect((await wrong()).status).toBe(404)
    }
    ok(await ask(other.no, other.code))
    app.clock.advance(3600_000)
    ok(await ask(ticket.no, ticket.code))
    // A right one: what was wrong before is forgotten.
    for (let n = 0; n < 5; n += 1) expect((await wrong()).status).toBe(404)
    expect((await wrong()).status).toBe(429)
  })

  it('等的时候再试，不算一次，也不加长', async () => {
    app.clock.advance(25 * 3600_000)
    const ticket = await aTicket()
    for (let n = 0; n < 5; n += 1) await ask(ticket.no, wrongCode(ticket.code))
    for (let n = 0; n < 20; n += 1) expect((await ask(ticket.no, wrongCode(ticket.code))).status).toBe(429)
    app.clock.advance(30_000)
    ok(await ask(ticket.no, ticket.code))
  })

  it('一次涌来的猜测也只核对五个', async () => {
    app.clock.advance(3 * 3600_000)
    const ticket = await aTicket()
    const guesses = await Promise.all(Array.from({ length: 30 }, () => ask(ticket.no, wrongCode(ticket.code))))
    expect(guesses.filter(({ status }) => status === 404)).toHaveLength(5)
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(25)
  })

  it('猜编号：一个地址错六十次之后越等越久；查对的不计', async () => {
    app.clock.advance(3 * 3600_000)
    const ticket = await aTicket()
    for (let n = 0; n < 80; n += 1) ok(await ask(ticket.no, ticket.code))
    for (let n = 0; n < 60; n += 1) expect((await ask(`3716002611209${10_000 + n}`, 'AAAAAA')).status).toBe(404)
    const slowed = await ask(ticket.no, ticket.code)
    expect([slowed.status, slowed.body.message]).toEqual([429, '输错次数较多，为保护您的信息，请 1 分钟后再试'])
    app.clock.advance(60_000)
    for (let n = 0; n < 5; n += 1) ok(await ask(ticket.no, ticket.code))
    expect((await ask('371600261120999998', 'AAAAAA')).status).toBe(404)
    expect((await ask(ticket.no, ticket.code)).body.details.retryAfter).toBe(300)
    app.clock.advance(3600_000)
    ok(await ask(ticket.no, ticket.code))
  })

  it('查询码在地址里的不认：地址会留在别处', async () => {
    const ticket = await aTicket()
    const inAddress = await app.request('GET', `/api/public/tickets/${ticket.no}?code=${ticket.code}`)
    expect([inAddress.status, inAddress.body.details.fields[0].message]).toEqual([400, '查询码为 6 位'])
  })

  it('超过承诺的时间照实说', async () => {
    const ticket = await desk.dispatched()
    const { queryCode } = ok(
      await (
        await desk.as('dispatcher1')
      ).post(`/api/tickets/${ticket.id}/reveal`, {
        field: 'queryCode',
        reason: '核对来电人身份',
      }),
    )
    const { resolveBy } = ok(await ask(ticket.no, queryCode))
    app.clock.set(new Date(Date.parse(resolveBy) + 60_000))
    expect(ok(await ask(ticket.no, queryCode)).sentence).toMatch(
      /^您的诉求已转.*，原定 .* 月 .* 日.*答复您，已经超过，热线正在督促。$/,
    )
  })
})

describe('诉求人催办', () => {
  it('一天一次，单位收到；次日可再催；催办内容不改状态', async () => {
    app.clock.advance(3 * 3600_000)
    const ticket = await aTicket()
    expect(ok(await ask(ticket.no, ticket.code)).canUrge).toBe(true)
    const told = ok(await urge(ticket.no, { code: ticket.code, note: '还要多久' }))
    expect([told.canUrge, told.steps.at(-1).text]).toEqual([false, '您催办了一次'])
    const today = dayOf(app.clock.now())
    expect(told.nextUrgeAt).toBe(endOfDay(today).toISOString())
    const again = await urge(ticket.no, { code: ticket.code })
    expect([again.status, again.body.message]).toEqual([422, '一天只能催办一次'])
    const seen = ok(await desk.see('director', ticket))
    expect([seen.urgeCount, seen.status, seen.history.at(-1).by.name]).toEqual([1, 'accepted', '诉求人'])
    app.clock.advance(24 * 3600_000)
    ok(await urge(ticket.no, { code: ticket.code }))
  })

  it('同键重试不算第二次；没有键、查询码错，不催', async () => {
    const ticket = await aTicket()
    const key = randomUUID()
    ok(await urge(ticket.no, { code: ticket.code }, key))
    ok(await urge(ticket.no, { code: ticket.code }, key))
    expect(ok(await desk.see('director', ticket)).urgeCount).toBe(1)
    expect((await urge(ticket.no, { code: ticket.code }, null)).status).toBe(400)
    expect((await urge(ticket.no, { code: wrongCode(ticket.code) })).status).toBe(404)
  })
})
