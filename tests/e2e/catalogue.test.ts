import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, openRow, pick, startStage, type Stage } from '../helpers/browser'
import { ok } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const open = async (username: string, path: string): Promise<Page> => {
  const page = await stage.page(username)
  await page.goto(stage.address + path)
  return page
}
const choose = async (page: Page, scope: string, text: string) => {
  await field(page.getByTestId('form-rule'), scope).click()
  await page.keyboard.type(text)
  await page.locator('.el-select-dropdown__item:visible', { hasText: text }).first().click()
}

describe('派单目录在屏幕上', () => {
  it('派单员只看：按字查到，没有修改', async () => {
    const page = await open('dispatcher1', '/settings/catalogue')
    await page.getByTestId('rule-R01').waitFor()
    await page.getByPlaceholder('事项、单位、依据').fill('夜间施工')
    await page.keyboard.press('Enter')
    await page.getByTestId('total').filter({ hasText: '共 1 条' }).waitFor()
    await expect.poll(() => page.getByTestId('rule-R010501').innerText()).toContain('属地住建局')
    expect(await page.getByTestId('do-add-rule').count()).toBe(0)
    expect(await page.getByTestId('edit-R010501').count()).toBe(0)
  })

  it('主任新增一条：边写边查冲突、看会改变什么，写全了保存为新的一版', async () => {
    const page = await open('director', '/settings/catalogue')
    await page.getByTestId('do-add-rule').click()
    const form = page.getByTestId('form-rule')
    await form.getByTestId('submit-rule').click()
    await form.getByText('请填写依据').waitFor()
    await pick(page, form, 'matterCode', '夜间施工噪音')
    await choose(page, 'lead', '属地生态环境分局')
    await field(form, 'basis').fill('职责调整文件')
    await field(form, 'standard').fill('现场监测，超标的责令停止并处罚')
    await form.getByTestId('check-errors').filter({ hasText: '两条主办不同、时间重叠' }).waitFor()
    await pick(page, form, 'regionCode', '惠民县')
    await form.getByTestId('check-effect').filter({ hasText: '个换主办单位' }).waitFor()
    await expect.poll(() => form.getByTestId('check').innerText()).toContain('惠民县住房和城乡建设局')
    expect(await form.getByTestId('check-errors').count()).toBe(0)
    await field(form, 'note').fill('惠民县职责调整')
    await form.getByTestId('submit-rule').click()
    await page.getByTestId('show-versions').filter({ hasText: '第 2 版' }).waitFor()
    await page.getByTestId('show-versions').click()
    const versions = page.getByTestId('versions')
    await versions.getByText('惠民县职责调整').waitFor()
    await expect.poll(() => versions.innerText()).toContain('新增“夜间施工噪音”×惠民县，主办属地生态环境分局')
    await versions.getByRole('button', { name: '看这一版' }).last().click()
    await page.getByText('正在看第 1 版（旧版），不能修改。').waitFor()
    expect(await page.getByTestId('do-add-rule').count()).toBe(0)
  })

  it('写的时候别人已保存：知道是谁改了什么，自己写的还在，重新检查后再存', async () => {
    const page = await open('director', '/settings/catalogue')
    await page.getByPlaceholder('事项、单位、依据').fill('施工扬尘')
    await page.keyboard.press('Enter')
    await page.getByTestId('edit-R010502').click()
    const form = page.getByTestId('form-rule')
    await field(form, 'basis').fill('《大气污染防治法》第六十九条，本市扬尘办法')
    await field(form, 'note').fill('补充依据')
    const other = await stage.signIn('director')
    ok(
      await other.post('/api/catalogue/versions', {
        base: 2,
        changes: [{ type: 'end', id: 'R010504', validTo: '2030-12-31' }],
        note: '到期',
      }),
    )
    await form.getByTestId('submit-rule').click()
    await form.getByTestId('stale-version').filter({ hasText: '到 2030-12-31 为止' }).waitFor()
    await expect.poll(() => field(form, 'note').inputValue()).toBe('补充依据')
    await form.getByTestId('renew').click()
    await form.getByTestId('stale-version').waitFor({ state: 'detached' })
    await form.getByTestId('submit-rule').click()
    await page.getByTestId('show-versions').filter({ hasText: '第 4 版' }).waitFor()
  })

  it('责任清单：加一行，成为新的一版', async () => {
    const page = await open('director', '/settings/duties')
    await page.getByTestId('duties').getByText('住房物业 › 物业服务').first().waitFor()
    await page.getByTestId('do-edit-duties').click()
    const form = page.getByTestId('form-duties')
    await form.getByTestId('add-duty').click()
    const row = form.locator('.row').first()
    await row.locator('input').first().click()
    await page.keyboard.type('夜间施工噪音')
    await page.locator('.el-select-dropdown__item:visible', { hasText: '夜间施工噪音' }).first().click()
    await row.getByLabel('依据').fill('试点文件')
    await field(form, 'note').fill('试点')
    await form.getByTestId('submit-duties').click()
    await page.getByTestId('show-versions').filter({ hasText: '第 2 版' }).waitFor()
    await page.getByTestId('duties').getByText('试点文件').waitFor()
  })
})

describe('属地不清、更正以后，只问不动', () => {
  let ticket: TicketView

  it('话务员粘贴坐标：提示核对属地，表单照常', async () => {
    const page = await open('agent1', '/intake')
    const form = page.getByTestId('form-register')
    await pick(page, form, 'matterCode', '夜间施工噪音')
    await pick(page, form, 'regionCode', '彭李')
    await field(form, 'address').fill('孙武路 117.5089,37.4838')
    await page.keyboard.press('Tab')
    await form.getByTestId('located').waitFor()
    await expect.poll(() => field(form, 'address').inputValue()).toBe('孙武路')
    await page.getByTestId('border-question').filter({ hasText: '该点位于惠民县，所选属地是滨城区彭李街道' }).waitFor()
  })

  it('派单台：两边的单位都列，没有替人选定', async () => {
    ticket = await stage.desk.register({ location: { lng: 117.5089, lat: 37.4838 }, title: '属地不清的工地噪音' })
    const page = await open('dispatcher1', '/dispatch')
    await openRow(page, 'dispatch', ticket.no)
    await page.getByTestId('border-question').waitFor()
    const names = page.getByRole('radiogroup', { name: '建议承办' })
    for (const name of ['滨城区住房和城乡建设局', '若属地是惠民县'])
      await expect.poll(() => names.innerText()).toContain(name)
    expect(await page.locator('[role="radio"][aria-checked="true"]').count()).toBe(0)
    await page.getByTestId('candidate-1').click()
    await page.getByTestId('submit-dispatch').click()
    await expect
      .poll(async () => ok(await (await stage.signIn('director')).get(`/api/tickets/${ticket.id}`)).status)
      .toBe('dispatched')
  })

  it('更正属地：横幅问改派还是维持，点维持后消失，承办单位不变', async () => {
    const changes = { regionCode: '371621101', location: { lng: 117.5089, lat: 37.4838 } }
    await stage.desk.act('dispatcher1', ticket, 'amend', { changes, reason: '属地登错' })
    const page = await open('dispatcher1', `/tickets/${ticket.id}`)
    const banner = page.getByTestId('suggestion')
    await banner.filter({ hasText: '目录建议由' }).waitFor()
    await expect.poll(() => banner.innerText()).toContain('惠民')
    await banner.getByTestId('suggest-recall').click()
    await page.getByTestId('form-recall').waitFor()
    await banner.getByTestId('suggest-keep').click()
    await banner.getByTestId('submit-keepUnit').click()
    await banner.waitFor({ state: 'detached' })
    const after = ok(await (await stage.signIn('director')).get(`/api/tickets/${ticket.id}`)) as TicketView
    expect([after.leadUnitId, after.suggestion]).toEqual(['371602-ZJ', undefined])
  })

  it('页面没有报错', () => {
    expect(stage.complaints.filter((text) => !/409|422/.test(text))).toEqual([])
  })
})
