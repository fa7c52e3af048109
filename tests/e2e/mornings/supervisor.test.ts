import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { startStage, type Stage } from '../../helpers/browser'
import { ringing, type Ringing } from '../../helpers/calls'
import { openDatabase, OTHER_UNIT, UNIT } from '../../helpers/desk'

let stage: Stage
let calls: Ringing
let page: Page
let late: TicketView[]
let database: Awaited<ReturnType<typeof openDatabase>>
const HOUR = 3_600_000

beforeAll(async () => {
  stage = await startStage()
  calls = ringing(stage)
  database = await openDatabase(stage)
  late = []
  for (const title of ['渤海十八路工地夜间施工', '黄河五路路面塌陷', '小区供暖不热'])
    late.push(await stage.desk.handling({ title }))
  const other = await stage.desk.handling({ title: '占道经营无人管理' }, { leadUnitId: OTHER_UNIT })
  // Their promise is over; no card and no clock interferes.
  const before = new Date(Date.now() - 30 * HOUR)
  const later = new Date(Date.now() + 40 * 24 * HOUR)
  const passed = { 't.resolveBy': before, unmetBy: before, 't.nextCheckAt': later, nextCheckAt: later }
  await database.db
    .collection<{ _id: string }>('tickets')
    .updateMany({ _id: { $in: [...late, other].map(({ id }) => id) } }, { $set: passed })
  page = await stage.page('supervisor1')
})
afterAll(async () => {
  await database.close()
  await stage.stop()
})

const result = () => page.getByTestId('bulk-result')

describe('督办员的早上', () => {
  it('打开就是风险看板：超期四件、分单位，最急的一件在卡片上', async () => {
    expect(new URL(page.url()).pathname).toBe('/risks')
    const column = page.getByTestId('risk-overdue')
    await column.getByTestId('total').filter({ hasText: '4' }).waitFor()
    await column.getByTestId(`card-${UNIT}`).filter({ hasText: '3' }).waitFor()
    await column.getByTestId(`card-${OTHER_UNIT}`).getByText('占道经营无人管理').waitFor()
    await column.getByText('超期 1 天').first().waitFor()
  })

  it('点图上的单位，就是它的工单；键 B 回看板', async () => {
    const chart = page.getByTestId('chart-units')
    await chart.locator('svg text').filter({ hasText: '滨城区住房' }).first().click()
    await page.waitForURL('**/risks/tickets?**')
    await page.getByTestId('total').filter({ hasText: '共 3 件' }).waitFor()
    await page.getByTestId('of-unit').filter({ hasText: '滨城区住房' }).waitFor()
    await page.keyboard.press('b')
    await page.getByTestId('risk-overdue').waitFor()
  })

  it('键 3 打开超期，空格、Shift 连选，一张表督办多件；断了一件的仍选中，重试不会督办两次', async () => {
    await page.keyboard.press('3')
    await page.waitForURL('**/risks/tickets?risk=overdue')
    await page.getByTestId(`row-${late[0]!.no}`).waitFor()
    const boxes = page.locator('tbody [data-testid^="tick-"]')
    await boxes.first().focus()
    await page.keyboard.press('Space')
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+Space')
    await page.getByTestId('bulk-count').filter({ hasText: '选中 4 件' }).waitFor()

    const cut = `**/api/tickets/${late[1]!.id}/supervise`
    await page.route(cut, (route) => route.abort())
    await page.keyboard.press('Alt+d')
    await page.getByTestId('bulk-form').waitFor()
    await page.keyboard.type('今日内报送办理情况，明日办结')
    await page.keyboard.press('Control+Enter')
    await result().filter({ hasText: '已督办 3 件，1 件未成，仍选中' }).waitFor()
    await page.getByTestId('bulk').getByText(late[1]!.no).waitFor()
    await page.getByTestId('bulk-count').filter({ hasText: '选中 1 件' }).waitFor()
    await page.unroute(cut)
    await page.getByTestId('bulk-retry').click()
    await result().filter({ hasText: '已督办 4 件' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('bulk').waitFor({ state: 'detached' })
    const { body } = await stage.desk.see('supervisor1', late[1]!)
    expect(body.supervisions).toHaveLength(1)
  })

  it('从全部工单里也能一并催办', async () => {
    await page.goto(`${stage.address}/tickets`)
    await page.getByTestId(`row-${late[0]!.no}`).waitFor()
    await page.keyboard.press('Alt+a')
    await page.getByTestId('bulk-count').filter({ hasText: '选中 4 件' }).waitFor()
    await page.keyboard.press('Alt+u')
    await page.getByTestId('bulk-form').waitFor()
    await page.keyboard.type('请抓紧')
    await page.keyboard.press('Control+Enter')
    await result().filter({ hasText: '已催办 4 件' }).waitFor()
    await expect.poll(async () => (await stage.desk.see('supervisor1', late[0]!)).body.urgeCount).toBe(1)
  })

  it('督办跟踪：待反馈的四项，单位反馈后到待销号，一并销号', async () => {
    await page.goto(`${stage.address}/supervisions?state=waiting`)
    await page.getByTestId('state-waiting').filter({ hasText: '4' }).waitFor()
    for (const ticket of late.slice(0, 2))
      await stage.desk.act(`handler@${UNIT}`, ticket, 'answerSupervision', {
        supervisionId: 's1',
        answer: '已责令停工整改，今日答复诉求人',
      })
    await page.getByTestId('state-answered').filter({ hasText: '2' }).waitFor()
    await page.getByTestId('state-waiting').filter({ hasText: '2' }).waitFor()
    await page.getByTestId('state-answered').click()
    await page.getByText('已责令停工整改').first().waitFor()
    await page.keyboard.press('Alt+a')
    await page.keyboard.press('Alt+x')
    await page.getByTestId('bulk-form').waitFor()
    await page.keyboard.type('已核实，销号')
    await page.keyboard.press('Control+Enter')
    await result().filter({ hasText: '已督办销号 2 件' }).waitFor()
    await page.getByTestId('state-closed').filter({ hasText: '2' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+4')
    await page.getByText('销号：已核实，销号').first().waitFor()
    await page.keyboard.press('m')
    await page.getByTestId(`supervision-${late[0]!.no}-s1`).waitFor()
  })

  it('督办台的队列也能多选', async () => {
    await page.goto(`${stage.address}/oversight`)
    await page.getByTestId('desk-supervising').filter({ hasText: '2' }).waitFor()
    await page.keyboard.press('l')
    await page.waitForURL('**/oversight/tickets?desk=supervising')
    await page.getByTestId('total').filter({ hasText: '共 2 件' }).waitFor()
  })

  it('一路上没有报错', () => {
    expect(stage.complaints.filter((text) => !text.includes('ERR_FAILED'))).toEqual([])
  })
})

it('其间模拟交换机打来的每一通，系统都记得一样', async () => {
  const { played, differences } = await calls.stop()
  expect(played).toBeGreaterThan(0)
  expect(differences).toEqual([])
})
