import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, startStage, type Stage } from '../helpers/browser'
import { ok, UNIT } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const GIVEN = 'Given-Moon-31'
const OWN = 'Quiet-River-77'

describe('管理员给的密码', () => {
  it('登录后先改成自己的密码，改好了才到办件台；别的页面都绕回来', async () => {
    const username = `handler@${UNIT}`
    const { id } = (await stage.signIn(username)).user
    ok(await (await stage.signIn('admin')).post(`/api/users/${id}/reset-password`, { password: GIVEN }))
    const page = await stage.blank()
    await page.goto(`${stage.address}/unit`)
    await field(page, 'username').fill(username)
    await field(page, 'password').fill(GIVEN)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '请先设置自己的密码' }).waitFor()
    await page.goto(`${stage.address}/tickets`)
    await page.getByRole('heading', { name: '请先设置自己的密码' }).waitFor()

    const form = page.getByTestId('form-password')
    await page.getByLabel('当前密码').fill(GIVEN)
    await page.getByLabel('新密码', { exact: true }).fill(GIVEN)
    await page.getByLabel('再输入一次新密码').fill(OWN)
    await page.keyboard.press('Enter')
    await form.getByText('新密码不能与当前密码相同').waitFor()
    await form.getByText('两次输入的新密码不一致').waitFor()
    await page.getByLabel('新密码', { exact: true }).fill(OWN)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === '/tickets')
    await page.goto(stage.address)
    await page.waitForURL((url) => url.pathname === '/unit')
    await page.getByTestId('person').click()
    await page.getByTestId('change-password').click()
    await page.getByRole('heading', { name: '修改密码' }).waitFor()
    await page.getByRole('button', { name: '返回' }).click()
    await page.waitForURL((url) => url.pathname === '/unit')
  })

  it('页面没有报错', () => expect(stage.complaints).toEqual([]))
})
