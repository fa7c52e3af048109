import type { TicketView } from '@hotline/shared/ticket/view'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, openRow, startStage, type Stage } from '../helpers/browser'
import { ok } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const ticketOf = async (id: string) =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`)) as TicketView
const leadTask = ({ assignments }: TicketView) => assignments.find(({ role }) => role === 'lead')?.task

/** Instead of what the catalogue wrote: by keys alone. */
async function takeTemplate(page: Page, form: Locator, name: string, words: string): Promise<void> {
  await field(form, name).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Alt+ArrowDown')
  await form.getByTestId('template').first().waitFor()
  await page.keyboard.type(words)
  await form.getByTestId('template').filter({ hasText: words }).first().waitFor()
  await page.keyboard.press('Enter')
  await form.getByTestId('template').first().waitFor({ state: 'detached' })
}

describe('派单的常用语', () => {
  it('任务、标准、备注各有各的，按键取来，填好这张工单；要求隐去身份的不写称谓', async () => {
    const ticket = await stage.desk.register({ title: '渤海十八路工地夜间施工', confidentiality: 1 })
    const page = await stage.page('dispatcher1')
    await page.goto(`${stage.address}/dispatch`)
    await openRow(page, 'dispatch', ticket.no)
    const form = page.getByTestId('form-dispatch')
    await form.getByTestId('candidate-1').click()
    await expect.poll(() => field(form, 'standard').inputValue()).not.toBe('')
    await takeTemplate(page, form, 'task', '核实并处理')
    const task = '核实“渤海十八路工地夜间施工”所反映的情况，依法依规处理，处理结果告知诉求人。'
    expect(await field(form, 'task').inputValue()).toBe(task)
    await takeTemplate(page, form, 'note', '先联系再办理')
    expect(await field(form, 'note').inputValue()).toContain('请先与诉求人取得联系')
    await page.keyboard.press('Control+Enter')
    await page.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    expect(leadTask(await ticketOf(ticket.id))).toBe(task)
  })

  it('批量派单：标题各填各的，单位先填好', async () => {
    const titles = ['工地凌晨施工', '工地凌晨施工，第二晚']
    const kin = [await stage.desk.register({ title: titles[0] }), await stage.desk.register({ title: titles[1] })]
    const page = await stage.page('dispatcher1')
    await page.goto(`${stage.address}/dispatch`)
    await openRow(page, 'dispatch', kin[0]?.no ?? '')
    await page.getByTestId('form-dispatch').waitFor()
    await page.keyboard.press('g')
    const batch = page.getByTestId('form-batch')
    for (const { no } of kin) await batch.getByTestId(`batch-${no}`).waitFor()
    await batch.locator('[data-testid="candidate-1"][aria-checked="true"]').waitFor()
    await takeTemplate(page, batch, 'task', '核实并处理')
    expect(await field(batch, 'task').inputValue()).toContain('核实“{标题}”所反映的情况')
    await batch.getByTestId('own-words').waitFor()
    await page.keyboard.press('Control+Enter')
    await batch.waitFor({ state: 'detached' })
    for (const [index, { id }] of kin.entries())
      expect(leadTask(await ticketOf(id))).toBe(
        `核实“${titles[index]}”所反映的情况，依法依规处理，处理结果告知诉求人。`,
      )
    expect(stage.complaints).toEqual([])
  })
})
