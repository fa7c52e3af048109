import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMAND_SCHEMAS, type CommandType } from '@hotline/shared/ticket/commands'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import { startApp, type TestApp } from '../helpers/app'
import type { CommandCase, CommandCases } from '../helpers/commandCases'
import {
  aCallback,
  aDispatch,
  aRegistration,
  aReply,
  dissatisfied,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  TOWN,
  UNIT,
  type Desk,
} from '../helpers/desk'
import { intakeCases } from '../helpers/intakeCases'
import { oversightCases } from '../helpers/oversightCases'
import { togetherCases } from '../helpers/togetherCases'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`
const LEAD = `lead@${UNIT}`
const opinion = { opinion: '情况属实' }
const tomorrow = () => new Date(app.clock.now().getTime() + 86_400_000).toISOString()

const returnBody = { reason: 'notOurDuty', basis: '三定规定第三条', suggestedUnitId: OTHER_UNIT }
const extensionBody = { reason: '需要检测', workdays: 2, isCallerTold: true }
const returning = async () => desk.act(CLERK, await desk.dispatched(), 'requestReturn', returnBody)
const asked = async () => desk.act(HANDLER, await desk.handling(), 'requestExtension', extensionBody)
const endorsed = async () => desk.act(LEAD, await asked(), 'endorseRequest', opinion)

async function threeTimesReturned() {
  let ticket = await desk.register()
  for (const [unit, by] of [
    [UNIT, 'dispatcher1'],
    [OTHER_UNIT, 'dispatcher1'],
    [TOWN, 'director'],
  ] as const) {
    await desk.act('dispatcher1', ticket, 'dispatch', aDispatch({ leadUnitId: unit }))
    const suggestedUnitId = unit === UNIT ? OTHER_UNIT : UNIT
    await desk.act(`clerk@${unit}`, ticket, 'requestReturn', { ...returnBody, suggestedUnitId })
    ticket = await desk.act(by, ticket, 'approveReturn', { opinion: '同意改派' })
  }
  return ticket
}

/** As it comes in by another channel: nobody of the hotline has accepted it yet. */
async function fromWebsite() {
  const ticket = await desk.register({ channel: 'website' })
  const { db, close } = await openDatabase(app)
  await db
    .collection<{ _id: string }>('tickets')
    .updateOne(
      { _id: ticket.id },
      { $set: { status: 'registered', 't.status': 'registered', desks: ['hotline|intake'] } },
    )
  await close()
  return ticket
}

const AGENT = 'agent1'
const DISPATCHER = 'dispatcher1'
const empty = { opinion: '' }

/** Every command that a person can give, from the first call to the end. */
const CASES: CommandCases = {
  ...intakeCases({ desk: () => desk, now: () => app.clock.now() }),
  ...oversightCases({ desk: () => desk, now: () => app.clock.now() }),
  ...togetherCases({ desk: () => desk, now: () => app.clock.now() }),
  accept: {
    given: fromWebsite,
    by: AGENT,
    body: () => ({ title: '夜间施工' }),
    wrong: { title: '', matterCode: '!' },
    fields: ['title', 'matterCode'],
    notHis: 'callback1',
    becomes: 'accepted',
  },
  amend: {
    given: () => desk.register(),
    by: AGENT,
    body: () => ({ changes: { detail: '工地连续四晚施工。' } }),
    wrong: { changes: { urgency: 'soon', title: '长'.repeat(61) } },
    fields: ['changes.title', 'changes.urgency'],
    notHis: 'callback1',
    becomes: 'accepted',
  },
  answer: {
    given: () => desk.register(),
    by: AGENT,
    body: () => ({ answer: '工地已取得夜间施工许可。' }),
    wrong: { answer: ' ', knowledgeIds: 'k1' },
    fields: ['answer', 'knowledgeIds'],
    notHis: 'callback1',
    becomes: 'answered',
  },
  decline: {
    given: () => desk.register(),
    by: AGENT,
    body: () => ({ code: 'MARKET', reason: '双方合同纠纷' }),
    wrong: { code: 'WHY', reason: '' },
    fields: ['code', 'reason'],
    notHis: 'supervisor1',
    becomes: 'declined',
  },
  transferEmergency: {
    given: () => desk.register(),
    by: AGENT,
    body: () => ({ to: '110', transferredAt: app.clock.now().toISOString() }),
    wrong: { to: '911', transferredAt: '昨天' },
    fields: ['to', 'transferredAt'],
    notHis: 'supervisor1',
    becomes: 'transferred',
  },
  dispatch: {
    given: () => desk.register(),
    by: DISPATCHER,
    body: () => aDispatch(),
    wrong: aDispatch({ leadUnitId: '', task: '', standard: '', limit: { kind: 'workdays', n: 0 } }),
    fields: ['leadUnitId', 'limit.n', 'standard', 'task'],
    notHis: 'supervisor1',
    becomes: 'dispatched',
  },
  designate: {
    given: threeTimesReturned,
    by: DISPATCHER,
    body: () => aDispatch({ basis: '三次退单后由热线指定' }),
    wrong: aDispatch({ task: '' }),
    fields: ['basis', 'task'],
    notHis: 'supervisor1',
    becomes: 'dispatched',
  },
  recall: {
    given: () => desk.dispatched(),
    by: DISPATCHER,
    body: () => ({ reason: '派错单位' }),
    wrong: { reason: '', unit: UNIT },
    fields: ['reason', 'unit'],
    notHis: CLERK,
    becomes: 'accepted',
  },
  acknowledge: {
    given: () => desk.dispatched(),
    by: CLERK,
    body: () => ({}),
    wrong: { version: 'x', note: '' },
    fields: ['note', 'version'],
    notHis: HANDLER,
    becomes: 'handling',
  },
  requestReturn: {
    given: () => desk.dispatched(),
    by: CLERK,
    body: () => returnBody,
    wrong: { reason: 'lazy', basis: '' },
    fields: ['basis', 'reason', 'suggestedUnitId'],
    notHis: HANDLER,
    becomes: 'dispatched',
  },
  approveReturn: {
    given: returning,
    by: DISPATCHER,
    body: () => opinion,
    wrong: empty,
    fields: ['opinion'],
    notHis: CLERK,
    becomes: 'accepted',
  },
  rejectReturn: {
    given: returning,
    by: DISPATCHER,
    body: () => opinion,
    wrong: empty,
    fields: ['opinion'],
    notHis: CLERK,
    becomes: 'handling',
  },
  assignHandler: {
    given: () => desk.handling(),
    by: CLERK,
    body: async () => ({ handlerId: (await desk.as(HANDLER)).user.id }),
    wrong: {},
    fields: ['handlerId'],
    notHis: HANDLER,
    becomes: 'handling',
  },
  recordContact: {
    given: () => desk.handling(),
    by: HANDLER,
    body: () => ({ contactedAt: app.clock.now().toISOString(), method: 'phone', isReached: true, result: '已联系' }),
    wrong: { method: 'pigeon', isReached: 'yes', contactedAt: '', result: '' },
    fields: ['contactedAt', 'isReached', 'method', 'result'],
    notHis: LEAD,
    becomes: 'handling',
  },
  recordProgress: {
    given: () => desk.handling(),
    by: HANDLER,
    body: () => ({ note: '已到现场' }),
    wrong: { note: '' },
    fields: ['note'],
    notHis: LEAD,
    becomes: 'handling',
  },
  requestExtension: {
    given: () => desk.handling(),
    by: HANDLER,
    body: () => extensionBody,
    wrong: { reason: '', workdays: 0.5 },
    fields: ['isCallerTold', 'reason', 'workdays'],
    notHis: DISPATCHER,
    becomes: 'handling',
  },
  endorseRequest: {
    given: asked,
    by: LEAD,
    body: () => opinion,
    wrong: empty,
    fields: ['opinion'],
    notHis: HANDLER,
    becomes: 'handling',
  },
  refuseRequest: {
    given: asked,
    by: LEAD,
    body: () => opinion,
    wrong: empty,
    fields: ['opinion'],
    notHis: HANDLER,
    becomes: 'handling',
  },
  approveExtension: {
    given: endorsed,
    by: DISPATCHER,
    body: () => opinion,
    wrong: empty,
    fields: ['opinion'],
    notHis: LEAD,
    becomes: 'handling',
  },
  rejectExtension: {
    given: endorsed,
    by: DISPATCHER,
    body: () => opinion,
    wrong: empty,
    fields: ['opinion'],
    notHis: LEAD,
    becomes: 'handling',
  },
  reply: {
    given: () => desk.handling(),
    by: HANDLER,
    body: () => aReply(app.clock.now()),
    wrong: { isFactual: 'maybe', contactNumber: '张三', handling: '' },
    fields: ['contactNumber', 'contacted', 'handling', 'isFactual', 'publicReply', 'solved'],
    notHis: LEAD,
    becomes: 'unitReview',
  },
  reviewByUnit: {
    given: () => desk.inReview(),
    by: LEAD,
    body: () => ({ isPassed: true, ...opinion }),
    wrong: empty,
    fields: ['isPassed', 'opinion'],
    notHis: CLERK,
    becomes: 'hotlineReview',
  },
  reviewByHotline: {
    given: () => desk.inHotlineReview(),
    by: DISPATCHER,
    body: () => ({ isPassed: true, ...opinion }),
    wrong: empty,
    fields: ['isPassed', 'opinion'],
    notHis: LEAD,
    becomes: 'callback',
  },
  recordAttempt: {
    given: () => desk.inCallback(),
    by: 'callback1',
    body: () => ({ result: 'appointment', nextAt: tomorrow() }),
    wrong: { result: 'asleep', nextAt: '明天' },
    fields: ['nextAt', 'result'],
    notHis: DISPATCHER,
    becomes: 'callback',
  },
  recordCallback: {
    given: () => desk.inCallback(),
    by: 'callback1',
    body: () => aCallback(),
    wrong: { ...aCallback(), method: 'letter', satisfaction: { result: 6, attitude: 5 } },
    fields: ['method', 'satisfaction.agent', 'satisfaction.result'],
    notHis: DISPATCHER,
    becomes: 'closed',
  },
  judgeCallback: {
    given: async () => desk.act('callback1', await desk.inCallback(), 'recordCallback', dissatisfied('unreasonable')),
    by: 'supervisor1',
    body: () => ({ verdict: 'dismissed', reason: '诉求超出政策' }),
    wrong: { verdict: 'perhaps', reason: '' },
    fields: ['reason', 'verdict'],
    notHis: 'callback1',
    becomes: 'closed',
  },
  rework: {
    given: () => desk.closed(),
    by: 'supervisor1',
    body: () => ({ reason: '抽查发现未解决' }),
    wrong: { reason: '' },
    fields: ['reason'],
    notHis: DISPATCHER,
    becomes: 'handling',
  },
  reopen: {
    given: () => desk.closed(),
    by: DISPATCHER,
    body: () => ({ newFacts: '又开始夜间施工' }),
    wrong: { newFacts: '' },
    fields: ['newFacts'],
    notHis: 'supervisor1',
    becomes: 'accepted',
  },
  urge: {
    given: () => desk.handling(),
    by: AGENT,
    body: () => ({ note: '诉求人再次来电' }),
    wrong: { note: 5, loud: true },
    fields: ['loud', 'note'],
    notHis: 'callback1',
    becomes: 'handling',
  },
}

const posted = (Object.keys(COMMAND_SCHEMAS) as CommandType[]).filter((type) => type !== 'register')
/** Callers have a route of their own; what the clock does beside people is still theirs to do. */
const isByPeople = (type: CommandType) => LIFECYCLE[type].by.some((role) => role !== 'system' && role !== 'caller')
const isByClockOnly = (type: CommandType) => LIFECYCLE[type].by.every((role) => role === 'system')

describe('工单操作', () => {
  it('每一项由人进行的操作都在本表中', () => {
    expect(Object.keys(CASES).sort()).toEqual(posted.filter(isByPeople).sort())
  })

  describe.each(Object.entries(CASES) as [CommandType, CommandCase][])(
    '%s',
    (command, { given, by, body, wrong, fields, notHis, becomes }) => {
      it(`${LIFECYCLE[command].label}：填错的一次说全；外人、别的单位、别的岗位都不行；本人办成`, async () => {
        const ticket = await given()
        const refused = await desk.tryTo(by, ticket, command, wrong)
        expect(refused.status, JSON.stringify(refused.body)).toBe(400)
        expect(refused.body.code).toBe('invalidInput')
        const paths = refused.body.details.fields.map(({ path }: { path: string }) => path)
        expect([...new Set(paths)].sort()).toEqual([...fields].sort())
        for (const { message } of refused.body.details.fields) expect(message).toMatch(/[\u4e00-\u9fff]/)

        const good = await body()
        const stranger = await app.request('POST', `/api/tickets/${ticket.id}/${command}`, {
          body: { version: 1, ...good },
        })
        expect([stranger.status, stranger.body.code]).toEqual([401, 'unauthenticated'])
        for (const outsider of ['clerk@371603-ZJ', 'admin', 'agent2']) {
          const answer = await desk.tryTo(outsider, ticket, command, good)
          expect([outsider, answer.status, answer.body.code]).toEqual([outsider, 404, 'notFound'])
        }
        const colleague = await desk.tryTo(notHis, ticket, command, good)
        expect([colleague.status, colleague.body.code]).toEqual([403, 'forbidden'])

        const before = ok(await desk.see('director', ticket))
        const after = await desk.act(by, ticket, command, good)
        expect([after.status, after.version]).toEqual([becomes, before.version + 1])
        expect(ok(await desk.see('director', ticket)).history.at(-1).by.userId).toBe((await desk.as(by)).user.id)
      })
    },
  )

  it('时钟的操作谁也不能代为提交', async () => {
    const ticket = await desk.dispatched()
    for (const command of posted.filter(isByClockOnly))
      for (const person of [CLERK, DISPATCHER, 'director', 'supervisor1', 'callback1']) {
        const answer = await desk.tryTo(person, ticket, command)
        expect([command, person, answer.status, answer.body.code]).toEqual([command, person, 403, 'forbidden'])
      }
    expect(ok(await desk.see('director', ticket)).version).toBe(ticket.version)
  })

  it('路径上的操作名说了算，请求体里写的不算；没有的操作就是没有', async () => {
    const ticket = await desk.dispatched()
    const smuggled = await desk.tryTo(CLERK, ticket, 'acknowledge', { type: 'recall', reason: '想退' })
    expect([smuggled.status, smuggled.body.details.fields]).toEqual([
      400,
      [{ path: 'reason', message: '不认识的字段' }],
    ])
    for (const name of ['register', 'delete', '__proto__', 'constructor', 'toString']) {
      const answer = await desk.tryTo('director', ticket, name)
      expect([name, answer.status]).toEqual([name, 404])
    }
  })

  it('没有幂等键、键太短，不执行', async () => {
    const ticket = await desk.dispatched()
    for (const key of [null, 'short']) {
      const answer = await desk.tryTo(CLERK, ticket, 'acknowledge', {}, { key })
      expect([answer.status, answer.body.details.fields[0].path]).toEqual([400, 'Idempotency-Key'])
    }
    const agent = await desk.as(AGENT)
    expect((await agent.post('/api/tickets', aRegistration(), { key: null })).status).toBe(400)
  })
})

describe('登记', () => {
  it('编号十八位：城市、日期、当日序号；给出查询码；同时受理', async () => {
    const ticket = await desk.register()
    expect(ticket.no).toMatch(/^371600261120\d{6}$/)
    expect(ticket.queryCode).toMatch(/^[2-9A-HJKMNP-Z]{6}$/)
    expect(ticket.status).toBe('accepted')
    expect(ticket.can).toContain('answer')
    const again = ok(await desk.see(AGENT, { id: ticket.no }))
    expect([again.id, again.queryCode]).toEqual([ticket.id, undefined])
  })

  it('缺的、错的一次说全', async () => {
    const agent = await desk.as(AGENT)
    const shape = await agent.post('/api/tickets', { channel: 'fax', caller: { number: '张' }, kind: 'complaint' })
    expect(shape.status).toBe(400)
    const paths = shape.body.details.fields.map(({ path }: { path: string }) => path)
    expect(paths.sort()).toEqual(['caller.number', 'channel', 'detail', 'regionCode'])
    const rules = await agent.post(
      '/api/tickets',
      aRegistration({
        caller: {},
        title: undefined,
        matterCode: '01',
        address: undefined,
        confidentiality: 2,
        accusedUnitIds: ['nobody'],
      }),
    )
    expect(rules.status).toBe(400)
    expect(rules.body.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual(
      ['accusedUnitIds.0', 'address', 'caller.number', 'confidentiality', 'matterCode', 'title'].sort(),
    )
  })

  it('两万字的内容收得下，多一个字收不下', async () => {
    const long = await desk.register({ detail: '字'.repeat(20_000) })
    expect(ok(await desk.see('director', long)).detail).toHaveLength(20_000)
    const answer = await (await desk.as(AGENT)).post('/api/tickets', aRegistration({ detail: '字'.repeat(20_001) }))
    expect([answer.status, answer.body.details.fields]).toEqual([
      400,
      [{ path: 'detail', message: '诉求内容不能超过 20000 字' }],
    ])
  })

  it('承办单位、回访员、管理员不能登记', async () => {
    for (const person of [CLERK, 'callback1', 'admin', 'cityleader']) {
      const answer = await (await desk.as(person)).post('/api/tickets', aRegistration())
      expect([person, answer.status]).toEqual([person, 403])
    }
  })

  it('同一渠道的外部单号只登记一次', async () => {
    const province = { channel: 'province', externalNo: 'SD-2026-0001' }
    await desk.register(province)
    const again = await (await desk.as(AGENT)).post('/api/tickets', aRegistration(province))
    expect([again.status, again.body.message]).toEqual([422, '该渠道的外部单号已登记过'])
    await desk.register({ ...province, channel: 'emergency110' })
  })
})
