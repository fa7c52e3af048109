import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import {
  aDispatch,
  COUNTY,
  eventually,
  NUMBER,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  UNIT,
  type Desk,
} from '../helpers/desk'
import { listen } from '../helpers/socket'

interface Row {
  _id: string
  ticketId?: string
}

let app: TestApp
let second: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  app = await startApp()
  second = await startApp({ beside: app })
  desk = openDesk(app)
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await second.stop()
  await app.stop()
})

const CLERK = `clerk@${UNIT}`
const rows = (name: string) => database.db.collection<Row & Record<string, unknown>>(name)
const idsIn = async (name: string, { id }: { id: string }) =>
  (
    await rows(name)
      .find({ _id: { $regex: `^${id}:` } })
      .toArray()
  )
    .map(({ _id }) => _id)
    .sort()
const told = ({ id }: { id: string }) =>
  eventually(
    () => rows('tickets').countDocuments({ _id: id, hasNews: true }),
    (count) => count === 0,
    '没有通知完',
  )
/** As after a crash between telling and noting that it has been told. */
const forget = ({ id }: { id: string }) =>
  rows('tickets').updateOne({ _id: id }, { $set: { announced: 0, hasNews: true } })

describe('提交之后', () => {
  it('每件事的站内消息和对外消息各一次；再通知一遍，一条不多', async () => {
    const ticket = await desk.closed()
    await told(ticket)
    const notices = await idsIn('notices', ticket)
    const messages = await idsIn('messages', ticket)
    expect(notices.length).toBeGreaterThanOrEqual(3)
    expect(messages.map((id) => id.split(':').at(-1))).toEqual(['registered', 'result'])
    await forget(ticket)
    await told(ticket)
    expect(await idsIn('notices', ticket)).toEqual(notices)
    expect(await idsIn('messages', ticket)).toEqual(messages)
  })

  it('一步一步通知的，与死后一并补通知的，是同样的消息', async () => {
    const ticket = await desk.dispatched()
    await told(ticket)
    await desk.act(CLERK, ticket, 'acknowledge')
    await told(ticket)
    await desk.act('supervisor1', ticket, 'urge')
    await told(ticket)
    const notices = await idsIn('notices', ticket)
    await forget(ticket)
    await told(ticket)
    expect(await idsIn('notices', ticket)).toEqual(notices)
  })

  it('死去的进程已提交未通知的，由别的进程补上：消息、搜索都有', async () => {
    const ticket = await desk.dispatched({ title: '管道爆裂水漫街面', detail: '蓝色井盖旁喷水三米高' })
    await told(ticket)
    const before = [await idsIn('notices', ticket), await idsIn('messages', ticket)]
    for (const name of ['notices', 'messages']) await rows(name).deleteMany({ _id: { $regex: `^${ticket.id}:` } })
    await rows('ticketTexts').deleteOne({ _id: ticket.id })
    await rows('tickets').updateOne({ _id: ticket.id }, { $set: { announced: 0, hasNews: true, isTextStale: true } })
    await told(ticket)
    expect([await idsIn('notices', ticket), await idsIn('messages', ticket)]).toEqual(before)
    const director = await desk.as('director')
    await eventually(
      async () => ok(await director.get('/api/tickets?q=蓝色井盖')).total,
      (total) => total === 1,
    )
  })

  it('一张无法通知的工单不耽误别的', async () => {
    const broken = await desk.register()
    await told(broken)
    const healthy = await desk.dispatched()
    await told(healthy)
    await rows('notices').deleteMany({ _id: { $regex: `^${healthy.id}:` } })
    await rows('tickets').updateOne(
      { _id: broken.id },
      { $set: { 'sealed.queryCode': 'k1:broken', announced: 0, hasNews: true } },
    )
    await forget(healthy)
    await told(healthy)
    expect(await idsIn('notices', healthy)).not.toEqual([])
    await rows('tickets').deleteOne({ _id: broken.id })
  })

  it('登记、延期、办结告知诉求人：编号、查询码、期限；号码密封', async () => {
    const ticket = await desk.handling()
    await desk.act(`handler@${UNIT}`, ticket, 'requestExtension', { reason: '检测', workdays: 2, isCallerTold: true })
    await desk.act(`lead@${UNIT}`, ticket, 'endorseRequest', { opinion: '同意' })
    await desk.act('dispatcher1', ticket, 'approveExtension', { opinion: '同意' })
    await told(ticket)
    const { items } = ok(await (await desk.as('admin')).get('/api/messages?pageSize=100'))
    const mine = items.filter(({ id }: { id: string }) => id.startsWith(`${ticket.id}:`))
    expect(mine.map(({ purpose }: { purpose: string }) => purpose).sort()).toEqual(['extended', 'registered'])
    for (const { to, text } of mine) {
      expect(to).toBe('138****1234')
      expect(text).toContain(ticket.no)
      expect(text).not.toContain(NUMBER)
    }
    expect(mine.find(({ purpose }: { purpose: string }) => purpose === 'extended').text).toMatch(
      /最晚 2026-12-01 24:00 前答复您/,
    )
  })

  it('退补告知诉求人缺什么；管理发送的人看不到内容', async () => {
    const ticket = await desk.register()
    await desk.act('dispatcher1', ticket, 'requestInfo', { missing: '请说明是哪家医院的哪位医生' })
    await told(ticket)
    const admin = await app.signIn('admin')
    const { items } = ok(await admin.get('/api/messages?pageSize=100'))
    const asked = items.find(({ text }: { text: string }) => text.includes(ticket.no) && text.includes('还缺少信息'))
    expect(asked.text).toContain('还缺少信息：******。')
  })

  it('没有联系方式的不发', async () => {
    const ticket = await desk.register({ channel: 'mailbox', caller: {} })
    await told(ticket)
    expect(await idsIn('messages', ticket)).toEqual([])
  })

  it('消息发给该做事的人：收文员、审核人、派单员；不发给不相干的单位', async () => {
    const unread = async (person: string) => ok(await (await desk.as(person)).get('/api/notices?pageSize=100')).items
    const kinds = async (person: string, { id }: { id: string }) =>
      (await unread(person))
        .filter(({ ticketId }: { ticketId: string }) => ticketId === id)
        .map(({ title }: { title: string }) => title)
    const ticket = await desk.inHotlineReview({}, { coUnitIds: [] })
    await told(ticket)
    expect(await kinds(CLERK, ticket)).toEqual(['新派单'])
    expect(await kinds(`lead@${UNIT}`, ticket)).toEqual(['提交办理反馈'])
    expect(await kinds(`clerk@${OTHER_UNIT}`, ticket)).toEqual([])
    const returned = await desk.act(CLERK, await desk.dispatched(), 'requestReturn', {
      reason: 'notOurDuty',
      basis: '三定规定',
      suggestedUnitId: OTHER_UNIT,
    })
    await told(returned)
    expect(await kinds('dispatcher2', returned)).toEqual(['申请退单'])
  })

  it('在谁手里催谁：待派单、会商、热线审核的催派单员，待回访的催回访员', async () => {
    const urgedOf = async (person: string, ticket: { id: string }) => {
      await told(ticket)
      const { items } = ok(await (await desk.as(person)).get('/api/notices?pageSize=100'))
      return items.filter(
        (item: { ticketId: string; title: string }) => item.ticketId === ticket.id && item.title === '催办',
      ).length
    }
    for (const ticket of [await desk.register(), await desk.inHotlineReview()]) {
      await desk.act('supervisor1', ticket, 'urge')
      expect([await urgedOf('dispatcher2', ticket), await urgedOf(CLERK, ticket)]).toEqual([1, 0])
    }
    const called = await desk.inCallback()
    await desk.act('supervisor1', called, 'urge')
    expect([await urgedOf('callback1', called), await urgedOf('dispatcher2', called)]).toEqual([1, 0])
  })

  it('两次退单以后，主办的第三次由主任审，协办的仍由派单员审', async () => {
    const reason = { reason: 'notOurDuty', basis: '三定规定', suggestedUnitId: COUNTY }
    const returned = async (unitId: string, ticket: { id: string }) => {
      await desk.act(`clerk@${unitId}`, ticket, 'requestReturn', reason)
      await desk.act('dispatcher1', ticket, 'approveReturn', { opinion: '同意' })
    }
    const ticket = await desk.dispatched()
    await returned(UNIT, ticket)
    await desk.act('dispatcher1', ticket, 'dispatch', aDispatch())
    await returned(UNIT, ticket)
    await desk.act('dispatcher1', ticket, 'dispatch', aDispatch({ coUnitIds: [OTHER_UNIT] }))
    const asked = async (person: string) => {
      await told(ticket)
      const { items } = ok(await (await desk.as(person)).get('/api/notices?pageSize=100'))
      return items.filter(
        (item: { ticketId: string; title: string }) => item.ticketId === ticket.id && item.title === '申请退单',
      ).length
    }
    await desk.act(`clerk@${OTHER_UNIT}`, ticket, 'requestReturn', reason)
    expect([await asked('dispatcher2'), await asked('director')]).toEqual([3, 0])
    await desk.act(CLERK, ticket, 'requestReturn', reason)
    expect([await asked('dispatcher2'), await asked('director')]).toEqual([3, 1])
  })
})

describe('推送', () => {
  it('在另一个进程上看的人，也当即知道；只有标识和版本', async () => {
    const there = await second.signIn(CLERK)
    const superior = await second.signIn(`clerk@${COUNTY}`)
    const stranger = await second.signIn(`clerk@371603-ZJ`)
    const ears = [await listen(second, there), await listen(second, superior), await listen(second, stranger)] as const
    const ticket = await desk.dispatched()
    await desk.act(CLERK, ticket, 'acknowledge')
    const [own, above, other] = ears
    const changes = ({ heard }: (typeof ears)[number]) =>
      heard.filter(({ event }) => event === 'ticket.changed').map(({ payload }) => payload)
    for (const ear of [own, above])
      await eventually(
        async () => JSON.stringify(changes(ear)),
        (heard) => heard.includes(JSON.stringify({ id: ticket.id, version: 3 })),
      )
    expect(other.heard).toEqual([])
    for (const ear of ears) ear.close()
  })
})
