import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, startStage, type Stage } from '../../helpers/browser'
import { ringing, type Ringing } from '../../helpers/calls'
import { aCaller, aDispatch, ok, OTHER_UNIT, UNIT } from '../../helpers/desk'

let stage: Stage
let telephones: Ringing
let page: Page
beforeAll(async () => {
  stage = await startStage()
  telephones = ringing(stage)
  const { desk } = stage
  const history = await desk.closed({
    ...NOISE,
    location: { lng: 118.0151, lat: 37.3829 },
    caller: aCaller({ number: number() }),
  })
  closedNo = history.no
  await returned()
  for (const title of ['工地凌晨施工一', '工地凌晨施工二', '工地凌晨施工三'])
    await desk.register({ ...NOISE, title, caller: aCaller({ number: number() }) })
  await desk.register({
    title: '学校门口流动摊贩',
    detail: '放学时占道，车辆过不去。',
    matterCode: '020101',
    address: '黄河二路',
  })
  await desk.register({
    title: '燃气调压箱漏气',
    detail: '小区东门有煤气味。',
    matterCode: '030404',
    address: '黄河八路',
  })
  await desk.register({
    ...NOISE,
    title: '紧急：夜间打桩',
    urgency: 'urgent',
    location: { lng: 118.0131, lat: 37.3829 },
  })
  page = await stage.page('dispatcher1')
  await page.getByTestId('form-dispatch').waitFor()
})
afterAll(() => stage.stop())

const NOISE = {
  detail: '渤海十八路工地连续三晚浇筑混凝土到凌晨两点，家里有孩子要中考，没法睡觉。',
  title: '夜间施工噪音',
}
let calls = 0
const number = () => `1390000${String(++calls).padStart(4, '0')}`
let closedNo = ''

async function returned(): Promise<TicketView> {
  const ticket = await stage.desk.dispatched({ ...NOISE, title: '退单的夜间施工' }, { leadUnitId: OTHER_UNIT })
  return stage.desk.act(`clerk@${OTHER_UNIT}`, ticket, 'requestReturn', {
    ...{ reason: 'notOurDuty', basis: '三定规定第三条，施工噪声由住建部门管理', suggestedUnitId: UNIT },
  })
}
const opened = (title: string) =>
  page.getByTestId('matter').getByRole('heading', { name: title, exact: true }).waitFor()
const pool = async (): Promise<TicketView[]> =>
  ok(await (await stage.signIn('director')).get('/api/tickets?desk=dispatch&sort=risk&pageSize=50')).items
const now = async (id: string): Promise<TicketView> =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`))
const titled = async (title: string) => {
  const found = (await pool()).find((row) => row.title === title)
  if (!found) throw new Error(`没有 ${title}`)
  return found
}

describe('派单员的早上，只用键盘', () => {
  it('按风险排序：紧急件、涉及人身安全的在前', async () => {
    await opened('紧急：夜间打桩')
    await expect
      .poll(async () => (await page.locator('[data-testid^="row-"] .title').allInnerTexts()).slice(0, 2))
      .toEqual(['紧急：夜间打桩', '燃气调压箱漏气'])
  })

  it('候选单位有理由，也有同类办理记录；同类办结的答复、地图上的点都在', async () => {
    await page.getByTestId('candidate-1').filter({ hasText: '目录' }).waitFor()
    const record = page.getByTestId('record-1')
    await record.getByText('办过').waitFor()
    await expect.poll(() => record.innerText()).toMatch(/办过\s*100%\s*退单\s*0%\s*按时\s*100%/)
    await page.getByTestId('alike-answers').getByText('您反映的夜间施工已停止').waitFor()
    expect(closedNo).toMatch(/^\d{18}$/)
    const map = page.getByTestId('place-map')
    await map.getByTestId('map-point').waitFor()
    await map.getByTestId('map-words').filter({ hasText: '滨城区' }).waitFor()
    await page.getByTestId('place-pane').getByText('以往工单').waitFor()
  })

  it('粘贴坐标更正位置；靠近边界时说出来', async () => {
    const pane = page.getByTestId('place-pane')
    await field(page, 'location').fill('118.125, 37.3662')
    await pane.getByTestId('map-words').filter({ hasText: '滨城区与博兴县边界' }).waitFor()
    await field(page, 'location').fill('37.3829，118.0140')
    await pane.getByTestId('map-words').filter({ hasText: '位于滨城区' }).waitFor()
    await pane.getByTestId('save-location').waitFor()
    await page.keyboard.press('Enter')
    await pane.getByText('118.01400, 37.38290').waitFor()
    await pane.getByTestId('save-location').waitFor({ state: 'detached' })
    expect((await titled('紧急：夜间打桩')).can).toContain('dispatch')
    await page.keyboard.press('Escape')
  })

  it('J、K 上下件；2 选第二候选，1 选回来；Ctrl+Enter 派出，下一件已在眼前', async () => {
    const urgent = await titled('紧急：夜间打桩')
    await page.keyboard.press('j')
    await opened('燃气调压箱漏气')
    await page.keyboard.press('k')
    await opened('紧急：夜间打桩')
    await page.getByTestId('candidate-2').waitFor()
    await page.keyboard.press('2')
    await page.locator('[data-testid="candidate-2"][aria-checked="true"]').waitFor()
    await page.keyboard.press('1')
    await page.locator('[data-testid="candidate-1"][aria-checked="true"]').waitFor()
    await page.keyboard.press('Control+Enter')
    await opened('燃气调压箱漏气')
    await page.getByTestId(`row-${urgent.no}`).waitFor({ state: 'detached' })
    expect(await now(urgent.id)).toMatchObject({ status: 'dispatched', leadUnitId: UNIT })
  })

  it('R 请来电人补充，写完就到下一件', async () => {
    const gas = await titled('燃气调压箱漏气')
    await page.keyboard.press('r')
    const form = page.getByTestId('form-requestInfo')
    await form.locator('textarea:focus').waitFor()
    await page.keyboard.type('请补充小区名称和楼号')
    await page.keyboard.press('Control+Enter')
    await page.getByTestId(`row-${gas.no}`).waitFor({ state: 'detached' })
    expect((await now(gas.id)).status).toBe('needInfo')
  })

  it('G 选出同类，一张四明确逐件派出；有一件别人先派了，说明原因留着，其余照派', async () => {
    const kin = (await pool()).filter(({ title }) => title?.startsWith('工地凌晨施工'))
    expect(kin).toHaveLength(3)
    await page.getByTestId(`row-${kin[0]?.no}`).locator('button').click()
    await opened(kin[0]?.title ?? '')
    await page.getByTestId('form-dispatch').waitFor()
    await page.keyboard.press('g')
    const batch = page.getByTestId('form-batch')
    await batch.waitFor()
    for (const { no } of kin) await batch.getByTestId(`batch-${no}`).waitFor()
    await batch.locator('[data-testid="candidate-1"][aria-checked="true"]').waitFor()
    await field(batch, 'task').fill('查处该工地夜间违规施工，一并答复各诉求人')
    const [first, second, third] = kin as [TicketView, TicketView, TicketView]
    await stage.desk.act('dispatcher2', third, 'dispatch', aDispatch())
    await page.keyboard.press('Control+Enter')
    await batch.getByTestId('batch-failed').filter({ hasText: '1 件未派出' }).waitFor()
    await page.getByTestId(`row-${first.no}`).waitFor({ state: 'detached' })
    await page.getByTestId(`row-${second.no}`).waitFor({ state: 'detached' })
    for (const { id } of [first, second]) {
      const { status, assignments } = await now(id)
      expect([status, assignments[0]?.task]).toEqual(['dispatched', '查处该工地夜间违规施工，一并答复各诉求人'])
    }
    await batch.getByTestId(`batch-${third.no}`).filter({ hasText: '未派出' }).waitFor()
    expect(await batch.getByTestId(`batch-${first.no}`).count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await batch.waitFor({ state: 'detached' })
  })

  it('退单审核：原件与申请并排，有目录建议和两家的办理记录；同意后回到待派单', async () => {
    await page.keyboard.press('Alt+3')
    const review = page.getByTestId('return-review')
    await review.getByText('三定规定第三条').waitFor()
    await opened('退单的夜间施工')
    await review.getByTestId('catalogue-says').filter({ hasText: '与申请一致' }).waitFor()
    await page.keyboard.press('1')
    await expect
      .poll(() => review.getByTestId('field-opinion').locator('textarea').inputValue())
      .toBe('经核属实，同意退单。')
    await page.keyboard.press('Control+Enter')
    await review.waitFor({ state: 'detached' })
    await expect.poll(async () => (await pool()).some(({ title }) => title === '退单的夜间施工')).toBe(true)
  })

  it('只看不写的，浏览器里不留诉求内容', async () => {
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(':base:')).length)
    // That of the form that is open.
    expect(kept).toBeLessThanOrEqual(1)
  })

  it('浏览器没有报错', () => {
    expect(
      stage.complaints.filter((text) => !text.includes('status of 409') && !text.includes('status of 422')),
    ).toEqual([])
  })
})

it('其间模拟交换机打来的每一通，系统都记得一样', async () => {
  const { played, differences } = await telephones.stop()
  expect(played).toBeGreaterThan(0)
  expect(differences).toEqual([])
})
