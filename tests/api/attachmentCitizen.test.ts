import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, aDispatch, ok, openDesk, UNIT, type Desk } from '../helpers/desk'
import { aPdf, aPhoto, fetchFile, uploadAsCaller, uploadWithPass } from '../helpers/files'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

describe('诉求人提交诉求时的照片', () => {
  const submit = (body: object) =>
    app.request('POST', '/api/public/tickets', {
      body: {
        ...{ kind: 'complaint', regionCode: '371602', detail: '渤海十八路工地夜间施工，附现场照片。' },
        caller: aCaller(),
        ...body,
      },
    })

  it('不用登录先上传，提交时凭上传凭据引用，受理派单后承办单位看得到', async () => {
    const first = ok(await uploadWithPass(app, undefined, '工地.jpg', await aPhoto()))
    const pass: string = first.pass
    const second = ok(await uploadWithPass(app, pass, '围挡.jpg', await aPhoto()))
    const headers = { 'Upload-Pass': pass }
    const mine = ok(await app.request('GET', `/api/public/attachments?ids=${first.id},${second.id}`, { headers }))
    expect(mine.items.map(({ name }: { name: string }) => name)).toEqual(['工地.jpg', '围挡.jpg'])
    const gone = await app.request('DELETE', `/api/public/attachments/${second.id}`, { headers })
    expect(gone.status).toBe(204)

    expect((await submit({ attachmentIds: [first.id] })).status).toBe(400)
    const { no } = ok(await submit({ attachmentIds: [first.id], uploadPass: pass }))
    const dispatcher = await desk.as('dispatcher1')
    const ticket = ok(await dispatcher.get(`/api/tickets/${no}`))
    expect(ticket.attachmentIds).toEqual([first.id])
    expect(ok(await dispatcher.get(`/api/attachments?ids=${first.id}`)).items[0]).toMatchObject({ isDraft: false })
  })

  it('别人的凭据看不到、用不了；凭据改一个字就无效；只收照片，小一些，次数有限', async () => {
    const his = ok(await uploadWithPass(app, undefined, '工地.jpg', await aPhoto()))
    const other = ok(await uploadWithPass(app, undefined, '别处.jpg', await aPhoto()))
    const headers = { 'Upload-Pass': other.pass }
    expect(ok(await app.request('GET', `/api/public/attachments?ids=${his.id}`, { headers })).items).toEqual([])
    expect((await app.request('DELETE', `/api/public/attachments/${his.id}`, { headers })).status).toBe(404)
    expect((await submit({ attachmentIds: [his.id], uploadPass: other.pass })).status).toBe(400)
    const forged = await submit({ attachmentIds: [his.id], uploadPass: `x${his.pass}` })
    expect([forged.status, forged.body.message]).toEqual([403, '上传凭据已过期，请重新选择照片'])
    const paper = await uploadWithPass(app, his.pass, '合同.pdf', aPdf())
    expect([paper.status, paper.body.message]).toEqual([400, '这里只能上传图片'])
    const large = Buffer.concat([await aPhoto(), Buffer.alloc(11 * 1024 * 1024)])
    const refused = await uploadWithPass(app, his.pass, '大.jpg', large)
    expect([refused.status, refused.body.message]).toEqual([400, '图片不能超过 10 MB'])
    const photo = await aPhoto()
    const answers = []
    for (let n = 0; n < 18; n += 1) answers.push((await uploadWithPass(app, his.pass, '多.jpg', photo)).status)
    expect(answers.at(-1)).toBe(429)
  })
})

describe('诉求人补充照片', () => {
  it('凭编号和查询码上传，随补充一起给承办单位；别的种类、错的查询码、别人的工单都不行', async () => {
    const ticket = await desk.register()
    const mine = { no: ticket.no, code: ticket.queryCode ?? '' }
    await desk.act('dispatcher1', ticket, 'dispatch', aDispatch())
    const wrong = await uploadAsCaller(app, { ...mine, code: 'AAAAAA' }, '门前.jpg', await aPhoto())
    expect([wrong.status, wrong.body.message]).toEqual([404, '工单编号或查询码不正确'])
    const paper = await uploadAsCaller(app, mine, '合同.pdf', aPdf())
    expect([paper.status, paper.body.message]).toEqual([400, '这里只能上传图片'])

    const photo = ok(await uploadAsCaller(app, mine, '门前.jpg', await aPhoto()))
    expect((await fetchFile(app, photo.thumbUrl)).status).toBe(200)
    const supplement = (no: string, code: string) =>
      app.request('POST', `/api/public/tickets/${no}/supplement`, {
        body: { code, text: '昨夜又施工', attachmentIds: [photo.id] },
      })
    const other = await desk.register()
    await desk.act('dispatcher1', other, 'dispatch', aDispatch())
    expect((await supplement(other.no, other.queryCode ?? '')).status).toBe(400)
    ok(await supplement(mine.no, mine.code))
    const clerk = await desk.as(`clerk@${UNIT}`)
    const seen = ok(await clerk.get(`/api/tickets/${ticket.id}`))
    expect(seen.newFacts.at(-1).attachmentIds).toEqual([photo.id])
    expect(ok(await clerk.get(`/api/attachments?ids=${photo.id}`)).items).toHaveLength(1)
  })

  it('并入的保密诉求人补充的照片，承办单位看得到，看不到文件名', async () => {
    const main = await desk.register()
    const joined = await desk.register({
      confidentiality: 1,
      caller: aCaller({ number: '13955556666', name: '司马青山' }),
    })
    ok(await desk.tryTo('dispatcher1', joined, 'merge', { mainId: main.id }))
    await desk.act('dispatcher1', main, 'dispatch', aDispatch())
    const his = { no: joined.no, code: joined.queryCode ?? '' }
    const photo = ok(await uploadAsCaller(app, his, '司马青山家门前.jpg', await aPhoto()))
    const body = { code: his.code, text: '昨夜又施工', attachmentIds: [photo.id] }
    ok(await app.request('POST', `/api/public/tickets/${joined.no}/supplement`, { body }))
    const named = async (person: string) =>
      ok(await (await desk.as(person)).get(`/api/attachments?ids=${photo.id}`)).items.map(
        ({ name }: { name: string }) => name,
      )
    expect(await named(`clerk@${UNIT}`)).toEqual(['图片 1.jpg'])
    expect(await named('dispatcher1')).toEqual(['司马青山家门前.jpg'])
  })
})
