import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { startStage, type Stage } from '../helpers/browser'
import { EXTENSION, openExchange, OTHER_EXTENSION } from '../helpers/calls'

const CALLER = '13954320001'
let stage: Stage
let page: Page
beforeAll(async () => {
  stage = await startStage()
  const exchange = await openExchange(stage)
  const talk = await exchange.ring({ from: CALLER, to: EXTENSION, queue: '综合队列' })
  await talk.answer()
  await talk.hangup()
  const missed = await exchange.ring({ from: '13954320002', to: OTHER_EXTENSION, queue: '综合队列' })
  await missed.hangup('noAnswer')
  const out = await exchange.dial({ from: OTHER_EXTENSION, to: '13954320003' })
  await out.answer()
  page = await stage.page('director')
})
afterAll(() => stage.stop())

describe('话务记录', () => {
  it('一天的指标有口径，列表按方向和结果筛选，查无结果说得清楚', async () => {
    await page.goto(`${stage.address}/calls`)
    const rate = page.getByTestId('measure-connectRate')
    await rate.getByText('50.00%').waitFor()
    await rate.getByRole('button').focus()
    await page.getByText('接通率：人工接通量 ÷ 来电量').waitFor()
    await page.getByTestId('measure-waiting').getByText('1', { exact: true }).waitFor()
    const rows = page.getByTestId('calls').locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(3)
    await choose('filter-result', '漏接')
    await rows.getByText('139****0002').waitFor()
    await expect.poll(() => rows.count()).toBe(1)
    await choose('filter-direction', '呼出')
    await page.getByText('这一天没有符合条件的通话').waitFor()
    await page.getByTestId('clear-filters').click()
    await expect.poll(() => rows.count()).toBe(3)
  })

  it('写明理由才看得到号码', async () => {
    const row = page.locator('tr', { hasText: '139****0001' })
    await row.getByTestId('reveal').click()
    await page.getByTestId('submit-reveal').click()
    await page.getByTestId('plain-number').getByText(CALLER).waitFor()
  })

  it('按坐席看，点姓名只剩他的通话；前一天没有电话，按 T 回到今天', async () => {
    await page.keyboard.press('2')
    const agent = page.getByTestId('agents').locator('tbody tr').first()
    await agent.getByText('话后整理').waitFor()
    await agent.getByRole('button').click()
    const rows = page.getByTestId('calls').locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(1)
    await page.locator('h1').click()
    await page.keyboard.press('p')
    await page.getByText('这一天没有通话').waitFor()
    await page.keyboard.press('t')
    await expect.poll(() => rows.count()).toBe(3)
  })

  it('手机上放不下的菜单在“更多”里，打开一页就收起', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    const menu = page.getByRole('navigation', { name: '主菜单' })
    await menu.getByText('统计').waitFor({ state: 'hidden' })
    await page.getByTestId('menu-more').click()
    await menu.getByText('统计').click()
    await page.waitForURL('**/stats')
    await menu.getByText('统计').waitFor({ state: 'hidden' })
    expect(stage.complaints).toEqual([])
  })
})

async function choose(filter: string, label: string): Promise<void> {
  await page.getByTestId(filter).click()
  await page.locator('.el-select-dropdown__item:visible', { hasText: label }).click()
}
