import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AttachmentView } from '@hotline/shared/attachment/view'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type Client, type TestApp } from '../helpers/app'
import {
  aCaller,
  aReply,
  aRegistration,
  openDatabase,
  openDesk,
  ok,
  OTHER_UNIT,
  UNIT,
  type Desk,
} from '../helpers/desk'
import { aPdf, aPhoto, aWav, fetchFile, upload } from '../helpers/files'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const draft = async (client: Client, name = '现场.jpg', bytes?: Buffer): Promise<AttachmentView> =>
  ok(await upload(app, client, name, bytes ?? (await aPhoto())))
const listed = async (client: Client, ...ids: string[]): Promise<AttachmentView[]> =>
  ok(await client.get(`/api/attachments?ids=${ids.join(',')}`)).items
const refusalOf = async (name: string, bytes: Buffer) => {
  const { status, body } = await upload(app, await desk.as('agent1'), name, bytes)
  return [status, body.message]
}
const readBy = async (username: string, id: string) => {
  const { token } = await desk.as(username)
  return (await fetchFile(app, `/api/attachments/${id}`, { token })).status
}
/** A unit's reply with these files. */
const replyWith = (ticket: TicketView, ids: string[]) =>
  desk.tryTo(`handler@${UNIT}`, ticket, 'reply', { ...aReply(app.clock.now()), attachmentIds: ids })

describe('上传', () => {
  it('照片重新编码：摆正，不带拍摄地点和相机，另有缩略图', async () => {
    const photo = await aPhoto({ width: 900, height: 600 })
    expect((await sharp(photo).metadata()).exif?.toString('latin1')).toContain('SecretCamera')
    const agent = await desk.as('agent1')
    const one = await draft(agent, '../../IMG 0001.JPEG', photo)
    expect(one).toMatchObject({ name: 'IMG 0001.jpg', kind: 'image', type: 'image/jpeg', width: 600, height: 900 })
    expect(one.isDraft).toBe(true)
    const file = await fetchFile(app, one.url ?? '')
    const { exif, orientation, width, height } = await sharp(file.bytes).metadata()
    expect({ exif, orientation, width, height }).toEqual({ width: 600, height: 900 })
    expect(file.bytes.includes('SecretCamera')).toBe(false)
    expect(one.size).toBe(file.bytes.length)
    const thumb = await fetchFile(app, one.thumbUrl ?? '')
    expect(await sharp(thumb.bytes).metadata()).toMatchObject({ height: 320, format: 'jpeg' })
  })

  it('按内容认定类型，不看名字；文档、录音都收', async () => {
    const agent = await desk.as('agent1')
    expect(await draft(agent, '合同.exe', aPdf())).toMatchObject({ name: '合同.pdf', kind: 'document' })
    expect(await draft(agent, '电话', aWav())).toMatchObject({ name: '电话.wav', kind: 'audio', type: 'audio/wav' })
    const amr = Buffer.from('#!AMR\n\x3c\x00\x00\x00', 'latin1')
    expect(await draft(agent, '来电录音.amr', amr)).toMatchObject({ kind: 'audio', type: 'audio/amr' })
    expect(
      (
        await draft(
          agent,
          '表.png',
          await sharp(await aPhoto())
            .webp()
            .toBuffer(),
        )
      ).type,
    ).toBe('image/webp')
  })

  it('不许的种类、坏图、空文件、过大的，各说各的原因', async () => {
    const allowed =
      '可以上传 JPEG、PNG、WebP 图片，PDF、Word（docx）、Excel（xlsx）文档，MP3、WAV、M4A、AMR 录音，MP4 视频'
    expect(await refusalOf('a.jpg', Buffer.from('<script>alert(1)</script>'))).toEqual([
      400,
      `不能上传这种文件。${allowed}`,
    ])
    expect(await refusalOf('a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual([
      400,
      `不能上传这种文件。${allowed}`,
    ])
    const photo = await aPhoto({ width: 300, height: 300 })
    expect(await refusalOf('坏.jpg', photo.subarray(0, photo.length - 200))).toEqual([
      400,
      '图片已损坏，打不开，请重新拍摄或选择',
    ])
    expect(await refusalOf('空.jpg', Buffer.alloc(0))).toEqual([400, '文件是空的，请重新选择'])
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
    expect((await refusalOf('a.heic', heic))[1]).toContain('HEIC')
    const long = Buffer.concat([aPdf(), Buffer.alloc(20 * 1024 * 1024)])
    expect(await refusalOf('长.pdf', long)).toEqual([400, '文档不能超过 20 MB'])
    const zip = Buffer.from('504b0304140000000000000000000000000000000000000000000100000061', 'hex')
    expect((await refusalOf('a.docx', zip))[1]).toContain('不能上传压缩包')
  })

  it('录音和视频边收边存，超过上限的不留下一点', async () => {
    const { db, close } = await openDatabase(app)
    const count = () => db.collection('attachments.chunks').countDocuments()
    const before = [await count(), await db.collection('attachments').countDocuments()]
    expect(await refusalOf('长.wav', aWav(50 * 1024 * 1024))).toEqual([400, '录音不能超过 50 MB'])
    expect([await count(), await db.collection('attachments').countDocuments()]).toEqual(before)
    await close()
  })

  it('不是表单的、没有文件的、没登录的都说得清', async () => {
    const agent = await desk.as('agent1')
    const json = await agent.post('/api/attachments', {})
    expect([json.status, json.body.message]).toEqual([400, '请用 multipart/form-data 上传一个文件'])
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
    const nothing = await app.request('POST', '/api/attachments', { token: agent.token, headers, body: '--x--\r\n' })
    expect([nothing.status, nothing.body.message]).toEqual([400, '没有收到文件，请重新选择'])
    const cut = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4 cut'
    expect((await app.request('POST', '/api/attachments', { token: agent.token, headers, body: cut })).status).toBe(400)
    expect((await app.request('POST', '/api/attachments', { headers, body: cut })).status).toBe(401)
  })
})

describe('草稿', () => {
  it('只有本人看得到、删得掉', async () => {
    const one = await draft(await desk.as('agent1'))
    expect(await readBy('agent1', one.id)).toBe(200)
    expect(await readBy('agent2', one.id)).toBe(404)
    expect(await listed(await desk.as('agent2'), one.id)).toEqual([])
    const remove = async (username: string) =>
      (await app.request('DELETE', `/api/attachments/${one.id}`, { token: (await desk.as(username)).token })).status
    expect([await remove('agent2'), await remove('agent1'), await remove('agent1')]).toEqual([404, 204, 404])
    expect((await fetchFile(app, one.url ?? '')).status).toBe(404)
  })

  it('操作引用别人的、不存在的附件被拒绝，工单不变', async () => {
    const ticket = await desk.handling()
    const others = await draft(await desk.as('agent1'))
    for (const id of [others.id, 'nothing']) {
      const refused = await replyWith(ticket, [id])
      expect(refused.status).toBe(400)
      expect(refused.body.details.fields).toEqual([
        { path: 'attachmentIds', message: '附件不存在、已过期，或不是您上传的，请移除后重新上传' },
      ])
    }
    expect((await desk.see('director', ticket)).body.status).toBe('handling')
    expect(await readBy('agent1', others.id)).toBe(200)
  })

  it('一次最多 9 个；一个不能用在两张工单上', async () => {
    const ticket = await desk.handling()
    const many = await replyWith(
      ticket,
      Array.from({ length: 10 }, (_, n) => `f${n}`),
    )
    expect(many.body.details.fields).toEqual([{ path: 'attachmentIds', message: '附件最多 9 个' }])
    const handler = await desk.as(`handler@${UNIT}`)
    const one = await draft(handler)
    ok(await replyWith(ticket, [one.id]))
    const again = await replyWith(await desk.handling(), [one.id])
    expect(again.status).toBe(400)
    const kept = await app.request('DELETE', `/api/attachments/${one.id}`, { token: handler.token })
    expect([kept.status, kept.body.message]).toEqual([422, '附件已随工单提交，不能删除'])
  })
})

describe('随工单的权限', () => {
  it('登记时的照片，承办单位看得到，别的单位看不到；重发同一请求不重复', async () => {
    const agent = await desk.as('agent1')
    const one = await draft(agent)
    const body = aRegistration({ attachmentIds: [one.id] })
    const [first, second] = await Promise.all([
      agent.post('/api/tickets', body, { key: 'same-registration' }),
      agent.post('/api/tickets', body, { key: 'same-registration' }),
    ])
    const third = await agent.post('/api/tickets', body, { key: 'same-registration' })
    const made = [first, second, third].filter(({ status }) => status === 201)
    expect(new Set(made.map((answer) => answer.body.id)).size).toBe(1)
    expect(third.status).toBe(201)
    const ticket = third.body as TicketView
    expect(ticket.attachmentIds).toEqual([one.id])
    expect(await readBy(`clerk@${UNIT}`, one.id)).toBe(404)
    await desk.act('dispatcher1', ticket, 'dispatch', { leadUnitId: UNIT, ...FOUR })
    expect(await readBy(`clerk@${UNIT}`, one.id)).toBe(200)
    expect(await readBy(`clerk@${OTHER_UNIT}`, one.id)).toBe(404)
    expect((await listed(await desk.as(`clerk@${UNIT}`), one.id))[0]).toMatchObject({
      name: '现场.jpg',
      isDraft: false,
    })
  })

  it('协办看不到主办反馈里的附件，热线看得到', async () => {
    const ticket = await desk.handling({}, { coUnitIds: [OTHER_UNIT] })
    await desk.act(`clerk@${OTHER_UNIT}`, ticket, 'acknowledge')
    const other = aReply(app.clock.now())
    ok(await desk.tryTo(`handler@${OTHER_UNIT}`, ticket, 'reply', other))
    await desk.act(`lead@${OTHER_UNIT}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意' })
    const one = await draft(await desk.as(`handler@${UNIT}`))
    ok(await replyWith(ticket, [one.id]))
    expect((await desk.see(`clerk@${OTHER_UNIT}`, ticket)).status).toBe(200)
    expect(await readBy(`clerk@${OTHER_UNIT}`, one.id)).toBe(404)
    expect(await listed(await desk.as(`clerk@${OTHER_UNIT}`), one.id)).toEqual([])
    for (const reader of [`lead@${UNIT}`, 'dispatcher1', 'callback1']) expect(await readBy(reader, one.id)).toBe(200)
  })

  it('退回重写的反馈可以再引用原来的附件', async () => {
    const ticket = await desk.handling()
    const handler = await desk.as(`handler@${UNIT}`)
    const [one, two] = [await draft(handler), await draft(handler)]
    ok(await replyWith(ticket, [one.id]))
    await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', { isPassed: false, opinion: '缺处理后的照片' })
    const mended = ok(await replyWith(ticket, [one.id, two.id]))
    expect(mended.assignments[0].reply.attachmentIds).toEqual([one.id, two.id])
  })

  it('保密件：单位看得到证据照片，看不到文件名，听不到录音；热线听录音记审计', async () => {
    const agent = await desk.as('agent1')
    const photo = await draft(agent, '王丽丽举报.jpg')
    const voice = await draft(agent, '来电.wav', aWav())
    const ids = [photo.id, voice.id]
    const caller = aCaller({ name: '王丽丽' })
    const ticket = await desk.dispatched({ caller, confidentiality: 1, attachmentIds: ids })
    const clerk = await desk.as(`clerk@${UNIT}`)
    expect((await listed(clerk, ...ids)).map(({ name }) => name)).toEqual(['图片 1.jpg'])
    expect(await readBy(`clerk@${UNIT}`, voice.id)).toBe(404)

    const dispatcher = await desk.as('dispatcher1')
    const [first, second] = await listed(dispatcher, ...ids)
    expect([first?.name, second?.name, second?.url]).toEqual(['王丽丽举报.jpg', '来电.wav', undefined])
    const { url } = ok(await dispatcher.get(`/api/attachments/${voice.id}/address`))
    const part = await fetchFile(app, url, { range: 'bytes=0-3' })
    expect([part.status, part.bytes.toString(), part.headers.get('Content-Range')]).toEqual([
      206,
      'RIFF',
      'bytes 0-3/8044',
    ])
    const log = ok(await (await desk.as('director')).get(`/api/audit?ticket=${ticket.no}`))
    expect(log.items.map((row: { actionLabel: string; actorName: string }) => row.actionLabel)).toEqual(['听取录音'])
  })
})

describe('送出去的文件', () => {
  it('文档只能存，不在网页里打开；不猜类型，里面的脚本跑不起来', async () => {
    const agent = await desk.as('agent1')
    const one = await draft(agent, '说明（1）.pdf', aPdf())
    const { headers } = await fetchFile(app, `/api/attachments/${one.id}`, { token: agent.token })
    expect(headers.get('Content-Disposition')).toBe(
      "attachment; filename*=UTF-8''%E8%AF%B4%E6%98%8E%EF%BC%881%EF%BC%89.pdf",
    )
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Content-Security-Policy')).toContain('sandbox')
    expect(headers.get('Cache-Control')).toContain('private')
  })

  it('短期地址不用登录，五分钟后失效，改一个字就无效', async () => {
    const agent = await desk.as('agent1')
    const one = await draft(agent)
    const url = one.url ?? ''
    expect((await fetchFile(app, url)).status).toBe(200)
    expect((await fetchFile(app, url.replace('?', '?thumb=1&'))).status).toBe(403)
    expect((await fetchFile(app, url.replace(/until=\d+/, 'until=9999999999'))).status).toBe(403)
    expect((await fetchFile(app, `/api/public/attachments/${one.id}`)).status).toBe(400)
    expect((await fetchFile(app, `/api/attachments/${one.id}`)).status).toBe(401)
    app.clock.advance(5 * 60_000 + 1000)
    expect((await fetchFile(app, url)).status).toBe(403)
  })
})

const FOUR = { task: '核实', standard: '办结答复', limit: { kind: 'profile' } }
