import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok } from '../helpers/desk'
import { anArticle, KEEPER, openKnowledge } from '../helpers/knowledge'

const BUREAU = '371600-MZ'
let app: TestApp
let k: ReturnType<typeof openKnowledge>

beforeAll(async () => {
  app = await startApp()
  k = openKnowledge(app)
})
afterAll(() => app.stop())

const code = async (answer: Promise<{ status: number; body: { code: string } }>) => (await answer).body.code

describe('知识从起草到撤回', () => {
  it('起草、送审、审核发布，版次、作者、审核人、说明都在', async () => {
    const draft = await k.draft()
    expect(draft).toMatchObject({ state: 'unpublished', can: ['save', 'submit', 'discard'] })
    expect(await k.search('共享充电宝押金退不了')).toEqual([])
    await k.act('agent1', draft.id, 'submit')
    const published = await k.act(KEEPER, draft.id, 'publish', { opinion: '口径已与市场监管局核对' })
    expect(published).toMatchObject({
      state: 'published',
      current: { version: 1, note: '来电常问', validity: 'valid' },
      versions: [{ version: 1 }],
      can: ['revise', 'withdraw', 'renew'],
    })
    expect(published.work).toBeUndefined()
    expect(published.current?.author.name).not.toBe(published.current?.reviewer.name)
    expect(published.log.map(({ act }) => act)).toEqual(['published', 'submitted', 'created'])
    const [hit] = await k.search('共享充电宝押金退不了怎么办')
    const asked = { q: '共享充电宝押金退不了怎么办' }
    expect(ok(await (await app.signIn('agent1')).post('/api/knowledge/search', asked)).items[0]).toEqual(hit)
    expect(hit).toMatchObject({ id: draft.id, version: 1, unitName: '滨州市市场监督管理局', reason: '问法相同' })
  })

  it('退回修改写意见，改后再送审', async () => {
    const { id } = await k.draft({ question: '电影票能不能退改签？' })
    await k.act('agent1', id, 'submit')
    expect(ok(await k.see('agent1', id)).can).toEqual(['recall'])
    expect(await code(k.tryTo(KEEPER, id, 'sendBack', { opinion: ' ' }))).toBe('invalidInput')
    const back = await k.act(KEEPER, id, 'sendBack', { opinion: '请写明平台规则' })
    expect(back.work).toMatchObject({ status: 'sentBack', opinion: { text: '请写明平台规则' } })
    const saved = await k.act('agent1', id, 'save', {
      content: anArticle({ question: '网上买的电影票能不能退改签？' }),
      note: '已补充',
    })
    expect(saved.work).toMatchObject({ status: 'sentBack', note: '已补充' })
    await k.act('agent1', id, 'submit')
    expect((await k.act('agent1', id, 'recall')).work?.status).toBe('draft')
    await k.act('agent1', id, 'submit')
    await k.act(KEEPER, id, 'publish')
    expect((await k.search('网上买的电影票能不能退改签'))[0]?.id).toBe(id)
  })

  it('起草人不得审核自己的，由主任审核', async () => {
    const { id } = await k.draft({ question: '宠物店卖病狗怎么办？' }, KEEPER)
    const submitted = await k.act(KEEPER, id, 'submit')
    expect(submitted.can).toEqual(['recall'])
    const refused = await k.tryTo(KEEPER, id, 'publish')
    expect(refused).toMatchObject({ status: 422, body: { message: '不能发布：起草人不得审核自己的条目' } })
    expect((await k.act('director', id, 'publish')).current?.version).toBe(1)
  })

  it('修订时旧版照常可查，发布后换成新版，旧版原文不变', async () => {
    const { id } = await k.published({ question: '充电宝丢了要赔多少钱？', answer: '按页面公布的价格赔偿。' })
    const revised = await k.act('agent2', id, 'revise', { note: '平台调价' })
    expect(revised.work).toMatchObject({ status: 'draft', content: { answer: '按页面公布的价格赔偿。' } })
    expect(await code(k.tryTo('agent3', id, 'revise', { note: '我也来' }))).toBe('illegalTransition')
    const content = anArticle({ question: '充电宝丢了要赔多少钱？', answer: '最高不超过九十九元。' })
    await k.act('agent2', id, 'save', { content })
    await k.act('agent2', id, 'submit')
    expect((await k.search('充电宝丢了要赔多少钱'))[0]).toMatchObject({ version: 1, answer: '按页面公布的价格赔偿。' })
    const before = ok(await (await app.signIn('agent1')).get(`/api/knowledge/articles/${id}/versions/1`))
    await k.act(KEEPER, id, 'publish')
    expect((await k.search('充电宝丢了要赔多少钱'))[0]).toMatchObject({ version: 2, answer: '最高不超过九十九元。' })
    const after = ok(await (await app.signIn('agent1')).get(`/api/knowledge/articles/${id}/versions/1`))
    expect(after).toEqual({ ...before, isCurrent: false })
    expect(ok(await k.see('agent1', id)).versions.map(({ note }: { note: string }) => note)).toEqual([
      '平台调价',
      '来电常问',
    ])
    expect((await (await app.signIn('agent1')).get(`/api/knowledge/articles/${id}/versions/3`)).status).toBe(404)
  })

  it('撤回写理由，随即查不到，旧版仍可打开，修订后可以重新发布', async () => {
    const { id } = await k.published({ question: '雪糕刺客能投诉吗？' })
    expect(await code(k.tryTo(KEEPER, id, 'withdraw', {}))).toBe('invalidInput')
    const withdrawn = await k.act(KEEPER, id, 'withdraw', { reason: '政策已调整' })
    expect(withdrawn).toMatchObject({ state: 'withdrawn', can: ['revise'] })
    expect(withdrawn.log[0]).toMatchObject({ act: 'withdrawn', note: '政策已调整', version: 1 })
    expect((await k.search('雪糕刺客能投诉吗')).map((hit) => hit.id)).not.toContain(id)
    expect((await k.see('agent1', id)).status).toBe(200)
    await k.act(KEEPER, id, 'revise', { note: '按新政策' })
    await k.act(KEEPER, id, 'submit')
    expect(await k.act('director', id, 'publish')).toMatchObject({ state: 'published', current: { version: 2 } })
    expect((await k.search('雪糕刺客能投诉吗'))[0]?.id).toBe(id)
  })

  it('没发布过的草稿放弃就没有了，修订放弃还是原来那一版', async () => {
    const { id } = await k.draft({ question: '不要了的草稿？' })
    await k.act('agent1', id, 'discard')
    expect((await k.see('agent1', id)).status).toBe(404)
    const kept = await k.published({ question: '改了一半不改了？' })
    await k.act('agent1', kept.id, 'revise', { note: '试试' })
    expect(await k.act('agent1', kept.id, 'discard')).toMatchObject({ state: 'published', current: { version: 1 } })
  })
})

describe('谁能做什么', () => {
  it('系统管理员不看知识，市领导只读，回访员、经办人不起草', async () => {
    for (const path of ['search', 'desks', 'articles', 'reminders'])
      expect([path, (await (await app.signIn('admin')).get(`/api/knowledge/${path}`)).status]).toEqual([path, 403])
    expect((await (await app.signIn('cityleader')).get('/api/knowledge/search')).status).toBe(200)
    for (const username of ['cityleader', 'callback1', `handler@${BUREAU}`, 'admin']) {
      const answer = await (await app.signIn(username)).post('/api/knowledge/articles', { content: anArticle() })
      expect([username, answer.status]).toEqual([username, 403])
    }
    expect((await app.request('GET', '/api/knowledge/search?q=社保卡')).status).toBe(401)
  })

  it('承办单位只申报本单位和下级职责内的', async () => {
    const own = await k.draft(
      { question: '殡仪馆怎么预约？', unitId: BUREAU, matterCodes: ['120401'] },
      `clerk@${BUREAU}`,
    )
    expect(own.work?.author.unitId).toBe(BUREAU)
    const foreign = await (
      await app.signIn(`clerk@${BUREAU}`)
    ).post('/api/knowledge/articles', { content: anArticle() })
    expect(foreign).toMatchObject({ status: 422, body: { message: '只能申报本单位职责内的知识' } })
    const county = anArticle({ question: '县里的事？', unitId: '371602-MZ' })
    expect((await (await app.signIn('clerk@371602')).post('/api/knowledge/articles', { content: county })).status).toBe(
      201,
    )
    const up = anArticle({ question: '上级的事？', unitId: '371602' })
    expect((await (await app.signIn('clerk@371602-ZJ')).post('/api/knowledge/articles', { content: up })).status).toBe(
      422,
    )
  })

  it('未发布的只有起草人、审核人和责任单位看得到', async () => {
    const { id } = await k.draft({ question: '还没定稿的口径？', unitId: BUREAU })
    for (const [username, status] of [
      ['agent1', 200],
      [KEEPER, 200],
      ['director', 200],
      [`lead@${BUREAU}`, 200],
      ['agent2', 404],
      ['dispatcher1', 404],
      ['clerk@371602-ZJ', 404],
    ] as const)
      expect([username, (await k.see(username, id)).status]).toEqual([username, status])
    const own = ok(await (await app.signIn('agent2')).get('/api/knowledge/articles?state=unpublished'))
    expect(own.items.map((row: { id: string }) => row.id)).not.toContain(id)
  })

  it('别人的草稿不能改、不能送审；不是知识库管理员和主任不能审核、撤回、复核', async () => {
    const { id } = await k.draft({ question: '别人写的？' })
    for (const [act, body] of [
      ['save', { content: anArticle() }],
      ['submit', {}],
      ['discard', {}],
    ] as const)
      expect([act, await code(k.tryTo(KEEPER, id, act, body))]).toEqual([act, 'forbidden'])
    await k.act('agent1', id, 'submit')
    const published = await k.published({ question: '已经发布的？' })
    for (const username of ['dispatcher1', 'supervisor1', 'clerk@371600-SC']) {
      const tries = [
        k.tryTo(username, published.id, 'withdraw', { reason: '不要了' }),
        k.tryTo(username, published.id, 'renew', { note: '核实过' }),
      ]
      for (const one of tries) expect([username, await code(one)]).toEqual([username, 'forbidden'])
    }
    expect(await code(k.tryTo('clerk@371600-SC', id, 'publish'))).toBe('forbidden')
    expect(await code(k.tryTo('clerk@371600-MZ', published.id, 'revise', { note: '不是我们的' }))).toBe('forbidden')
    expect((await k.act('clerk@371600-SC', published.id, 'revise', { note: '我们的' })).work?.status).toBe('draft')
  })

  it('不到时候的一步说明为什么', async () => {
    const { id } = await k.draft({ question: '顺序不对？' })
    for (const [username, act, body, message] of [
      [KEEPER, 'publish', {}, '不能发布：不在待审核中'],
      [KEEPER, 'withdraw', { reason: '不要了' }, '不能撤回：条目没有在发布中'],
      [KEEPER, 'revise', { note: '改' }, '不能修订：条目还没有发布过'],
      ['agent1', 'recall', {}, '不能收回送审：不在待审核中'],
    ] as const)
      expect(await k.tryTo(username, id, act, body)).toMatchObject({ status: 409, body: { message } })
  })

  it('旧页面上的操作不会盖掉别人的', async () => {
    const { id } = await k.draft({ question: '两个窗口？' })
    await k.act('agent1', id, 'save', { content: anArticle({ question: '两个窗口一起改？' }) })
    const late = await k.tryTo('agent1', id, 'save', { revision: 0, content: anArticle() })
    expect(late).toMatchObject({ status: 409, body: { code: 'staleVersion', details: { revision: 1 } } })
  })

  it('同一次点击重发只算一次', async () => {
    const client = await app.signIn('agent1')
    const body = { content: anArticle({ question: '重发的草稿？' }) }
    const first = await client.post('/api/knowledge/articles', body, { key: 'same-draft-1' })
    const again = await client.post('/api/knowledge/articles', body, { key: 'same-draft-1' })
    expect(again.body.id).toBe(first.body.id)
  })

  it('内容不对的逐项说明', async () => {
    const client = await app.signIn('agent1')
    const answer = await client.post('/api/knowledge/articles', {
      content: { ...anArticle(), question: '', basis: undefined, validFrom: '2026-02-30', matterCodes: ['1101'] },
    })
    const paths = answer.body.details.fields.map(({ path, message }: { path: string; message: string }) => [
      path,
      message,
    ])
    expect(paths).toEqual([
      ['content.question', '请填写问题'],
      ['content.basis', '请填写依据'],
      ['content.matterCodes.0', '事项应为第三级'],
      ['content.validFrom', '日期应为 2026-01-31 的样子'],
    ])
    const unknown = { unitId: 'nobody', matterCodes: ['990101'], regionCodes: ['110101'], validUntil: '2026-11-01' }
    const second = await client.post('/api/knowledge/articles', { content: anArticle(unknown) })
    expect(second.body.details.fields.map(({ path }: { path: string }) => path)).toEqual([
      'content.unitId',
      'content.matterCodes.0',
      'content.regionCodes.0',
      'content.validUntil',
    ])
    const ends = anArticle({ validFrom: '2027-01-01', validUntil: '2026-12-31' })
    expect((await client.post('/api/knowledge/articles', { content: ends })).body.details.fields).toEqual([
      { path: 'content.validUntil', message: '有效期止不能早于有效期起' },
    ])
  })
})
