import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok, openDesk, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

describe('列表中的一行', () => {
  it('待回访的带最晚回访的时间；下次可拨的时间是另一回事', async () => {
    const ticket = await desk.inCallback()
    const { items } = ok(await (await desk.as('callback1')).get('/api/tickets?desk=callback'))
    const row = items.find(({ id }: { id: string }) => id === ticket.id)
    expect(row.callbackBy).toBe(ticket.callbackBy)
    expect(Date.parse(row.callbackBy)).toBeGreaterThan(Date.parse(row.dueBy))
  })

  it('还没到回访、已经办结的不带', async () => {
    const before = await desk.inHotlineReview()
    const after = await desk.closed()
    const { items } = ok(await (await desk.as('director')).get('/api/tickets'))
    for (const { id } of [before, after])
      expect(items.find((row: { id: string }) => row.id === id).callbackBy).toBeUndefined()
  })
})
