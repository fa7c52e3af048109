import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, pick, startStage, type Stage } from '../helpers/browser'
import { ok, UNIT } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

describe('停用有在办工单的单位和账号', () => {
  it('单位：先说还有几件，选了接手单位，一步移交并停用', async () => {
    const ticket = await stage.desk.handling()
    const page = await stage.page('admin')
    await page.goto(`${stage.address}/settings/units`)
    await page.getByPlaceholder('名称、职责或拼音首字母').fill('滨城区住建局')
    await page.keyboard.press('Enter')
    await page.getByTestId(`close-${UNIT}`).click()
    const form = page.getByTestId('form-close-unit')
    await form.getByTestId('submit-close-unit').click()
    await form.getByText('请填写停用理由').waitFor()
    await field(form, 'reason').fill('机构改革')
    await form.getByTestId('submit-close-unit').click()
    await form.getByTestId('close-failure').filter({ hasText: '还有 1 件在办工单' }).waitFor()
    await pick(page, form, 'handOverTo', '滨城区交通运输局')
    await form.getByTestId('submit-close-unit').click()
    await form.waitFor({ state: 'detached' })
    await page.getByTestId(`unit-${UNIT}`).filter({ hasText: '已停用' }).waitFor()
    const after = ok(await (await stage.signIn('director')).get(`/api/tickets/${ticket.id}`))
    expect(after.leadUnitId).toBe('371602-JT')
    await page.getByTestId(`unit-${UNIT}`).getByRole('button', { name: '启用' }).click()
    await page.getByTestId(`unit-${UNIT}`).filter({ hasText: '在用' }).waitFor()
  })

  it('值班电话：设置后再打开还在', async () => {
    const page = await stage.page('admin')
    await page.goto(`${stage.address}/settings/units`)
    await page.getByPlaceholder('名称、职责或拼音首字母').fill('滨城区住建局')
    await page.keyboard.press('Enter')
    await page.getByTestId(`dutyPhone-${UNIT}`).click()
    const form = page.getByTestId('form-duty-phone')
    await field(form, 'phone').fill('没有')
    await form.getByTestId('submit-duty-phone').click()
    await form.getByText('值班电话格式不正确').waitFor()
    await field(form, 'phone').fill('0543-3160001')
    await form.getByTestId('submit-duty-phone').click()
    await form.waitFor({ state: 'detached' })
    await page.getByTestId(`dutyPhone-${UNIT}`).click()
    await expect.poll(() => field(form, 'phone').inputValue()).toBe('0543-3160001')
  })

  it('账号：选本单位的同事接手', async () => {
    const unitId = '371602-CG'
    const handler = await stage.signIn(`handler@${unitId}`)
    const ticket = await stage.desk.handling({}, { leadUnitId: unitId })
    await stage.desk.act(`clerk@${unitId}`, ticket, 'assignHandler', { handlerId: handler.user.id })
    const admin = await stage.signIn('admin')
    const colleague = {
      username: 'second-cg',
      name: '李接手',
      roles: ['handler'],
      unitId,
      password: 'Xk7-mountain-pass',
    }
    ok(await admin.post('/api/users', colleague))
    const page = await stage.page('admin')
    await page.goto(`${stage.address}/users`)
    await page.getByPlaceholder('账号、姓名').fill(handler.user.username)
    await page.keyboard.press('Enter')
    const row = page.getByTestId(`user-${handler.user.username}`)
    await row.getByRole('button', { name: '停用' }).click()
    const form = page.getByTestId('form-disable-user')
    await form.getByText('还有 1 件在办工单').waitFor()
    await form.getByTestId('field-handOverTo').click()
    await page.locator('.el-select-dropdown__item:visible', { hasText: '李接手' }).click()
    // The list of names folds away before the next click is for the form.
    await form.getByTestId('field-handOverTo').filter({ hasText: '李接手' }).waitFor()
    await page.locator('.el-select-dropdown__item:visible').first().waitFor({ state: 'hidden' })
    await form.getByTestId('submit-disable-user').click()
    await row.filter({ hasText: '已停用' }).waitFor()
    const after = ok(await (await stage.signIn('director')).get(`/api/tickets/${ticket.id}`))
    expect(after.assignments[0].handlerName).toBe('李接手')
  })

  it('页面没有报错', () => {
    expect(stage.complaints.filter((text) => !/422/.test(text))).toEqual([])
  })
})
