import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, ok, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

describe('匿名件正文里的号码', () => {
  it.each([
    ['手机', '13912345678'],
    ['分组写的手机', '1391 234 5678'],
    ['全角数字', '１３９１２３４５６７８'],
    ['市话', '3161234'],
  ])('%s：承办单位在列表和详情里都看不到，摘要恰好截断在号码中间也一样', async (_, number) => {
    const digits = number.normalize('NFKC').replace(/\D/g, '')
    for (let before = 120 - number.length; before <= 120; before += 1) {
      const detail = `${'噪'.repeat(before)}${number}请勿外传`
      const caller = aCaller({ isAnonymous: true })
      const { id } = await desk.dispatched({ caller, detail })
      const clerk = await desk.as(`clerk@${UNIT}`)
      const list = ok(await clerk.get('/api/tickets'))
      const row = list.items.find((item: { id: string }) => item.id === id)
      const seen = JSON.stringify([row, ok(await clerk.get(`/api/tickets/${id}`))])
      const left = seen.normalize('NFKC').replace(/(?<=\d)[\s.-](?=\d)/g, '')
      expect([before, left.includes(digits), left.includes(digits.slice(0, 5))]).toEqual([before, false, false])
    }
  })
})
