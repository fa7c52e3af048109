import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aDispatch, ok, openDesk, UNIT, type Desk } from '../helpers/desk'
import { aPdf, aPhoto, fetchFile, uploadAsCaller } from '../helpers/files'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

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
})
