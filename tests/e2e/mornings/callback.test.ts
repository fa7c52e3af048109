import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { startStage, type Stage } from '../../helpers/browser'
import { ringing, type Ringing } from '../../helpers/calls'
import { callAllDay } from '../../helpers/callAllDay'

let stage: Stage
let calls: Ringing
let page: Page
const tickets: TicketView[] = []

beforeAll(async () => {
  stage = await startStage()
  calls = ringing(stage)
  await callAllDay(stage, { attempts: 4 })
  for (const title of ['夜间施工噪音已停', '路灯不亮已修复', '小区供暖不热', '占道经营']) {
    tickets.push(await stage.desk.inCallback({ title }))
  }
  page = await stage.page('callback1')
})
afterAll(() => stage.stop())

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const lastResult = (text: string) => page.getByTestId('last-result').filter({ hasText: text }).waitFor()
const isOpen = (title: string) => page.locator('main h2').filter({ hasText: title }).waitFor()

describe('回访员的早上', () => {
  it('接通后四个键记完结果：是、是、满意、回车，下一件已在面前', async () => {
    await isOpen('夜间施工噪音已停')
    await press('1')
    await page.getByTestId('form-recordCallback').waitFor()
    await press('y', 'y', '5')
    await page.getByTestId('same-for-all').filter({ hasText: '三项均记“非常满意”' }).waitFor()
    await press('Enter')
    await lastResult('夜间施工噪音已停')
    await isOpen('路灯不亮已修复')
    const { body } = await stage.desk.see('supervisor1', tickets[0]!)
    expect(body.callbacks[0]).toMatchObject({
      contactedByUnit: true,
      solved: 'yes',
      satisfaction: { result: 5, attitude: 5, agent: 5 },
      talkSeconds: expect.any(Number),
    })
    await page.getByTestId('own-called').filter({ hasText: '1' }).waitFor()
  })

  it('没人接：按本市方案，马上看到下次什么时候、第几次', async () => {
    await press('2')
    await page.getByTestId('next-attempt').filter({ hasText: '这是第 1 次，共 4 次' }).waitFor()
    await press('Enter')
    await lastResult('路灯不亮已修复：无人接听')
    await isOpen('小区供暖不热')
  })

  it('约时间：照诉求人说的写，记入预约，按时间排', async () => {
    await press('6', 't')
    await page.keyboard.type('下周三下午3点')
    await page.getByTestId('next-attempt').filter({ hasText: '15:00' }).waitFor()
    await press('Enter')
    await lastResult('小区供暖不热：约定时间再访')
    await isOpen('占道经营')
    await page.getByTestId('desk-appointed').filter({ hasText: '1' }).waitFor()
    await page.getByTestId('desk-appointed').click()
    await page.getByTestId(`row-${tickets[2]!.no}`).getByText('15:00').waitFor()
    await page.getByTestId('desk-callback').click()
    await isOpen('占道经营')
  })

  it('约好的时间到了，提醒在眼前，一键打开，不打断手上的', async () => {
    const soon = await stage.desk.inCallback({ title: '约在此刻' })
    const nextAt = new Date(Date.now() + 4_000).toISOString()
    await stage.desk.act('callback2', soon, 'recordAttempt', { result: 'appointment', nextAt })
    await page.getByTestId('due-appointment').filter({ hasText: '约在此刻' }).waitFor()
    await isOpen('占道经营')
    await press('Alt+o')
    await isOpen('约在此刻')
    await page.getByTestId('due-appointment').waitFor({ state: 'detached' })
    await press('1')
    await page.getByTestId('form-recordCallback').waitFor()
    await press('y', 'y', '4', 'Enter')
    await lastResult('约在此刻')
  })

  it('本人今日的数，点开是口径和那些工单', async () => {
    await page.getByTestId('own-called').filter({ hasText: '2' }).waitFor()
    await page.getByTestId('own-connectRate').filter({ hasText: '75%' }).waitFor()
    await page.getByTestId('own-connectRate').click()
    await page.getByTestId('own-formula').filter({ hasText: '全部拨打次数' }).waitFor()
    await page.getByRole('dialog').getByTestId(`row-${tickets[0]!.no}`).waitFor()
    await page.getByText('分母 4').click()
    await page.getByRole('dialog').getByTestId(`row-${tickets[1]!.no}`).waitFor()
    await press('Escape')
  })

  it('一路上没有报错', () => {
    expect(stage.complaints).toEqual([])
  })
})

it('其间模拟交换机打来的每一通，系统都记得一样', async () => {
  const { played, differences } = await calls.stop()
  expect(played).toBeGreaterThan(0)
  expect(differences).toEqual([])
})
