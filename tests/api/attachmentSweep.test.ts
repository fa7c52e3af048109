import { createAttachmentService } from '@hotline/server/features/attachment/attachmentService'
import { createAttachmentStore } from '@hotline/server/features/attachment/attachmentStore'
import { createGridFsStore } from '@hotline/server/features/attachment/gridFsStore'
import { createTicketStore } from '@hotline/server/features/ticket/ticketStore'
import { createLogger } from '@hotline/server/platform/log'
import { connectMongo, type Database } from '@hotline/server/platform/mongo'
import type { AttachmentView } from '@hotline/shared/attachment/view'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aRegistration, ok, openDesk, type Desk } from '../helpers/desk'
import { aPhoto, fetchFile, upload } from '../helpers/files'

let app: TestApp
let desk: Desk
let database: Database
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  database = await connectMongo(app.uri, createLogger('silent'))
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

const DAY = 24 * 3600_000
const draft = async (): Promise<AttachmentView> =>
  ok(await upload(app, await desk.as('agent1'), '现场.jpg', await aPhoto()))
const readable = async ({ id }: AttachmentView) =>
  (await fetchFile(app, `/api/attachments/${id}`, { token: (await app.signIn('agent1')).token })).status === 200

function sweep(after: number): Promise<number> {
  const { db } = database
  const none = { units: () => [], matter: () => [], region: () => [], deputies: () => [] }
  const service = createAttachmentService({
    store: createAttachmentStore(db),
    files: createGridFsStore(db),
    tickets: createTicketStore(db, none as never),
    audit: { append: async () => undefined },
  })
  return service.sweep(new Date(app.clock.now().getTime() + after))
}

describe('没有用上的附件', () => {
  it('一天后清除，连同文件；随工单提交的留下', async () => {
    const [left, used] = [await draft(), await draft()]
    await desk.register({ attachmentIds: [used.id] })
    expect(await sweep(DAY - 1000)).toBe(0)
    expect(await sweep(DAY + 1000)).toBe(1)
    expect([await readable(left), await readable(used)]).toEqual([false, true])
    expect(await database.db.collection('attachments.files').countDocuments()).toBe(2)
    expect(await sweep(30 * DAY)).toBe(0)
    expect(await readable(used)).toBe(true)
  })

  it('操作被拒绝后，本人改好再提交照样能用', async () => {
    const one = await draft()
    const ticket = await desk.dispatched()
    const stale = { version: 0, text: '又施工', attachmentIds: [one.id] }
    await (await desk.as('agent1')).post(`/api/tickets/${ticket.id}/supplement`, stale)
    const body = { text: '又施工', attachmentIds: [one.id] }
    expect((await desk.tryTo('agent2', ticket, 'supplement', body)).status).toBeGreaterThanOrEqual(400)
    const told = await desk.act('agent1', ticket, 'supplement', body)
    expect(told.newFacts.at(-1)?.attachmentIds).toEqual([one.id])
  })

  it('进程死在认领之后、提交之前：同一请求重发就用上，不重发的一天后清除', async () => {
    const [one, two] = [await draft(), await draft()]
    const agent = await desk.as('agent1')
    const userId = agent.user.id
    const claim = (id: string, key: string) =>
      createAttachmentStore(database.db).claim(id, {
        ownerId: userId,
        ticketId: `gone-${id}`,
        claimKey: `${userId}:${key}`,
        sweepAt: new Date(app.clock.now().getTime() + DAY),
      })
    expect([await claim(one.id, 'sent-again'), await claim(two.id, 'never-again')]).toEqual([true, true])
    const body = aRegistration({ attachmentIds: [one.id] })
    ok(await agent.post('/api/tickets', body, { key: 'sent-again' }))
    expect(await sweep(DAY + 1000)).toBe(1)
    expect([await readable(one), await readable(two)]).toEqual([true, false])
  })
})
