import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUDGET, firstLoad, needlessCharts } from '../../scripts/lib/bundle.mjs'
import { startStage, type Stage } from '../helpers/browser'
import { UNIT } from '../helpers/desk'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
  for (let n = 1; n <= 6; n += 1) await stage.desk.dispatched({ title: `渤海十八路在建工地第 ${n} 次夜间施工` })
  await stage.desk.register({ title: '梧桐小区整栋楼暖气不热' })
  await stage.desk.inCallback({ title: '新立河西路路灯不亮' })
})
afterAll(() => stage.stop())

/** Everything that the browser notes about moving content and loaded files, from the first moment on. */
async function watched(page: Page, path: string): Promise<void> {
  await page.addInitScript(() => {
    const state = { shift: 0 }
    Object.assign(window, { shiftState: state })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) state.shift += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(stage.address + path, { waitUntil: 'networkidle' })
  await expect.poll(() => page.locator('.el-skeleton').count()).toBe(0)
}
const shiftOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { shiftState: { shift: number } }).shiftState.shift)

describe('首次加载', () => {
  it('话务台由入口和静态引用带来的代码与样式不超过 300 kB（gzip），不画图的页面没有 ECharts', async () => {
    const { total } = await firstLoad()
    expect(total).toBeGreaterThan(50_000)
    expect(total).toBeLessThanOrEqual(BUDGET)
    expect(await needlessCharts()).toEqual([])
  })

  it('浏览器真正收到的也不超过', async () => {
    const page = await stage.page('agent1')
    await watched(page, '/intake')
    const received = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => /\.(?:js|css)$/.test(new URL(name).pathname))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    )
    expect(received).toBeGreaterThan(50_000)
    expect(received).toBeLessThanOrEqual(BUDGET)
  })
})

describe('页面载入时内容不跳动', () => {
  it.each([
    ['话务台', 'agent1', '/intake'],
    ['派单台', 'dispatcher1', '/dispatch'],
    ['承办单位', `clerk@${UNIT}`, '/unit'],
    ['回访台', 'callback1', '/callback'],
    ['全部工单', 'director', '/tickets'],
  ])('%s 的累计布局偏移小于 0.1', async (_name, username, path) => {
    const page = await stage.page(username)
    await watched(page, path)
    expect(await shiftOf(page)).toBeLessThan(0.1)
  })
})
