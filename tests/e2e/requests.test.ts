import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { field, openRow, pick, startStage, type Stage } from '../helpers/browser'
import { ok, UNIT } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`
const LEAD = `lead@${UNIT}`
const now = async ({ id }: { id: string }) =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`)) as TicketView

/** A button of the unit's bar, or one that waits behind 更多. */
async function act(page: Page, command: string): Promise<void> {
  await page.getByTestId('matter').waitFor()
  await page.locator('[data-testid^="do-"]').first().waitFor()
  const button = page.getByTestId(`do-${command}`)
  if (!(await button.first().isVisible())) await page.getByTestId('more-actions').click()
  await button.first().click()
}

describe('退单', () => {
  it('收文员申请，派单员同意，回到待派单，改派另一个单位；计一次退单', async () => {
    const ticket = await stage.desk.dispatched({ title: '退单改派的诉求' })
    const clerk = await stage.page(CLERK)
    await openRow(clerk, 'toAcknowledge', ticket.no)
    await act(clerk, 'requestReturn')
    const form = clerk.getByTestId('form-requestReturn')
    await form.getByTestId('submit-requestReturn').click()
    await form.getByTestId('field-reason').locator('.el-form-item__error').waitFor()
    await expect.poll(() => form.locator('.el-form-item__error').count()).toBe(3)
    await form.getByText('非本单位职责', { exact: true }).click()
    await field(form, 'basis').fill('三定规定第三条，夜间施工由综合执法部门管理')
    await pick(clerk, form, 'suggestedUnitId', '滨城区综合行政执法')
    await form.getByTestId('submit-requestReturn').click()
    await form.waitFor({ state: 'detached' })
    await clerk.getByTestId('desk-returning').filter({ hasText: '1' }).waitFor()

    const dispatcher = await stage.page('dispatcher1')
    await openRow(dispatcher, 'returnReview', ticket.no)
    const review = dispatcher.getByTestId('return-review')
    await expect.poll(() => review.innerText()).toContain('三定规定第三条')
    await review.getByTestId('field-opinion').locator('textarea').fill('经核属实，同意退单。')
    await review.getByTestId('submit-approveReturn').click()
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    expect(await now(ticket)).toMatchObject({ status: 'accepted', returnCount: 1 })

    await openRow(dispatcher, 'dispatch', ticket.no)
    const dispatch = dispatcher.getByTestId('form-dispatch')
    await dispatch.waitFor()
    await expect.poll(() => dispatcher.getByTestId('matter').innerText()).toContain('退单')
    await pick(dispatcher, dispatch, 'leadUnitId', '滨城区综合行政执法')
    for (const name of ['task', 'standard'])
      await dispatch.getByTestId(`field-${name}`).locator('textarea').first().fill('查处夜间违规施工')
    await dispatch.getByTestId('submit-dispatch').click()
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    const redispatched = await now(ticket)
    expect(redispatched).toMatchObject({ status: 'dispatched', leadUnitId: '371602-CG', returnCount: 1 })
    expect(redispatched.resolveBy).toBe(ticket.resolveBy)
  })
})

describe('延期', () => {
  it('经办人申请，分管负责人同意，派单员批准；各处的期限都是新的', async () => {
    const ticket = await stage.desk.handling({ title: '需要延期的诉求' })
    const handler = await stage.page(HANDLER)
    await openRow(handler, 'handling', ticket.no)
    await act(handler, 'requestExtension')
    const form = handler.getByTestId('form-requestExtension')
    await form.getByTestId('field-workdays').locator('input').fill('2')
    await field(form, 'reason').fill('噪声检测需要两个工作日')
    await form.getByTestId('field-isCallerTold').locator('.el-checkbox').click()
    await form.getByTestId('submit-requestExtension').click()
    await form.waitFor({ state: 'detached' })

    const lead = await stage.page(LEAD)
    await openRow(lead, 'extending', ticket.no)
    await act(lead, 'endorseRequest')
    await lead.getByTestId('form-endorseRequest').filter({ hasText: '噪声检测需要两个工作日' }).waitFor()
    await lead.getByTestId('submit-endorseRequest').click()
    await lead.getByTestId('form-endorseRequest').waitFor({ state: 'detached' })
    expect((await now(ticket)).resolveBy).toBe(ticket.resolveBy)

    // The handler keeps the matter open all the while: its deadline moves before his eyes.
    const big = handler.getByTestId('matter').getByTestId('remaining').first()
    await expect.poll(() => big.getAttribute('data-due')).toBe(ticket.resolveBy)
    const dispatcher = await stage.page('dispatcher1')
    await openRow(dispatcher, 'extensionReview', ticket.no)
    const review = dispatcher.getByTestId('extension-review')
    await expect.poll(() => review.innerText()).toContain('延长 2 个工作日')
    await review.getByTestId('field-opinion').locator('textarea').fill('理由充分，同意延期。')
    await review.getByTestId('submit-approveExtension').click()
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })

    const extended = await now(ticket)
    const due = extended.resolveBy ?? ''
    expect(new Date(due).getTime()).toBeGreaterThan(new Date(ticket.resolveBy ?? '').getTime())
    await handler.locator(`[data-testid="matter"] [data-testid="remaining"][data-due="${due}"]`).first().waitFor()
    await handler
      .locator(`[data-testid="row-${ticket.no}"] [data-testid="remaining"][data-due="${due}"]`)
      .first()
      .waitFor()
    const supervisor = await stage.page('supervisor1')
    await supervisor.goto(`${stage.address}/tickets/${ticket.no}`)
    await supervisor.locator(`[data-testid="ticket"] [data-testid="remaining"][data-due="${due}"]`).first().waitFor()
    await supervisor.getByTestId('why-due').click()
    await expect.poll(() => supervisor.getByTestId('explain').innerText()).toMatch(/延期|工作日/)
  })
})

describe('不满意', () => {
  it('回访不满意、判定合理：当即退回单位重办，单位看得到原因', async () => {
    const ticket = await stage.desk.inCallback({ title: '要重办的诉求' })
    const officer = await stage.page('callback1')
    await openRow(officer, 'callback', ticket.no)
    await officer.getByTestId('dial-connected').waitFor()
    await officer.keyboard.press('1')
    await officer.getByTestId('form-recordCallback').waitFor()
    for (const key of ['y', 'n', '1', '3', '5', '2', 'Enter', 'y']) await officer.keyboard.press(key)
    await officer.getByTestId('outcome').filter({ hasText: '重办' }).waitFor()
    await officer.getByTestId('submit-recordCallback').click()
    await officer.getByTestId('last-result').filter({ hasText: '重办' }).waitFor()
    expect(await now(ticket)).toMatchObject({ status: 'handling', reworkCount: 1 })
    const handler = await stage.page(HANDLER)
    await openRow(handler, 'handling', ticket.no)
    await handler.getByTestId('matter').getByText('重办 1').first().waitFor()
  })
})

describe('浏览器', () => {
  it('一路上没有报错', () => {
    expect(stage.complaints).toEqual([])
  })
})
