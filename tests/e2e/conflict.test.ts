import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, startStage, type Stage } from '../helpers/browser'
import { ok } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const now = async ({ id }: { id: string }): Promise<TicketView> =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`))

/** Opens 更正 of a ticket in this person's browser. */
async function amending(username: string, { no }: { no: string }) {
  const page = await stage.page(username)
  await page.goto(`${stage.address}/tickets/${no}`)
  await page.locator('[data-testid^="do-"]').first().waitFor()
  if (!(await page.getByTestId('do-amend').isVisible())) await page.getByTestId('more-actions').click()
  await page.getByTestId('do-amend').click()
  const form = page.getByTestId('form-amend')
  await field(form, 'title').waitFor()
  return { page, form }
}
const choose = (page: Page, name: string, label: '用我的' | '用现在的') =>
  page.getByTestId(`conflict-${name}`).getByText(label, { exact: true }).click()

describe('两个人同时更正一件', () => {
  it('双方都改的逐项核对：一项用我的，一项用现在的；我没动的保持别人的', async () => {
    const ticket = await stage.desk.register({ title: '原来的标题', address: '黄河五路' })
    const mine = await amending('dispatcher1', ticket)
    const theirs = await amending('dispatcher2', ticket)
    await field(mine.form, 'title').fill('我改的标题')
    await field(mine.form, 'detail').fill('我改的内容，补充了时间。')
    await field(theirs.form, 'title').fill('别人改的标题')
    await field(theirs.form, 'detail').fill('别人改的内容。')
    await field(theirs.form, 'address').fill('黄河六路与渤海十八路东南角')
    await theirs.form.getByTestId('submit-amend').click()
    await theirs.form.waitFor({ state: 'detached' })

    await mine.page.getByTestId('changed').filter({ hasText: '标题' }).waitFor()
    await mine.form.getByTestId('submit-amend').click()
    const dialog = mine.page.getByTestId('conflict')
    await dialog.waitFor()
    const title = mine.page.getByTestId('conflict-title')
    await expect.poll(() => title.innerText()).toMatch(/我改的标题[\s\S]*别人改的标题[\s\S]*原来的标题/)
    expect(await mine.page.getByTestId('conflict-address').count()).toBe(0)
    await expect.poll(() => mine.page.getByTestId('conflict-settle').isDisabled()).toBe(true)

    // Nothing is lost by going back.
    await mine.page.getByTestId('conflict-back').click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => field(mine.form, 'title').inputValue()).toBe('我改的标题')
    await mine.form.getByTestId('submit-amend').click()
    await dialog.waitFor()
    await choose(mine.page, 'title', '用现在的')
    await choose(mine.page, 'detail', '用我的')
    await mine.page.getByTestId('conflict-settle').click()
    await mine.form.waitFor({ state: 'detached' })
    expect(await now(ticket)).toMatchObject({
      title: '别人改的标题',
      detail: '我改的内容，补充了时间。',
      address: '黄河六路与渤海十八路东南角',
    })
  })

  it('改的不是同一处，不打扰', async () => {
    const ticket = await stage.desk.register({ title: '各改各的' })
    const { form } = await amending('dispatcher1', ticket)
    await field(form, 'title').fill('我只改标题')
    await stage.desk.act('dispatcher2', ticket, 'amend', { changes: { urgency: 'urgent' } })
    await form.getByTestId('submit-amend').click()
    await form.waitFor({ state: 'detached' })
    expect(await now(ticket)).toMatchObject({ title: '我只改标题', urgency: 'urgent' })
  })
})

describe('派单时事项被别人更正', () => {
  it('先看变化，再决定是否仍按原来的派', async () => {
    const ticket = await stage.desk.register({ title: '派到一半被更正' })
    const page = await stage.page('dispatcher1')
    await page.goto(`${stage.address}/dispatch`)
    await page.getByTestId(`row-${ticket.no}`).locator('button').click()
    await page.getByTestId('matter').getByRole('heading', { name: '派到一半被更正' }).waitFor()
    const form = page.getByTestId('form-dispatch')
    await form.locator('[data-testid="candidate-1"][aria-checked="true"]').waitFor()
    await stage.desk.act('dispatcher2', ticket, 'amend', { changes: { matterCode: '010503' } })
    await form.getByTestId('changed').filter({ hasText: '事项' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByTestId('conflict').waitFor()
    const basis = page.getByTestId('basis-matterCode')
    await basis.getByText('夜间施工噪音').waitFor()
    await basis.getByText('工地安全').waitFor()
    expect((await now(ticket)).status).toBe('accepted')
    await page.getByTestId('conflict-settle').click()
    await page.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    expect((await now(ticket)).status).toBe('dispatched')
  })

  it('浏览器没有报错', () => expect(stage.complaints).toEqual([]))
})
