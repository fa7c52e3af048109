import { createKnowledgeQueries } from '@hotline/server/features/knowledge/knowledgeQueries'
import { remindOfEnds } from '@hotline/server/features/knowledge/knowledgeReminders'
import { createKnowledgeStore } from '@hotline/server/features/knowledge/knowledgeStore'
import type { ArticleDoc } from '@hotline/server/features/knowledge/knowledgeDocument'
import { createNotices } from '@hotline/server/features/notice/noticeService'
import { loadUnits } from '@hotline/server/features/unit/unitStore'
import { createLogger } from '@hotline/server/platform/log'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aReply, ok, openDatabase, openDesk, type Desk } from '../helpers/desk'
import { anArticle, KEEPER, openKnowledge } from '../helpers/knowledge'

let app: TestApp
let desk: Desk
let k: ReturnType<typeof openKnowledge>
let database: Awaited<ReturnType<typeof openDatabase>>

beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  k = openKnowledge(app)
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

const usesOf = async (id: string): Promise<number> => ok(await k.see('agent1', id)).uses
const quoting = (id: string, version = 1) => ({ answer: '按知识库口径答复。', knowledge: [{ articleId: id, version }] })

describe('答复引用知识', () => {
  it('直接答复引用一次计一次，工单上写明哪一条哪一版，检索里看得到用过几次', async () => {
    const { id } = await k.published({ question: '酒店取消预订不退钱怎么办？' })
    const ticket = await desk.act('agent1', await desk.register(), 'answer', quoting(id))
    expect(ticket).toMatchObject({ status: 'answered', answer: { knowledge: [{ articleId: id, version: 1 }] } })
    await vi.waitFor(async () => expect(await usesOf(id)).toBe(1), 10_000)
    expect((await k.search('酒店取消预订不退钱怎么办'))[0]).toMatchObject({
      id,
      uses: 1,
      reason: '问法相同；用过 1 次',
    })
    const client = await app.signIn('dispatcher1')
    expect(ok(await client.get(`/api/knowledge/quoted?refs=${id}:1`)).items).toEqual([
      { articleId: id, version: 1, question: '酒店取消预订不退钱怎么办？', state: 'published', newest: 1 },
    ])
  })

  it('承办单位办理反馈引用的也计', async () => {
    const { id } = await k.published({ question: '夜间施工要不要公告？', unitId: '371602-ZJ', matterCodes: ['010501'] })
    const ticket = await desk.handling()
    const reply = aReply(app.clock.now(), { knowledge: [{ articleId: id, version: 1 }] })
    await desk.act('handler@371602-ZJ', ticket, 'reply', reply)
    await vi.waitFor(async () => expect(await usesOf(id)).toBe(1), 10_000)
  })

  it('同一次答复通知多少遍都只计一次', async () => {
    const { id } = await k.published({ question: '重复通知只算一次？' })
    const units = await loadUnits(database.db as never, createLogger('silent'))
    const store = createKnowledgeStore(database.db as never, units)
    const use = { articleId: id, version: 1, unitId: '371600-12345-HW', at: app.clock.now() }
    const told = [
      { ...use, _id: `t1:2:${id}`, ticketId: 't1' },
      { ...use, _id: `t2:2:${id}`, ticketId: 't2' },
    ]
    await Promise.all([store.noteUses(told), store.noteUses(told.slice(1)), store.noteUses(told.slice(0, 1))])
    await store.noteUses(told)
    expect(await usesOf(id)).toBe(2)
  })

  it('没有的条目、没有的版次、撤回的、到期的不能引用', async () => {
    const { id } = await k.published({ question: '只有一版？', validUntil: '2026-11-25' })
    const ticket = await desk.register()
    const none = await desk.tryTo('agent1', ticket, 'answer', quoting('nothing'))
    expect(none.body.details.fields).toEqual([{ path: 'knowledge.0', message: '没有这条知识的第 1 版' }])
    expect((await desk.tryTo('agent1', ticket, 'answer', quoting(id, 2))).status).toBe(400)
    app.clock.set('2026-11-26T09:00:00+08:00')
    const late = await desk.tryTo('agent1', ticket, 'answer', quoting(id))
    expect(late).toMatchObject({ status: 422, body: { message: '知识“只有一版？”已撤回或不在有效期内，不能引用' } })
    const gone = await k.published({ question: '刚撤回的？' })
    await k.act(KEEPER, gone.id, 'withdraw', { reason: '口径有误' })
    expect((await desk.tryTo('agent1', ticket, 'answer', quoting(gone.id))).status).toBe(422)
    app.clock.set('2026-11-20T10:00:00+08:00')
    await desk.act('agent1', ticket, 'answer', quoting(id))
    expect(await usesOf(gone.id)).toBe(0)
  })
})

describe('反馈', () => {
  it('有用、没用计数，换了主意按后一次；有误必须写明，交知识库管理员处理并告知本人', async () => {
    const { id } = await k.published({ question: '反馈给谁看？' })
    const say = async (username: string, body: object) =>
      (await app.signIn(username)).post(`/api/knowledge/articles/${id}/feedback`, { version: 1, ...body })
    expect((await say('agent1', { verdict: 'useful' })).status).toBe(201)
    await say('agent2', { verdict: 'useful' })
    await say('agent2', { verdict: 'useless' })
    expect((await say('agent3', { verdict: 'wrong' })).body.details.fields).toEqual([
      { path: 'words', message: '请写明哪里有误' },
    ])
    await say('agent3', { verdict: 'wrong', words: '电话号码已经换了' })
    expect((await say('agent3', { verdict: 'useful', version: 9 })).status).toBe(404)
    const view = ok(await k.see('agent2', id))
    expect(view).toMatchObject({ feedback: { useful: 1, useless: 1, wrong: 1, open: 1 }, myVerdict: 'useless' })

    const keeper = await app.signIn(KEEPER)
    expect((await (await app.signIn('agent1')).get('/api/knowledge/feedback')).status).toBe(403)
    const [open] = ok(await keeper.get(`/api/knowledge/feedback?articleId=${id}`)).items
    expect(open).toMatchObject({ question: '反馈给谁看？', verdict: 'wrong', words: '电话号码已经换了' })
    expect(ok(await keeper.get('/api/knowledge/desks')).feedback).toBe(1)
    const settle = { outcome: 'revised', note: '已换成新号码' }
    expect((await (await app.signIn('agent1')).post(`/api/knowledge/feedback/${open.id}/settle`, settle)).status).toBe(
      403,
    )
    ok(await keeper.post(`/api/knowledge/feedback/${open.id}/settle`, settle))
    expect((await keeper.post(`/api/knowledge/feedback/${open.id}/settle`, settle)).status).toBe(409)
    const [settled] = ok(await keeper.get(`/api/knowledge/feedback?state=settled&articleId=${id}`)).items
    expect(settled.settled).toMatchObject({ outcome: 'revised', note: '已换成新号码' })
    const notices = ok(await (await app.signIn('agent3')).get('/api/notices')).items
    expect(notices[0]).toMatchObject({ title: '您反馈的知识已处理', link: `/knowledge/${id}` })
  })
})

describe('到期', () => {
  it('到期的查不到、进待复核；到期前按设定的天数提醒责任单位和管理员，各一次；复核延期后回来', async () => {
    const content = anArticle({ question: '限时优惠怎么领？', validUntil: '2026-12-10' })
    const { id } = await k.published(content)
    const keeper = await app.signIn(KEEPER)
    const due = async (username = KEEPER) =>
      ok(await (await app.signIn(username)).get('/api/knowledge/articles?desk=due&pageSize=100')).items.map(
        (row: { id: string }) => row.id,
      )
    const reminded = async () => {
      const { items } = ok(await (await app.signIn('clerk@371600-SC')).get('/api/notices?pageSize=50'))
      return items.filter(({ text }: { text: string }) => text.includes('限时优惠怎么领')).length as number
    }
    // The job asks every ten minutes of real time; its work is asked for here.
    const db = database.db as never
    const units = await loadUnits(db, createLogger('silent'))
    const remind = () =>
      remindOfEnds({
        store: createKnowledgeStore(db, units),
        queries: createKnowledgeQueries(db),
        notices: createNotices(db, app.clock, () => undefined),
        clock: app.clock,
      })

    ok(await keeper.post('/api/knowledge/reminders', { days: [7, 15, 0] }))
    expect(ok(await keeper.get('/api/knowledge/reminders'))).toMatchObject({ days: [15, 7, 0] })
    expect((await (await app.signIn('agent1')).post('/api/knowledge/reminders', { days: [1] })).status).toBe(403)
    await remind()
    expect([await reminded(), (await due()).includes(id)]).toEqual([0, false])
    for (const [day, times] of [
      ['2026-11-25', 1],
      ['2026-12-02', 1],
      ['2026-12-03', 2],
      ['2026-12-10', 2],
      ['2026-12-11', 3],
    ] as const) {
      app.clock.set(`${day}T08:00:00+08:00`)
      await remind()
      await remind()
      expect([day, await reminded()]).toEqual([day, times])
      expect(await due()).toContain(id)
      expect(await due('clerk@371600-SC')).toContain(id)
      expect(await due('clerk@371600-MZ')).not.toContain(id)
    }
    expect((await k.search('限时优惠怎么领')).map((hit) => hit.id)).not.toContain(id)
    expect(ok(await k.see('agent1', id)).current.validity).toBe('expired')
    const past = await k.tryTo(KEEPER, id, 'renew', { validUntil: '2026-12-01', note: '核实过' })
    expect(past.body.details.fields).toEqual([{ path: 'validUntil', message: '有效期止已经过去' }])
    const renewed = await k.act(KEEPER, id, 'renew', { validUntil: '2027-12-31', note: '与商务局核实，继续执行' })
    expect(renewed).toMatchObject({ current: { version: 2, content: { validUntil: '2027-12-31' } } })
    expect((await k.search('限时优惠怎么领'))[0]?.id).toBe(id)
    expect(await due()).not.toContain(id)
  })

  it('没到生效日的查不到，到了就查得到', async () => {
    const { id } = await k.published({ question: '明年新规怎么执行？', validFrom: '2027-01-01' })
    expect((await k.search('明年新规怎么执行')).map((hit) => hit.id)).not.toContain(id)
    app.clock.set('2027-01-01T00:00:00+08:00')
    expect((await k.search('明年新规怎么执行'))[0]?.id).toBe(id)
    app.clock.set('2026-11-20T10:00:00+08:00')
    const stored = await database.db.collection<ArticleDoc>('knowledgeArticles').findOne({ _id: id })
    expect(stored?.live).toBe(true)
  })
})

describe('公众查知识', () => {
  it('只有公开的、发布的、有效的，不带受理提示和内部信息；问得太勤要等', async () => {
    const { id } = await k.published({ question: '公园几点关门？', guidance: '按公园广场登记' })
    const inside = await k.published({ question: '公园里遇到领导视察怎么说？', isPublic: false })
    const ask = (q: string, ip = '203.0.113.9') =>
      app.request('POST', '/api/public/knowledge/search', { body: { q }, headers: { 'X-Forwarded-For': ip } })
    const { items } = ok(await ask('公园几点关门'))
    expect(items[0]).toEqual({
      id,
      question: '公园几点关门？',
      answer: anArticle().answer,
      basis: anArticle().basis,
      unitName: '滨州市市场监督管理局',
      validUntil: '2027-06-30',
    })
    expect(items.map((one: { id: string }) => one.id)).not.toContain(inside.id)
    expect((await ask('关')).status).toBe(400)
    // Words in an address stay in every log on the way.
    expect((await app.request('GET', `/api/public/knowledge?q=${encodeURIComponent('公园')}`)).status).not.toBe(200)
    const answers = await Promise.all(Array.from({ length: 125 }, () => ask('公园')))
    expect(answers.some(({ status }) => status === 429)).toBe(true)
  })
})
