import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { field, startStage, type Stage } from '../helpers/browser'
import { ok, UNIT } from '../helpers/desk'

const PHONE = { width: 390, height: 844 }
const NUMBER = '13855550031'

let stage: Stage
let axe = ''
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  stage = await startStage()
})
afterAll(() => stage.stop())

/** Serious and critical faults of what the page shows now, in light and dark: rule, and what it is about. */
async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    // Colours that are still fading are judged as what they become.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await settled(page)
    // Not by a script element: the server's own policy forbids what stands in a page.
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
    const results = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
      }),
    )
    for (const { id, impact, help, nodes } of results.violations)
      if (impact === 'serious' || impact === 'critical')
        found.push(
          ...nodes.map(({ target, html, failureSummary = '' }) =>
            [colorScheme, id, help, target.join(' '), html.slice(0, 200), failureSummary.split('\n')[1]?.trim()].join(
              ' | ',
            ),
          ),
        )
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

/** Colours that fade into the other scheme, and then those that follow them. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const drawn = () => new Promise((done) => requestAnimationFrame(done))
    for (let round = 0; round < 3; round += 1) {
      await drawn()
      await drawn()
      const fading = document.getAnimations().filter((one) => one instanceof CSSTransition)
      await Promise.allSettled(fading.map(({ finished }) => finished))
    }
  })
}

describe('公众端没有严重的无障碍问题，亮色、暗色都没有', () => {
  let page: Page
  let no = ''
  let code = ''

  async function aPhone(path: string): Promise<Page> {
    const phone = await stage.blank()
    await phone.setViewportSize(PHONE)
    await phone.goto(stage.address + path)
    await phone.locator('h1').waitFor()
    return phone
  }

  it('首页、常见问题、查进度，填错的、查不到的', async () => {
    page = await aPhone('/public')
    await field(page, 'question').fill('公积金')
    await page.getByTestId('search').click()
    await page.getByTestId('answers').locator('details, p').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.goto(`${stage.address}/progress`)
    await page.getByTestId('submit-progress').click()
    await page.locator('[aria-invalid]').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await field(page, 'no').fill('371600261120999999')
    await field(page, 'code').fill('AAAAAA')
    await page.getByTestId('submit-progress').click()
    await page.getByTestId('message').waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  it('提交的每一步，填好的和缺的，提交之后', async () => {
    await page.goto(`${stage.address}/public/submit/what`)
    const next = page.getByTestId('next')
    const wrong = page.locator('.bad').first()
    await next.click()
    await wrong.waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('kind-report').check()
    await field(page, 'detail').fill('夜间施工到凌晨两点。')
    await next.click()
    await page.getByTestId('field-district').waitFor()
    await page.getByTestId('field-district').locator('select').selectOption('371602')
    await page.getByTestId('field-town').locator('select').selectOption('371602005')
    await next.click()
    await wrong.waitFor()
    expect(await faultsOf(page)).toEqual([])
    await field(page, 'address').fill('渤海十八路')
    await next.click()
    await page.getByTestId('consent').waitFor()
    await next.click()
    await wrong.waitFor()
    expect(await faultsOf(page)).toEqual([])
    await field(page, 'number').fill(NUMBER)
    await page.getByTestId('consent').check()
    await next.click()
    await page.getByTestId('submit').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('submit').click()
    await page.getByTestId('done').waitFor()
    no = await page.getByTestId('no').innerText()
    code = await page.getByTestId('code').innerText()
    await page.getByTestId('save').click()
    await page.getByRole('img', { name: code }).waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  it('进度、催办、补充、评价', async () => {
    await page.getByTestId('follow').click()
    await page.getByTestId('sentence').waitFor()
    expect(await faultsOf(page)).toEqual([])

    const open = async (path: string, ticket: TicketView) => {
      const reveal = { field: 'queryCode', reason: '核对来电人身份' }
      const { queryCode } = ok(
        await (await stage.signIn('dispatcher1')).post(`/api/tickets/${ticket.id}/reveal`, reveal),
      )
      await page.goto(stage.address + path)
      await field(page, 'no').fill(ticket.no)
      await field(page, 'code').fill(queryCode)
      await page.getByTestId('submit-progress').click()
    }
    await open('/public/urge', await stage.desk.dispatched())
    await page.getByTestId('form-urge').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('submit-urge').click()
    await page.getByTestId('act-supplement').click()
    await page.getByTestId('form-supplement').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await open('/public/rate', await stage.desk.closed())
    await page.getByTestId('score-1').check()
    await page.getByLabel('未解决').waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect(no).toMatch(/^\d{18}$/)
  })
})

describe('工作台没有严重的无障碍问题，亮色、暗色都没有', () => {
  let handling: TicketView
  beforeAll(async () => {
    handling = await stage.desk.handling()
    await stage.desk.register()
    await stage.desk.inCallback()
  })

  it('登录', async () => {
    const page = await stage.blank()
    await page.goto(stage.address)
    await page.getByTestId('submit-sign-in').waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  it('话务台：没有来电的、正在登记的', async () => {
    const page = await stage.page('agent1')
    await page.goto(`${stage.address}/intake`)
    await field(page, 'detail').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await field(page, 'number').fill('13800001234')
    await field(page, 'detail').fill('渤海十八路工地连续三晚施工到凌晨两点，影响休息。')
    await page.getByTestId('suggestion-1').waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  it.each([
    ['派单台', 'dispatcher1', '/dispatch', '[data-testid^="row-"]'],
    ['承办单位', `clerk@${UNIT}`, '/unit?desk=handling', '[data-testid^="row-"]'],
    ['回访台', 'callback1', '/callback', 'main h1, main [data-testid]'],
    ['话务记录', 'shiftlead', '/calls', '[data-testid^="measure-"]'],
    ['全部工单', 'director', '/tickets', '[data-testid^="row-"]'],
  ])('%s', async (_name, person, path, sign) => {
    const page = await stage.page(person)
    await page.goto(stage.address + path)
    await page.locator(sign).first().waitFor()
    await page.locator('.el-skeleton').first().waitFor({ state: 'detached' })
    expect(await faultsOf(page)).toEqual([])
  })

  it('工单', async () => {
    const page = await stage.page('dispatcher1')
    await page.goto(`${stage.address}/tickets/${handling.no}`)
    await page.getByTestId('timeline').waitFor()
    expect(await faultsOf(page)).toEqual([])
  })
})
