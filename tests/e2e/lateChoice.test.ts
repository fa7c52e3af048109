import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, openRow, startStage, type Stage } from '../helpers/browser'
import { ok, UNIT } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const SLOW_MS = 1_200

/** A village's line: each list of units is a while on its way. */
async function slowUnits(page: Page): Promise<void> {
  await page.route('**/api/units?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
    await route.continue().catch(() => undefined)
  })
}
const ticketOf = async (id: string) =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`)) as TicketView

async function openDispatch(page: Page, title: string): Promise<TicketView> {
  const ticket = await stage.desk.register({ title })
  await page.goto(`${stage.address}/dispatch`)
  await openRow(page, 'dispatch', ticket.no)
  await page.getByTestId('candidate-1').click()
  await expect.poll(() => field(page, 'task').inputValue()).not.toBe('')
  return ticket
}
/** Types and takes the first, without waiting for the list. */
async function chooseAtOnce(page: Page, name: string, text: string): Promise<void> {
  await field(page, name).focus()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

describe('线路慢时选得比列表快，哪张表单都不丢', () => {
  it('派单：选了协办马上 Ctrl+Enter，协办在里面', async () => {
    const page = await stage.page('dispatcher1')
    const ticket = await openDispatch(page, '渤海十八路工地夜间施工')
    await slowUnits(page)
    await chooseAtOnce(page, 'coUnitIds', '滨城区市场监督管理局')
    await page.keyboard.press('Control+Enter')
    await page.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    const { assignments } = await ticketOf(ticket.id)
    expect(assignments.map(({ role, unitId }) => `${role} ${unitId}`)).toContain('co 371602-SC')
  })

  it('退单：选了建议单位马上按提交，只提交一次', async () => {
    const ticket = await stage.desk.handling({ title: '广告牌摇晃' })
    const page = await stage.page(`clerk@${UNIT}`)
    await page.goto(`${stage.address}/tickets/${ticket.id}`)
    await page.getByTestId('do-requestReturn').first().click()
    const form = page.getByTestId('form-requestReturn')
    await form.getByTestId('field-reason').getByText('非本单位职责').click()
    await field(form, 'basis').fill('“三定”规定第五条，户外广告由城管部门管理。')
    await slowUnits(page)
    await chooseAtOnce(page, 'suggestedUnitId', '滨城区综合行政执法局')
    await form.getByTestId('submit-requestReturn').dblclick()
    await form.waitFor({ state: 'detached' })
    expect(JSON.stringify(await ticketOf(ticket.id))).toContain('"suggestedUnitId":"371602-CG"')
    expect(stage.complaints).toEqual([])
  })

  it('列表取不到：说没有选上，不当作没选就派出', async () => {
    const page = await stage.page('dispatcher1')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    const ticket = await openDispatch(page, '文汇苑楼道灯不亮')
    await page.route('**/api/units?*', (route) => route.abort())
    await chooseAtOnce(page, 'coUnitIds', '滨城区市场监督管理局')
    await page.keyboard.press('Control+Enter')
    await page.getByText('没有选上：列表没有取到，请重选').waitFor()
    await page.getByTestId(`row-${ticket.no}`).waitFor()
    expect((await ticketOf(ticket.id)).status).toBe('accepted')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })
})
