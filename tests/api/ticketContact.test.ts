import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import {
  aCallback,
  aCaller,
  aReply,
  COUNTY,
  eventually,
  NAME,
  NUMBER,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  UNIT,
  type Desk,
} from '../helpers/desk'
import { listen, type Ear } from '../helpers/socket'

const OTHER_NUMBER = '13911112222'
const CALLED = '13722223333'
const HOME = '黄河八路渤海九路金色家园3号楼'
/** In every spelling that may have come in. */
const PLAIN = new RegExp([NUMBER, '138-0000-1234', OTHER_NUMBER, CALLED, NAME, HOME].join('|'))

let app: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>
const log: string[] = []
const ears: Ear[] = []
beforeAll(async () => {
  app = await startApp({ logTo: { write: (line) => void log.push(line) } })
  desk = openDesk(app)
  database = await openDatabase(app)
  for (const person of ['agent1', 'dispatcher1', 'director', `clerk@${UNIT}`, `lead@${COUNTY}`])
    ears.push(await listen(app, await desk.as(person)))
})
afterAll(async () => {
  for (const ear of ears) ear.close()
  await database.close()
  await app.stop()
})

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`
const caller = aCaller({ number: '138-0000-1234', phone: OTHER_NUMBER, address: HOME })
const reveal = async (
  person: string,
  { id }: { id: string },
  body: object = { field: 'contact', reason: '联系诉求人' },
) => (await desk.as(person)).post(`/api/tickets/${id}/reveal`, body)
const auditOf = async ({ id }: { id: string }) =>
  database.db
    .collection('audit')
    .find({ target: `tickets/${id}` })
    .sort({ _id: 1 })
    .toArray()

describe('联系方式', () => {
  let ticket: TicketView
  it('从登记到办结，任何回答、列表、消息、推送、日志、库中都没有明文', async () => {
    ticket = await desk.register({ caller })
    const answers: unknown[] = [ticket]
    const keep = async (step: Promise<TicketView>) => {
      ticket = await step
      answers.push(ticket)
    }
    const body = { leadUnitId: UNIT, task: '核实', standard: '答复', limit: { kind: 'profile' } }
    await keep(desk.act('dispatcher1', ticket, 'dispatch', body))
    await keep(desk.act(CLERK, ticket, 'acknowledge'))
    await keep(desk.act(HANDLER, ticket, 'requestExtension', { reason: '检测', workdays: 2, isCallerTold: true }))
    await keep(desk.act(`lead@${UNIT}`, ticket, 'endorseRequest', { opinion: '同意' }))
    await keep(desk.act('dispatcher1', ticket, 'approveExtension', { opinion: '同意' }))
    await keep(desk.act(HANDLER, ticket, 'reply', aReply(app.clock.now(), { contactNumber: CALLED })))
    await keep(desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意' }))
    await keep(desk.act('dispatcher1', ticket, 'reviewByHotline', { isPassed: true, opinion: '同意' }))
    await keep(desk.act('callback1', ticket, 'recordCallback', aCallback()))
    await reveal('callback1', ticket)
    await reveal('callback1', ticket, { field: 'contactNumber', reason: '核对联系号码' })
    await eventually(
      () => database.db.collection('messages').countDocuments({ state: 'sent' }),
      (sent) => sent === 3,
    )
    for (const person of [
      'agent1',
      'dispatcher1',
      'callback1',
      'supervisor1',
      'director',
      'cityleader',
      CLERK,
      'admin',
    ]) {
      const client = await desk.as(person)
      const paths = [
        '/api/tickets',
        `/api/tickets/${ticket.id}`,
        `/api/tickets?q=${NUMBER}`,
        '/api/notices',
        '/api/audit',
      ]
      for (const path of [...paths, '/api/messages', '/api/tickets?q=夜间施工'])
        answers.push((await client.get(path)).body)
      answers.push((await client.post('/api/callers/lookup', { number: NUMBER })).body)
    }
    for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(PLAIN)
    for (const { heard } of ears) {
      expect(heard.length).toBeGreaterThan(0)
      expect(JSON.stringify(heard)).not.toMatch(PLAIN)
      for (const { payload } of heard) expect(['id', 'id,version']).toContain(Object.keys(payload as object).join())
    }
    expect(log.length).toBeGreaterThan(0)
    expect(log.join('')).not.toMatch(PLAIN)
    for (const { name } of await database.db.listCollections().toArray())
      for await (const row of database.db.collection(name).find()) expect(JSON.stringify(row), name).not.toMatch(PLAIN)
  })

  it('看到的是：姓、前三后四，住址一字不露', async () => {
    const seen = ok(await desk.see(CLERK, ticket)) as TicketView
    expect(seen.contact).toEqual({ name: '欧**', number: '138****1234', phone: '139****2222', address: '******' })
    expect(ok(await desk.see('director', ticket)).contact).toEqual(seen.contact)
  })

  it('承办单位凭理由查看本单位承办的：给明文，记审计', async () => {
    const mine = await desk.handling({ caller })
    const plain = ok(await reveal(CLERK, mine))
    expect(plain).toEqual({ name: NAME, number: '138-0000-1234', phone: OTHER_NUMBER, address: HOME })
    const [entry] = await auditOf(mine)
    const clerk = await desk.as(CLERK)
    expect(entry).toMatchObject({
      action: 'ticket.revealed',
      actorId: clerk.user.id,
      reason: '联系诉求人',
      details: { field: 'contact', no: mine.no },
    })
    expect(ok(await (await desk.as('director')).get('/api/audit/verify')).isIntact).toBe(true)
  })

  it('没有理由、没有这一项：400，不记审计，不给明文', async () => {
    const mine = await desk.handling({ caller })
    const answer = await reveal(CLERK, mine, { field: 'everything', reason: ' ' })
    expect(answer.status).toBe(400)
    expect(answer.body.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual(['field', 'reason'])
    expect(await auditOf(mine)).toEqual([])
  })

  it('别的单位、上级单位、抄送单位、市领导、管理员、办完之后的单位，都不能', async () => {
    const mine = await desk.handling({ caller }, { copyUnitIds: [OTHER_UNIT] })
    const refusals = [
      [`clerk@371603-ZJ`, 404],
      ['admin', 404],
      ['agent2', 404],
      [`clerk@${COUNTY}`, 403],
      [`clerk@${OTHER_UNIT}`, 403],
      ['cityleader', 403],
      ['shiftlead', 403],
    ] as const
    for (const [person, status] of refusals) {
      const answer = await reveal(person, mine)
      expect([person, answer.status]).toEqual([person, status])
      expect(JSON.stringify(answer.body)).not.toMatch(PLAIN)
    }
    expect(await auditOf(mine)).toEqual([])
    expect((await reveal(CLERK, await desk.closed({ caller }))).status).toBe(403)
    expect((await reveal(CLERK, mine, { field: 'queryCode', reason: '告知查询码' })).status).toBe(403)
  })

  it.each([
    ['对承办单位隐藏身份', { confidentiality: 1 }],
    ['举报保密', { confidentiality: 2, kind: 'report' }],
    ['匿名', { caller: { ...caller, isAnonymous: true } }],
  ])('%s：承办单位连掩码也看不到，号码也试不出来；热线可凭理由查看', async (_label, change) => {
    const number = `1361111${String(Math.random()).slice(2, 6)}`
    const registration = { caller: { ...caller, number, ...(change as { caller?: object }).caller, phone: undefined } }
    const isAnonymous = 'caller' in change
    const hidden = await desk.handling({
      ...change,
      caller: { ...registration.caller, number, isAnonymous },
      title: `请打 ${number} 找我`,
      detail: `我的电话是${number}，身份证 371602199001011234。`,
    })
    for (const person of [CLERK, HANDLER, `lead@${UNIT}`, `head@${UNIT}`, `clerk@${COUNTY}`, 'cityleader']) {
      const client = await desk.as(person)
      const seen = ok(await client.get(`/api/tickets/${hidden.id}`)) as TicketView
      expect([seen.contact, seen.canReveal]).toEqual([undefined, false])
      expect(seen.title).toBe(`请打 ${number.slice(0, 3)}****${number.slice(-4)} 找我`)
      expect((await reveal(person, hidden)).status).toBe(403)
      const list = ok(await client.get('/api/tickets'))
      const notices = (await client.get('/api/notices')).body
      for (const body of [seen, list, notices])
        expect(JSON.stringify(body)).not.toMatch(new RegExp(`${number}|199001011234`))
      const byNumber = ok(await client.get(`/api/tickets?q=${number}`))
      const lookup = ok(await client.post('/api/callers/lookup', { number }))
      expect([person, byNumber.total, lookup.total, lookup.openCount]).toEqual([person, 0, 0, 0])
    }
    expect(await auditOf(hidden)).toEqual([])
    expect(ok(await reveal('callback1', hidden)).number).toBe(number)
    expect(await auditOf(hidden)).toHaveLength(1)
    const found = ok(await (await desk.as('dispatcher1')).get(`/api/tickets?q=${number}`))
    expect(found.items.map(({ id }: TicketRow) => id)).toEqual([hidden.id])
    expect(found.items[0].contact.number).toBe(`${number.slice(0, 3)}****${number.slice(-4)}`)
  })

  it('反馈里的联系号码另行密封；回访员凭理由看到', async () => {
    const replied = await desk.inHotlineReview({ caller })
    expect(ok(await reveal('callback1', replied, { field: 'contactNumber', reason: '核对' }))).toEqual({
      phone: NUMBER,
    })
    const seen = ok(await desk.see('callback1', replied)) as TicketView
    expect(seen.assignments[0]?.reply).toMatchObject({ hasContactNumber: true })
    expect(JSON.stringify(seen)).not.toContain('contactNumber"')
  })

  it('话务员：通话中的号码查得到以往工单，别人登记的只能凭完整编号打开，并记审计', async () => {
    const earlier = await desk.register({ caller: aCaller({ number: '0543-3366999' }) }, 'agent2')
    const agent = await desk.as('agent1')
    const lookup = ok(await agent.post('/api/callers/lookup', { number: '05433366999' }))
    expect([lookup.total, lookup.openCount, lookup.items[0].no]).toEqual([1, 1, earlier.no])
    expect((await agent.get(`/api/tickets/${earlier.id}`)).status).toBe(404)
    expect((await agent.get(`/api/tickets/${earlier.no.slice(0, -1)}`)).status).toBe(404)
    expect(await auditOf(earlier)).toEqual([])
    expect(ok(await agent.get(`/api/tickets/${earlier.no}`)).id).toBe(earlier.id)
    expect(await auditOf(earlier)).toMatchObject([{ action: 'ticket.openedByNumber', actorId: agent.user.id }])
    expect((await reveal('agent1', { id: earlier.no })).status).toBe(403)
    const unit = await desk.as(CLERK)
    expect((await unit.get(`/api/tickets/${earlier.no}`)).status).toBe(404)
  })
})
