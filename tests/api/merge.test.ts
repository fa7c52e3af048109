import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Document } from 'mongodb'
import { migrateDatabase } from '@hotline/server/migrations'
import { createLogger } from '@hotline/server/platform/log'
import { connectMongo } from '@hotline/server/platform/mongo'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import {
  aCallback,
  aCaller,
  aDispatch,
  dissatisfied,
  eventually,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  UNIT,
  type Desk,
} from '../helpers/desk'

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

const OTHER_NUMBER = '13955556666'
const OTHER_NAME = '司马青山'
const anotherCaller = { caller: aCaller({ number: OTHER_NUMBER, name: OTHER_NAME }), detail: '工地吵得孩子睡不着。' }
const tickets = () => database.db.collection<Document & { _id: string }>('tickets')
const now = async ({ id }: { id: string }) => ok(await desk.see('director', { id })) as TicketView
const merge = (ticket: { id: string }, main: { no: string }) =>
  desk.tryTo('dispatcher1', ticket, 'merge', { mainId: main.no, reason: '同一工地' })
const told = ({ id }: { id: string }) =>
  eventually(
    () => tickets().countDocuments({ _id: id, hasNews: true }),
    (count) => count === 0,
    '没有通知完',
  )
const messagesOf = async ({ id }: { id: string }) =>
  (await database.db.collection('messages').find({ ticketId: id }).toArray()).map(({ maskedText }) =>
    String(maskedText),
  )

/** Two tickets of one matter, the second merged into the first. */
async function merged(main?: TicketView, registration: Record<string, unknown> = {}) {
  const first = main ?? (await desk.register())
  const second = await desk.register({ ...anotherCaller, ...registration })
  const joined = ok(await merge(second, first)) as TicketView
  return { main: await now(first), joined, code: second.queryCode ?? '' }
}

describe('并单', () => {
  it('旧编号仍在：查得到并到哪里；主单有这位诉求人，算一次催办，单位收到', async () => {
    const { main, joined } = await merged(await desk.handling())
    expect(joined).toMatchObject({ status: 'merged', merger: { mainId: main.id, mainNo: main.no, reason: '同一工地' } })
    const byNo = ok(await (await desk.as('dispatcher1')).get(`/api/tickets/${joined.no}`)) as TicketView
    expect(byNo.merger?.mainNo).toBe(main.no)
    expect(main).toMatchObject({ status: 'handling', urgeCount: 1 })
    expect(main.participants).toMatchObject([
      { ticketId: joined.id, no: joined.no, needsCallback: true, contact: { number: '139****6666', name: '司**' } },
    ])
    await told(main)
    const { items } = ok(await (await desk.as(`clerk@${UNIT}`)).get('/api/notices?pageSize=100'))
    expect(
      items.filter((item: { ticketId: string; title: string }) => item.ticketId === main.id && item.title === '催办'),
    ).toHaveLength(1)
    await told(joined)
    expect((await messagesOf(joined)).at(-1)).toContain('已合并办理')
  })

  it('同一请求重发，主单上还是一位诉求人、一次催办', async () => {
    const [first, second] = [await desk.register(), await desk.register(anotherCaller)]
    const client = await desk.as('dispatcher1')
    const body = { version: second.version, mainId: first.id }
    const key = randomUUID()
    for (let time = 0; time < 3; time += 1) ok(await client.post(`/api/tickets/${second.id}/merge`, body, { key }))
    expect(await now(first)).toMatchObject({ urgeCount: 1, participants: [{ no: second.no }] })
  })

  it('并单件上的命令都说清并到了哪里；不能并入自己、并入已并单的', async () => {
    const { main, joined } = await merged()
    const refused = await desk.tryTo('dispatcher1', joined, 'dispatch', aDispatch())
    expect([refused.status, refused.body.message]).toEqual([409, `本件已并入 ${main.no}，请在主单上办理`])
    const third = await desk.register(anotherCaller)
    expect((await merge(third, third)).body.message).toBe('不能并入本件自己')
    expect((await merge(third, joined)).body.message).toBe(`所选工单已并入 ${main.no}，请并入该主单`)
    expect((await merge(main, third)).body.message).toBe('已有其他诉求并入本件，请把另一件并入本件')
    const ended = await desk.act('agent1', await desk.register(), 'answer', { answer: '已答复' })
    expect((await merge(third, ended)).body.message).toBe('主单已经结束，不能并入')
    expect((await now(third)).status).toBe('accepted')
  })

  it('退单回来的并入：主单对诉求人的期限取最早', async () => {
    const first = await desk.dispatched()
    app.clock.advance(86_400_000 * 3)
    const later = await desk.dispatched(anotherCaller)
    const returned = await desk.act('dispatcher1', first, 'recall', { reason: '并入另一件' })
    const promised = returned.resolveBy ?? ''
    expect(promised < (later.resolveBy ?? '')).toBe(true)
    ok(await merge(returned, later))
    expect((await now(later)).resolveBy).toBe(promised)
    app.clock.advance(-86_400_000 * 3)
  })
})

describe('公众凭原编号', () => {
  const ask = (no: string, code: string) =>
    app.request('GET', `/api/public/tickets/${no}`, { headers: { 'Query-Code': code } })

  it('看到主单的进度，看不到另一位诉求人的任何信息', async () => {
    const first = await desk.handling()
    app.clock.advance(60_000)
    const { main, joined, code } = await merged(first)
    const seen = ok(await ask(joined.no, code))
    expect(seen).toMatchObject({ no: joined.no, status: '办理中', resolveBy: main.resolveBy })
    expect(seen.sentence).toMatch(/^您的诉求已与同类诉求合并办理。.*正在办理，最晚 .* 月 .* 日.*答复您。$/)
    expect(seen.steps.map(({ text }: { text: string }) => text)).toEqual([
      '诉求已登记',
      '热线已受理',
      '与同类诉求合并办理',
    ])
    expect(JSON.stringify(seen)).not.toContain(main.no)
    expect(JSON.stringify(seen)).not.toContain('欧阳静文')
    expect(seen.can).toEqual(['urge', 'supplement'])
  })

  it('催办、补充新情况都到主单；各人一天一次', async () => {
    const { main, joined, code } = await merged(await desk.handling())
    const act = (name: string, body: object) =>
      app.request('POST', `/api/public/tickets/${joined.no}/${name}`, { body: { code, ...body } })
    const urged = ok(await act('urge', { note: '快些' }))
    expect(urged.steps.at(-1).text).toBe('您催办了一次')
    expect(urged.can).toEqual(['supplement'])
    expect((await act('urge', {})).body.message).toBe('一天只能催办一次')
    ok(await act('supplement', { text: '昨夜施工到三点' }))
    const after = await now(main)
    expect(after.urgeCount).toBe(2)
    expect(after.newFacts.at(-1)).toMatchObject({ text: '昨夜施工到三点', by: { name: '诉求人' } })
    expect((await now(joined)).version).toBe(joined.version)
    expect((await act('withdraw', { reason: '不要了' })).body.message).toContain('已并入')
  })
})

describe('逐人回访', () => {
  it('两个人都回访了才办结；都告知结果；受理两件，满意度一件', async () => {
    // A day of their own, to be counted by.
    app.clock.set('2026-11-30T10:00:00+08:00')
    const { main, joined } = await merged(await desk.register())
    await desk.act('dispatcher1', main, 'dispatch', aDispatch())
    await throughReviews(main)
    const calling = await now(main)
    expect(calling.callbackTargets?.map(({ no, state }) => [no, state])).toEqual([
      [main.no, 'open'],
      [joined.no, 'open'],
    ])
    const first = await desk.act('callback1', main, 'recordCallback', aCallback())
    expect(first.status).toBe('callback')
    expect((await desk.tryTo('callback1', main, 'recordCallback', aCallback())).body.message).toBe('该诉求人本次已回访')
    const last = await desk.act('callback1', main, 'recordCallback', aCallback({ participantId: joined.id }))
    expect(last).toMatchObject({ status: 'closed', outcome: 'satisfied' })
    await told(main)
    expect((await messagesOf(main)).at(-1)).toContain(`您的诉求（${main.no}）已办结`)
    expect((await messagesOf(joined)).at(-1)).toContain(`您的诉求（${joined.no}）有了结果`)
    app.clock.advance(60_000)
    expect(await counted('2026-11-30')).toEqual({ received: 2, dispatched: 1, rated: 1 })
  })

  it('主单挂起、恢复，并入的诉求人也由自己的号码告知', async () => {
    const { main, joined } = await merged(await desk.handling())
    const until = { reason: '冬季停工', measures: '先行围挡', promisedDate: '2026-12-20', isCallerTold: true }
    await desk.act(`handler@${UNIT}`, main, 'requestSuspension', until)
    await desk.act(`lead@${UNIT}`, main, 'endorseRequest', { opinion: '属实' })
    await desk.act('director', main, 'approveSuspension', { opinion: '同意' })
    await told(main)
    expect((await messagesOf(joined)).at(-1)).toContain(`您的诉求（${joined.no}）因客观条件暂时不能办理`)
    await desk.act('director', main, 'resume', { reason: '已复工' })
    await told(main)
    expect((await messagesOf(joined)).at(-1)).toContain(`您的诉求（${joined.no}）已恢复办理`)
  })

  it('一人不满意且合理，即刻重办', async () => {
    const { main, joined } = await merged(await desk.register())
    await desk.act('dispatcher1', main, 'dispatch', aDispatch())
    await throughReviews(main)
    const reworked = await desk.act('callback1', main, 'recordCallback', {
      ...dissatisfied('reasonable'),
      participantId: joined.id,
    })
    expect(reworked).toMatchObject({ status: 'handling', reworkCount: 1 })
  })
})

describe('举报保密件并单以后', () => {
  it('主单不能降低保密级别，被反映单位始终看不到', async () => {
    const report = { kind: 'report', confidentiality: 2, accusedUnitIds: [OTHER_UNIT] }
    const { main, joined } = await merged(await desk.register(report), report)
    const refused = await desk.tryTo('director', main, 'amend', { changes: { confidentiality: 0 }, reason: '公开' })
    expect([refused.status, refused.body.message]).toEqual([
      400,
      '并入的诉求是举报保密件，不能降低保密级别，请先撤销并单',
    ])
    const dispatched = await desk.act('dispatcher1', main, 'dispatch', aDispatch())
    const seen = ok(await desk.see(`clerk@${UNIT}`, dispatched))
    expect(JSON.stringify(seen)).not.toContain(joined.no)
    expect(JSON.stringify(seen)).not.toContain('keptFrom')
    expect((await desk.see(`clerk@${OTHER_UNIT}`, dispatched)).status).toBe(404)
  })

  it('升级前并入的也一样', async () => {
    const report = { kind: 'report', confidentiality: 2, accusedUnitIds: [OTHER_UNIT] }
    const { main } = await merged(await desk.register(report), report)
    await tickets().updateOne({ _id: main.id }, { $unset: { 't.participants.0.keptFrom': '' } })
    await database.db.collection<{ _id: number }>('migrations').deleteOne({ _id: 596 })
    const logger = createLogger('silent')
    const again = await connectMongo(app.uri, logger)
    await migrateDatabase(again, logger)
    await again.close()
    const refused = await desk.tryTo('director', main, 'amend', { changes: { confidentiality: 0 }, reason: '公开' })
    expect(refused.body.message).toBe('并入的诉求是举报保密件，不能降低保密级别，请先撤销并单')
  })
})

describe('撤销并单', () => {
  it('三个工作日内撤销：回到待派单，主单不再有这位诉求人', async () => {
    const { main, joined } = await merged()
    const back = await desk.act('dispatcher1', joined, 'unmerge', { reason: '不是同一工地' })
    expect(back).toMatchObject({ status: 'accepted' })
    expect(back.merger).toBeUndefined()
    expect((await now(main)).participants).toBeUndefined()
    await desk.act('dispatcher1', back, 'dispatch', aDispatch())
  })

  it('主单已经结束的不能撤销', async () => {
    const { main, joined } = await merged()
    await desk.act('agent1', main, 'answer', { answer: '已答复' })
    const refused = await desk.tryTo('dispatcher1', joined, 'unmerge', { reason: '不是同一工地' })
    expect([refused.status, refused.body.message]).toEqual([422, '主单已经结束，不能撤销并单'])
  })
})

describe('中途出事', () => {
  /** As if the process had died after the merged ticket was committed and before the main one was. */
  async function halfMerged() {
    const first = await desk.register()
    await told(first)
    const before = await tickets().findOne({ _id: first.id })
    const { joined } = await merged(first)
    await Promise.all([told(first), told(joined)])
    await tickets().replaceOne({ _id: first.id }, before ?? {})
    return { first, joined }
  }
  const tellAgain = ({ id }: { id: string }) =>
    tickets().updateOne({ _id: id }, { $set: { announced: 0, hasNews: true } })

  it('并单提交后进程死去：通知时补上主单的一半，只补一次', async () => {
    const { first, joined } = await halfMerged()
    expect((await now(first)).participants).toBeUndefined()
    for (let time = 0; time < 2; time += 1) {
      await tellAgain(joined)
      await told(joined)
    }
    expect(await now(first)).toMatchObject({ urgeCount: 1, participants: [{ no: joined.no }] })
  })

  it('其间主单已经结束：并单作罢，回到待派单，派单员知道', async () => {
    const { first, joined } = await halfMerged()
    await desk.act('agent1', first, 'answer', { answer: '已答复' })
    await tellAgain(joined)
    await told(joined)
    const back = await now(joined)
    expect(back.status).toBe('accepted')
    expect(back.history.at(-1)).toMatchObject({ type: 'ticket.unmerged', by: { name: '系统' } })
    await told(joined)
    const { items } = ok(await (await desk.as('dispatcher1')).get('/api/notices?pageSize=100'))
    expect(items.map(({ title, ticketId }: { title: string; ticketId: string }) => [ticketId, title])).toContainEqual([
      joined.id,
      '并单未成，本件已恢复',
    ])
  })

  it('两个派单员同时把甲并入乙、乙并入甲：谁也不丢，绝不互相并入', async () => {
    for (let round = 0; round < 4; round += 1) {
      const [one, two] = [await desk.register(), await desk.register(anotherCaller)]
      await Promise.all([merge(one, two), merge(two, one)])
      await Promise.all([told(one), told(two)])
      const states = [await now(one), await now(two)]
      const inOther = states.filter(({ status }) => status === 'merged')
      expect(inOther.length).toBeLessThanOrEqual(1)
      for (const ticket of states) {
        const other = states.find(({ id }) => id !== ticket.id)
        const isThere = other?.participants?.some(({ ticketId }) => ticketId === ticket.id) ?? false
        expect(isThere, JSON.stringify(states.map(({ status, participants }) => [status, participants]))).toBe(
          ticket.status === 'merged',
        )
      }
    }
  })

  it('几件同时并入同一主单：一件不少，催办逐件计', async () => {
    const main = await desk.handling()
    const others = await Promise.all(Array.from({ length: 5 }, () => desk.register(anotherCaller)))
    for (const answer of await Promise.all(others.map((ticket) => merge(ticket, main)))) ok(answer)
    await Promise.all(others.map(told))
    const after = await now(main)
    expect(after.participants?.map(({ no }) => no).sort()).toEqual(others.map(({ no }) => no).sort())
    expect(after.urgeCount).toBe(5)
  })
})

async function throughReviews(ticket: { id: string }): Promise<void> {
  await desk.act(`clerk@${UNIT}`, ticket, 'acknowledge')
  await desk.act(`handler@${UNIT}`, ticket, 'reply', {
    isFactual: 'yes',
    contacted: 'yes',
    contactedAt: app.clock.now().toISOString(),
    contactMethod: 'phone',
    contactNumber: OTHER_NUMBER,
    solved: 'yes',
    handling: '已责令停工。',
    publicReply: '夜间施工已停止。',
  })
  await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意' })
  await desk.act('dispatcher1', ticket, 'reviewByHotline', { isPassed: true, opinion: '到位' })
}

async function counted(day: string) {
  const { items } = ok(await (await desk.as('supervisor1')).get(`/api/stats/measures?from=${day}&to=${day}`))
  const of = (id: string) => items.find((item: { id: string }) => item.id === id)
  return {
    received: Number(of('received').numerator),
    dispatched: Number(of('dispatchedRate').numerator),
    rated: Number(of('satisfactionRate').denominator),
  }
}
