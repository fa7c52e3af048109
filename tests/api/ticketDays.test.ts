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

describe('日子按北京时间算', () => {
  it('午夜前后登记的，编号和按日期的列表各归各的一天', async () => {
    app.clock.set('2026-11-20T23:59:59+08:00')
    const before = await desk.register()
    app.clock.set('2026-11-21T00:00:00+08:00')
    const after = await desk.register()
    expect([before.no.slice(6, 12), after.no.slice(6, 12)]).toEqual(['261120', '261121'])
    const director = await desk.as('director')
    const on = async (from: string, to: string) => {
      const { items } = ok(await director.get(`/api/tickets?from=${from}&to=${to}`))
      return items.map(({ id }: { id: string }) => id)
    }
    expect(await on('2026-11-20', '2026-11-20')).toEqual([before.id])
    expect(await on('2026-11-21', '2026-11-21')).toEqual([after.id])
    expect(await on('2026-11-20', '2026-11-21')).toEqual([after.id, before.id])
    const wrong = await director.get('/api/tickets?from=2026-11-20T00:00')
    expect([wrong.status, wrong.body.details.fields[0].path]).toEqual([400, 'from'])
  })
})
