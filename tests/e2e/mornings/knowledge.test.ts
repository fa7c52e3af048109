import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { field, pick, startStage, type Stage } from '../../helpers/browser'
import { ringing, type Ringing } from '../../helpers/calls'

const QUESTION = '小区快递柜超时收费合理吗？'
let stage: Stage
let calls: Ringing

beforeAll(async () => {
  stage = await startStage()
  calls = ringing(stage)
})
afterAll(() => stage.stop())

const editor = (page: Page) => page.getByTestId('editor')

async function openDesk(page: Page, desk: string): Promise<void> {
  await page.getByTestId(`desk-${desk}`).click()
  await page.locator(`[data-testid="desk-${desk}"][aria-current]`).waitFor()
}

describe('知识库管理员的一天', () => {
  it('起草送审、主任对照发布、话务员引用答复、看到用过一次、反馈、处理、撤回', async () => {
    const keeper = await stage.page('knowledge')
    expect(new URL(keeper.url()).pathname).toBe('/knowledge')
    await keeper.getByTestId('knowledge-list').waitFor()

    // 起草：缺项逐项说明，预览，送审
    await keeper.locator('body').press('n')
    await field(editor(keeper), 'question').fill(QUESTION)
    await field(editor(keeper), 'answer').fill('快递企业使用智能快件箱投递，应当征得收件人同意。')
    await keeper.keyboard.press('Control+Enter')
    await editor(keeper).getByText('请填写依据').waitFor()
    await field(editor(keeper), 'basis').fill('《快递市场管理办法》')
    await pick(keeper, editor(keeper), 'unitId', '邮政管理局')
    await field(editor(keeper), 'keywords').fill('快递柜 超时收费')
    await field(editor(keeper), 'note').fill('近期来电较多')
    await keeper.keyboard.press('Alt+V')
    await keeper.getByTestId('preview').getByText(QUESTION).waitFor()
    await keeper.getByTestId('preview').getByText('滨州市邮政管理局').waitFor()
    await keeper.keyboard.press('Control+Enter')
    await keeper.getByTestId('act-recall').waitFor()
    // 自己起草的自己不能发布
    expect(await keeper.getByTestId('act-publish').count()).toBe(0)

    const director = await stage.page('director')
    await director.goto(`${stage.address}/knowledge?desk=review`)
    await director.getByTestId('knowledge-list').getByText(QUESTION).click()
    await director.getByTestId('act-publish').waitFor()
    await director.locator('body').press('p')
    await director.getByTestId('form-publish').locator('textarea').press('Control+Enter')
    await director.getByTestId('uses').getByText('0 次').waitFor()

    // 派单员在工单上查到、引用、答复
    const ticket = await stage.desk.register({
      title: '快递柜超时收费',
      detail: '小区快递柜超过十八小时就收费，没有征得同意，问超时收费合理吗。',
      kind: 'inquiry',
      matterCode: '030702',
    })
    const dispatcher = await stage.page('dispatcher1')
    await dispatcher.goto(`${stage.address}/tickets/${ticket.no}`)
    await dispatcher.getByRole('button', { name: '直接答复' }).click()
    const hits = dispatcher.getByTestId('knowledge-hits')
    await hits.getByRole('button', { name: `引用“${QUESTION}”` }).click()
    const answer = field(dispatcher, 'answer')
    await expect.poll(() => answer.inputValue()).toContain('应当征得收件人同意。\n依据：《快递市场管理办法》')
    await dispatcher.getByTestId('quoted').getByText(QUESTION).waitFor()
    await dispatcher.getByTestId('submit-answer').click()
    const quoted = dispatcher.getByTestId('quoted').getByRole('link', { name: QUESTION })
    await quoted.waitFor()
    await dispatcher.getByTestId('quoted').getByText('第 1 版').waitFor()

    // 从工单点过去，用过一次；写明哪里有误
    await quoted.click()
    await dispatcher.getByTestId('article-question').getByText(QUESTION).waitFor()
    await expect
      .poll(async () => {
        await dispatcher.reload()
        return dispatcher.getByTestId('uses').innerText()
      })
      .toContain('用过 1 次')
    await dispatcher.locator('body').press('3')
    await dispatcher.getByLabel('哪里有误').fill('没有写收费要明码标价')
    await dispatcher.getByTestId('send-feedback').click()
    await dispatcher.getByText('1 条反馈待处理').waitFor()

    // 管理员处理反馈，修订的对照看得见，撤回后查不到
    await openDesk(keeper, 'feedback')
    await keeper.getByTestId('knowledge-list').getByText('没有写收费要明码标价').click()
    await keeper.getByTestId('settle').getByLabel('处理情况').fill('已转邮政管理局补充')
    await keeper.getByTestId('settle-feedback').click()
    await keeper.getByText('没有待处理的反馈').waitFor()

    await openDesk(keeper, 'search')
    await keeper.getByTestId('knowledge-q').fill('快递柜超时收费')
    await keeper.getByTestId('knowledge-list').getByText(QUESTION).click()
    await keeper.getByTestId('act-revise').click()
    await keeper.getByTestId('form-revise').locator('textarea').fill('按反馈补充')
    await keeper.getByTestId('submit-revise').click()
    await field(editor(keeper), 'answer').fill('快递企业使用智能快件箱投递，应当征得收件人同意。收费应当明码标价。')
    await keeper.getByTestId('mode-diff').click()
    await keeper.getByTestId('diff').locator('ins', { hasText: '收费应当明码标价。' }).waitFor()
    await keeper.keyboard.press('Control+Enter')
    await director.goto(`${stage.address}/knowledge?desk=review`)
    await director.getByTestId('knowledge-list').getByText(QUESTION).click()
    await director.getByTestId('diff').locator('ins', { hasText: '收费应当明码标价。' }).waitFor()
    await director.locator('body').press('p')
    await director.getByTestId('form-publish').locator('textarea').press('Control+Enter')
    await director.getByText('第 2 版 ·').waitFor()

    await director.getByTestId('act-withdraw').click()
    await director.getByTestId('form-withdraw').locator('textarea').fill('与新规不一致')
    await director.getByTestId('submit-withdraw').click()
    await director.getByText('已撤回，不能用来答复：与新规不一致').waitFor()
    await openDesk(keeper, 'search')
    await keeper.getByTestId('knowledge-q').fill('快递柜超时收费')
    await expect.poll(() => keeper.getByTestId('knowledge-list').getByText(QUESTION).count()).toBe(0)
    // 只有上面那次缺依据的送审被退回
    expect(stage.complaints.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([])
  })

  it('手机上查：一列看完，点开能读，能退回列表', async () => {
    // 模拟交换机响的是 agent3 的分机，接起来会转到话务台
    const agent = await stage.page('agent1')
    await agent.setViewportSize({ width: 390, height: 844 })
    await agent.goto(`${stage.address}/knowledge`)
    await agent.getByTestId('knowledge-q').fill('社保卡丢了怎么补办')
    await agent.getByText('问法相近').first().waitFor()
    await agent.getByTestId('entry-seed001').click()
    await agent.getByTestId('article-answer').getByText('先挂失，再补卡').waitFor()
    const width = await agent.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
    await agent.getByRole('button', { name: '返回列表' }).click()
    await agent.getByTestId('entry-seed001').waitFor()
  })
})

it('其间模拟交换机打来的每一通，系统都记得一样', async () => {
  const { played, differences } = await calls.stop()
  expect(played).toBeGreaterThan(0)
  expect(differences).toEqual([])
})
