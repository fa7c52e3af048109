import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, openRow, pick, startStage, type Stage } from '../helpers/browser'
import { aCaller, ok } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const NUMBER = '13912340001'
const ADDRESS = '长江三路黄山五路'
const DETAIL = '工地连续三晚施工到凌晨两点，影响休息，孩子要中考，打过一次电话没有解决。'
const MATTER = { title: '夜间施工噪音', address: ADDRESS, detail: DETAIL }

const seen = async (no: string) => ok(await (await stage.signIn('director')).get(`/api/tickets/${no}`)) as TicketView
const countOf = async () => ok(await (await stage.signIn('director')).get('/api/tickets?pageSize=1')).total as number

/** The call that is on the screen; others wait in their tabs. */
const shown = (page: Page) => page.locator('.shown')

/** The next call, told by this number up to the text; the focus stays in the text, where the agent types. */
async function takeCall(page: Page, number: string, detail = DETAIL): Promise<void> {
  await page.keyboard.press('Alt+n')
  await page.keyboard.type(number)
  await page.keyboard.press('Enter')
  await shown(page)
    .getByTestId('earlier-summary')
    .filter({ hasText: /首次来电|历史 / })
    .waitFor()
  const form = shown(page).getByTestId('form-register')
  await form.getByTestId('kind-complaint').click()
  await pick(page, form, 'matterCode', '夜间施工噪音')
  await pick(page, form, 'regionCode', '彭李街道')
  await field(form, 'address').fill(ADDRESS)
  await field(form, 'title').fill(MATTER.title)
  await field(form, 'detail').click()
  await page.keyboard.type(detail)
}
const inText = (page: Page) => page.evaluate(() => !!document.activeElement?.closest('[data-testid="field-detail"]'))

describe('重复来电', () => {
  let earlier: TicketView
  let agent: Page

  it('打字时右栏静静列出疑似重复和理由，焦点不动', async () => {
    earlier = await stage.desk.handling({ ...MATTER, caller: aCaller({ number: NUMBER }) })
    agent = await stage.page('agent1')
    await agent.waitForURL('**/intake')
    await takeCall(agent, NUMBER)
    const first = shown(agent).getByTestId('duplicate-1')
    await first.filter({ hasText: '疑似重复' }).waitFor()
    await expect.poll(() => first.innerText()).toMatch(/同一号码，今天，同地点同事项，文字 100% 相似/)
    await expect.poll(() => first.innerText()).toMatch(/办理中 · 剩余/)
    expect(await inText(agent)).toBe(true)
  })

  it('一个键挂到原工单：催办 +1，没有新工单，通话结束', async () => {
    const before = await countOf()
    // The key counts once the rows have stood still for a moment.
    await expect
      .poll(async () => {
        await agent.keyboard.press('Alt+1')
        return shown(agent).getByTestId('call-done').isVisible()
      })
      .toBe(true)
    await expect
      .poll(() => shown(agent).getByTestId('call-done').innerText())
      .toContain(`已挂到原工单 ${earlier.no}（催办 +1，共 1 次）`)
    const urged = await seen(earlier.no)
    expect(urged.urgeCount).toBe(1)
    expect(urged.history.at(-1)).toMatchObject({ type: 'ticket.urged', note: expect.stringContaining(DETAIL) })
    expect(await countOf()).toBe(before)
    await agent.keyboard.press('Enter')
    await shown(agent).getByTestId('form-register').waitFor()
  })

  it('登记时建议并入，派单员一个键并入主单', async () => {
    const number = '13912340002'
    const main = await stage.desk.register({ ...MATTER, caller: aCaller({ number }) }, 'agent2')
    await takeCall(agent, number)
    await shown(agent).getByTestId('duplicate-1').filter({ hasText: '疑似重复' }).waitFor()
    await agent.keyboard.press('Alt+m')
    await shown(agent).getByTestId('suggest-1').filter({ hasText: '登记时建议并入' }).waitFor()
    await agent.keyboard.press('F4')
    await shown(agent).getByTestId('call-done').waitFor()
    const no = (await shown(agent).getByTestId('result-no').getAttribute('data-no')) ?? ''
    expect((await seen(no)).duplicateOfId).toBe(main.id)

    const dispatcher = await stage.page('dispatcher1')
    await dispatcher.waitForURL('**/dispatch')
    await openRow(dispatcher, 'dispatch', no)
    const suggested = dispatcher.getByTestId(`duplicate-${main.no}`)
    await suggested.getByTestId('suggested').waitFor()
    await suggested.getByTestId('do-merge').waitFor()
    await dispatcher.keyboard.press('Escape')
    await dispatcher.keyboard.press('m')
    await dispatcher.getByTestId(`row-${no}`).waitFor({ state: 'detached' })
    expect(await seen(no)).toMatchObject({ status: 'merged', merger: { mainNo: main.no } })
    expect((await seen(main.no)).participants?.map((one) => one.no)).toEqual([no])
  })

  it('同地点同事项一天五人来电：热点', async () => {
    for (const tail of ['11', '12', '13'])
      await stage.desk.register({ ...MATTER, caller: aCaller({ number: `139123400${tail}` }) }, 'agent2')
    await agent.keyboard.press('Enter')
    await takeCall(agent, '13912340019')
    await shown(agent).getByTestId('hot').filter({ hasText: '热点' }).waitFor()
    expect(await shown(agent).getByTestId('attach-1').count()).toBe(0)
  })

  it('已办结又无新情况：不予受理的理由已写好原工单的结果', async () => {
    const number = '13912340021'
    const closed = await stage.desk.closed({ ...MATTER, address: '长江九路', caller: aCaller({ number }) })
    await takeCall(agent, number)
    const again = shown(agent).locator('[data-testid^="duplicate-"]', { hasText: '同一号码' })
    await again.filter({ hasText: '已办结' }).waitFor()
    await again.getByText('无新情况').click()
    const form = shown(agent).getByTestId('form-decline')
    await expect.poll(() => form.locator('.el-radio.is-checked').getAttribute('data-testid')).toBe('decline-DUP_NONEW')
    await expect
      .poll(() => field(form, 'reason').inputValue())
      .toContain(`与工单 ${closed.no} 为同一诉求，无新情况、新理由`)
    await agent.keyboard.press('Shift+F2')
    await shown(agent).getByTestId('call-done').filter({ hasText: '不予受理' }).waitFor()
  })

  it('没有报错', () => {
    expect(stage.complaints).toEqual([])
  })
})
