import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openExchange } from '../../scripts/calls/exchange'
import { startStage, type Stage } from '../helpers/browser'
import { EXTENSION } from '../helpers/calls'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

describe('话务接口', () => {
  it('主任接入一台交换机，地址只显示一次；按这个地址打来的电话算数，停用后不算', async () => {
    const page = await stage.page('director')
    await page.goto(`${stage.address}/settings/calls`)
    await page.getByText('还没有接入交换机').waitFor()
    await page.getByTestId('exchange-name').fill('市政务中心主机房')
    await page.keyboard.press('Enter')
    const endpoint = await page.getByTestId('token-address').innerText()
    expect(endpoint).toMatch(/^http:\/\/[^/]+\/api\/cti\/[\w-]{43}$/)
    await page.getByTestId('close-token').click()
    await page.getByTestId('new-token').waitFor({ state: 'detached' })

    const exchange = openExchange(endpoint)
    const call = await exchange.ring({ from: '13905430001', to: EXTENSION, queue: '综合' })
    await call.hangup('cancel')
    await fetch(endpoint, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"event":"ring"}' })
    await page.reload()
    const row = page.locator('tr', { hasText: '市政务中心主机房' })
    await row.getByText('事件应为 newCall').waitFor()
    expect(await row.getByText('还没有').count()).toBe(0)

    await row.getByRole('button', { name: '停用' }).click()
    await page.locator('.el-popconfirm:visible').getByRole('button', { name: '确定' }).click()
    await page.getByText('显示已停用的 1 台').waitFor()
    await expect(call.hangup()).rejects.toThrow('401')
  })

  it('给一位坐席分机，整理时长改短，写错的当场说清楚', async () => {
    const page = await stage.page('director')
    await page.goto(`${stage.address}/settings/calls`)
    await page.getByTestId('add-line').click()
    const row = page.getByTestId('line-row').last()
    await row.getByLabel('第 4 行分机').fill(EXTENSION)
    await page.getByTestId('save-lines').click()
    await row.getByText('请选择坐席').waitFor()
    await row.locator('.el-select__wrapper').click()
    const { user } = await stage.signIn('callback1')
    await page.keyboard.type(user.jobNo ?? user.name)
    await page.locator('.el-select-dropdown__item:visible', { hasText: user.name }).first().click()
    await page.getByTestId('save-lines').click()
    await row.getByText(`分机 ${EXTENSION} 给了两个人`).waitFor()
    await row.getByLabel('第 4 行分机').fill('8010')
    await page.getByTestId('save-lines').click()
    await page.getByText('分机已保存').waitFor()

    await page.getByLabel('话后整理时长，秒').fill('5')
    await page.getByTestId('save-numbers').click()
    await page.getByText('最短 10 秒').waitFor()
    await page.getByLabel('话后整理时长，秒').fill('90')
    await page.getByTestId('save-numbers').click()
    await page.getByText('之后挂断的电话按新的').waitFor()
    const { body } = await (await stage.signIn('director')).get('/api/call-settings')
    expect(body).toMatchObject({ wrapUpSeconds: 90, lines: [{}, {}, {}, { extension: '8010', userId: user.id }] })
    expect(stage.complaints.filter((text) => !text.includes('400'))).toEqual([])
  })
})
