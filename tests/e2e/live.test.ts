import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { field, openRow, startStage, type Stage } from '../helpers/browser'
import { eventually, OTHER_UNIT, openDatabase, UNIT } from '../helpers/desk'
import { listen } from '../helpers/socket'

let stage: Stage
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  stage = await startStage()
  database = await openDatabase(stage)
})
afterAll(async () => {
  await database.close()
  await stage.stop()
})

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`

/** Its time is over in so many milliseconds: for the unit, for the caller, for the clock. */
async function dueIn(milliseconds: number, { id }: TicketView): Promise<void> {
  const at = new Date(Date.now() + milliseconds)
  const early = new Date(at.getTime() - 3600_000)
  const first = 't.assignments.0'
  const onDesks = { [`deskDue.${UNIT}|open`]: at, [`deskDue.${UNIT}|handling`]: at }
  const times = { [`${first}.resolveBy`]: at, [`${first}.redAt`]: at, [`${first}.yellowAt`]: early, ...onDesks }
  await database.db
    .collection<{ _id: string }>('tickets')
    .updateOne(
      { _id: id },
      { $set: { ...times, 't.resolveBy': at, 't.nextCheckAt': early, nextCheckAt: early, dueBy: at, unmetBy: at } },
    )
}

describe('登录', () => {
  it.each([
    ['agent1', '/intake', 'form-register'],
    ['dispatcher1', '/dispatch', 'desk-dispatch'],
    [CLERK, '/unit', 'desk-toAcknowledge'],
    [HANDLER, '/unit', 'desk-handling'],
    [`lead@${UNIT}`, '/unit', 'desk-inReview'],
    ['callback1', '/callback', 'desk-callback'],
    ['supervisor1', '/risks', 'risk-overdue'],
    ['director', '/stats', 'live'],
    ['cityleader', '/stats', 'live'],
    ['admin', '/users', 'do-create-user'],
  ])('%s 到自己的页面', async (username, path, mark) => {
    const page = await stage.page(username)
    expect(new URL(page.url()).pathname).toBe(path)
    await page.getByTestId(mark).first().waitFor()
  })

  it('密码不对说明白，留在登录页；没登录打开工单，登录后到那张工单', async () => {
    const ticket = await stage.desk.register()
    const page = await stage.blank()
    await page.goto(`${stage.address}/tickets/${ticket.no}`)
    await field(page, 'username').fill('director')
    await field(page, 'password').fill('wrong-password')
    await page.getByTestId('submit-sign-in').click()
    await page.getByRole('alert').filter({ hasText: '不正确' }).waitFor()
    await field(page, 'password').fill('Hotline@12345')
    await page.getByTestId('submit-sign-in').click()
    await page.getByTestId('ticket').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/tickets/${ticket.no}`)
    stage.complaints.length = 0
  })
})

describe('不刷新', () => {
  it('到期的一刻，开着的页面变红、写明超期，随后挂上红牌', async () => {
    const ticket = await stage.desk.handling({ title: '即将超期的诉求' })
    await dueIn(9_000, ticket)
    const supervisor = await stage.page('supervisor1')
    await supervisor.goto(`${stage.address}/tickets/${ticket.no}`)
    const remaining = supervisor.getByTestId('ticket').getByTestId('remaining').first()
    await remaining.filter({ hasText: '剩余不足 1 分钟' }).waitFor()
    const handler = await stage.page(HANDLER)
    await openRow(handler, 'handling', ticket.no)
    await supervisor.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
    await remaining.filter({ hasText: '超期' }).waitFor()
    await expect.poll(() => remaining.getAttribute('data-tone')).toBe('red')
    const colour = await remaining.evaluate((element) => getComputedStyle(element).color)
    const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number)
    expect(red).toBeGreaterThan(Math.max(green, blue) + 60)
    await supervisor.getByTestId('ticket').getByText('红牌', { exact: true }).first().waitFor()
    await handler.getByTestId('matter').getByText('红牌', { exact: true }).first().waitFor()
    await handler.getByTestId('desk-overdue').filter({ hasText: '1' }).waitFor()
    expect(await supervisor.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
  })

  it('别人办了一步，另一个浏览器里的详情、列表、页签数都跟着变', async () => {
    const ticket = await stage.desk.dispatched({ title: '两个浏览器同看' })
    const clerk = await stage.page(CLERK)
    await openRow(clerk, 'toAcknowledge', ticket.no)
    const supervisor = await stage.page('supervisor1')
    await supervisor.goto(`${stage.address}/tickets/${ticket.no}`)
    await supervisor.getByTestId('ticket').getByTestId('status').first().filter({ hasText: '待签收' }).waitFor()
    const director = await stage.page('director')
    await director.goto(`${stage.address}/tickets`)
    const row = director.getByTestId(`row-${ticket.no}`)
    await row.getByTestId('status').filter({ hasText: '待签收' }).waitFor()

    await clerk.getByTestId('do-acknowledge').click()
    await supervisor.getByTestId('ticket').getByTestId('status').first().filter({ hasText: '办理中' }).waitFor()
    await supervisor.getByTestId('timeline').getByText('签收').first().waitFor()
    await row.getByTestId('status').filter({ hasText: '办理中' }).waitFor()
  })

  it('新派来的单，收文员不刷新就知道：页签数、更新提示、铃', async () => {
    const clerk = await stage.page(CLERK)
    await clerk.getByTestId('desk-toAcknowledge').click()
    const countOf = async () => Number((await clerk.getByTestId('desk-toAcknowledge').innerText()).replace(/\D/g, ''))
    const before = await countOf()
    const ticket = await stage.desk.dispatched({ title: '刚派来的诉求' })
    await clerk
      .getByTestId('desk-toAcknowledge')
      .filter({ hasText: String(before + 1) })
      .waitFor()
    await openRow(clerk, 'toAcknowledge', ticket.no)
    await clerk.getByTestId('unread').waitFor()
  })

  it('断线时说明，接上后补上错过的', async () => {
    const ticket = await stage.desk.handling({ title: '断线期间变化' })
    const page = await stage.page('director')
    await page.goto(`${stage.address}/tickets/${ticket.no}`)
    await page.getByTestId('ticket').waitFor()
    await page.context().setOffline(true)
    await page.getByTestId('offline').waitFor()
    await stage.desk.act('supervisor1', ticket, 'urge', { note: '请加快' })
    await page.context().setOffline(false)
    await page.getByTestId('ticket').getByText('催办 1').first().waitFor()
    await page.getByTestId('offline').waitFor({ state: 'hidden' })
    stage.complaints.length = 0
  })
})

describe('别的单位', () => {
  it('在列表、搜索、地址、套接字上都见不到派给他人的工单', async () => {
    const ticket = await stage.desk.dispatched({ title: '独一无二的塔吊噪声' })
    const username = `clerk@${OTHER_UNIT}`
    const page = await stage.page(username)
    const client = await stage.signIn(username)
    const ear = await listen({ url: stage.address }, client)
    expect(await ear.follow(ticket.id)).toBe(false)

    await page.goto(`${stage.address}/tickets`)
    await page.getByTestId('search').waitFor()
    await field(page, 'q').fill('塔吊噪声')
    await page.getByTestId('submit-search').click()
    await page.getByText('没有符合条件的工单').waitFor()
    await field(page, 'q').fill(ticket.no)
    await page.getByTestId('submit-search').click()
    await page.getByText('没有符合条件的工单').waitFor()
    for (const name of [ticket.no, ticket.id]) {
      await page.goto(`${stage.address}/tickets/${name}`)
      await page.getByText('没有这张工单').first().waitFor()
      expect(await page.locator('body').innerText()).not.toContain('塔吊')
    }
    const own = await stage.page(CLERK)
    await openRow(own, 'toAcknowledge', ticket.no)
    await own.getByTestId('do-acknowledge').click()
    await own.getByTestId('matter').getByTestId('status').filter({ hasText: '办理中' }).waitFor()
    expect(ear.heard).toEqual([])
    ear.close()
    // The browser itself notes the answers 404 that were asked for here.
    stage.complaints.length = 0
  })
})

describe('草稿', () => {
  it('话务员写到一半刷新，两路来电都还在', async () => {
    const page = await stage.page('agent1')
    await page.goto(`${stage.address}/intake`)
    await page.getByTestId('form-register').first().waitFor()
    await page.keyboard.press('Alt+n')
    await page.keyboard.type('13700000001')
    await field(page, 'detail').fill('第一路：楼道堆放杂物')
    await page.getByTestId('do-new-call').click()
    await page.locator('.shown').getByTestId('field-number').locator('input').fill('13700000002')
    await page.locator('.shown').getByTestId('field-detail').locator('textarea').fill('第二路：路灯不亮')
    await page.getByTestId('draft-saved').locator('visible=true').filter({ hasText: '草稿已保存' }).waitFor()
    await page.reload()
    const shown = page.locator('.shown')
    await shown.getByTestId('form-register').waitFor()
    await expect.poll(() => shown.getByTestId('field-detail').locator('textarea').inputValue()).toBe('第二路：路灯不亮')
    await expect.poll(() => shown.getByTestId('field-number').locator('input').inputValue()).toBe('13700000002')
    await page.keyboard.press('Alt+k')
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLInputElement>('.shown [data-testid="field-number"] input')?.value === '13700000001',
    )
    await expect
      .poll(() => shown.getByTestId('field-detail').locator('textarea').inputValue())
      .toBe('第一路：楼道堆放杂物')
  })

  it('经办人写到一半的反馈，刷新后还在；号码不进浏览器的存储', async () => {
    const ticket = await stage.desk.handling({ title: '写到一半的反馈' })
    const page = await stage.page(HANDLER)
    await openRow(page, 'handling', ticket.no)
    await page.getByTestId('do-reply').click()
    const form = page.getByTestId('form-reply')
    await form.getByTestId('field-contacted').getByText('已联系', { exact: true }).click()
    await form.getByTestId('field-contactMethod').getByText('电话', { exact: true }).click()
    await field(form, 'contactNumber').fill('13612345678')
    await form.getByTestId('field-handling').locator('textarea').fill('当晚到场核实')
    await page.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('当晚到场核实'))
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    expect(stored).not.toContain('13612345678')
    await page.reload()
    await page.getByTestId('do-reply').click()
    await form.getByTestId('field-handling').locator('textarea').waitFor()
    await expect.poll(() => form.getByTestId('field-handling').locator('textarea').inputValue()).toBe('当晚到场核实')
  })
})

describe('督办员的看板', () => {
  it('每个数字点开就是那些工单', async () => {
    const page = await stage.page('supervisor1')
    for (const id of ['receivedToday', 'inHand', 'overdue']) {
      await page.goto(`${stage.address}/stats`)
      const tile = page.getByTestId(`live-${id}`)
      await tile.locator('b').filter({ hasText: /\d/ }).waitFor()
      const number = Number((await tile.locator('b').innerText()).replace(/\D/g, ''))
      expect(number, id).toBeGreaterThan(0)
      await tile.click()
      await page.waitForURL('**/tickets?**')
      await page
        .getByTestId('total')
        .filter({ hasText: new RegExp(`(^|\\D)${number}(\\D|$)`) })
        .waitFor()
      await eventually(
        () => page.locator('tbody [data-testid^="row-"]').count(),
        (rows) => rows === Math.min(number, 20),
        id,
      )
    }
  })

  it('指标有公式、分子；刚办结的一件很快算进去，分子点开就是那些工单', async () => {
    const { no } = await stage.desk.closed({ title: '当日办结的诉求' })
    const page = await stage.page('supervisor1')
    await page.goto(`${stage.address}/stats`)
    const card = page.getByTestId('measure-received')
    await expect.poll(() => card.innerText()).toContain('登记的有效诉求')
    const total = await database.db.collection('tickets').countDocuments()
    // The same count is shared by all who look within two seconds.
    await card
      .getByTestId('numerator')
      .filter({ hasText: String(total) })
      .waitFor()
    await card.getByTestId('numerator').click()
    await page.waitForURL('**/stats/tickets**')
    await page.getByTestId(`row-${no}`).waitFor()
    await expect.poll(() => page.getByTestId('count').innerText()).toBe(String(total))
  })
})

describe('浏览器', () => {
  it('一路上没有报错', () => {
    expect(stage.complaints).toEqual([])
  })
})
