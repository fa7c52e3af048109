import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, openRow, startStage, type Stage } from '../../helpers/browser'
import { ringing, type Ringing } from '../../helpers/calls'
import { COUNTY, NAME, NUMBER, ok, TOWN, UNIT } from '../../helpers/desk'
import { aPhoto } from '../../helpers/files'
import { reach } from '../../helpers/forms'

let stage: Stage
let calls: Ringing
beforeAll(async () => {
  stage = await startStage()
  calls = ringing(stage)
})
afterAll(() => stage.stop())

const [CLERK, HANDLER, LEAD] = [`clerk@${UNIT}`, `handler@${UNIT}`, `lead@${UNIT}`]
const TITLES = ['渤海十八路工地夜间施工噪音扰民', '黄河五路小区门口渣土车遗撒', '物业公司擅自停用小区电梯']
const showDesk = (page: Page, desk: string) => page.goto(`${stage.address}/unit?desk=${desk}`)
/** F4 is the key of the blue button: of no other, and of none before it is there. */
async function pressUsual(page: Page, command: string): Promise<void> {
  await page.locator(`[data-testid="do-${command}"].primary`).waitFor()
  await page.keyboard.press('F4')
}
const countOf = (page: Page, desk: string) => page.getByTestId(`desk-${desk}`).locator('.count')

describe('承办单位的上午（桌面，用键盘）', () => {
  it('收文员：勾选全部，一次签收，一次分给经办人', async () => {
    for (const title of TITLES) await stage.desk.dispatched({ title })
    const page = await stage.page(CLERK)
    await showDesk(page, 'toAcknowledge')
    await page.getByText(TITLES[2] ?? '').waitFor()
    await page.keyboard.press('a')
    await page.getByText('已选 3 件').waitFor()
    await page.keyboard.press('s')
    await page.getByTestId('bulk-result').filter({ hasText: '已签收 3 件' }).waitFor()
    await countOf(page, 'handling').getByText('3', { exact: true }).waitFor()

    await showDesk(page, 'handling')
    await page.getByTestId('handler-none').click()
    await page.getByText(TITLES[2] ?? '').waitFor()
    await page.keyboard.press('a')
    await page.getByTestId('bulk-choose-handler').click()
    await page.getByTestId('bulk-handler').first().click()
    await page.getByTestId('bulk-result').filter({ hasText: '已分办 3 件' }).waitFor()
  })

  it('经办人：只看我经办的，联系诉求人，用常用语和依据写反馈，还差什么随时看得见', async () => {
    const page = await stage.page(HANDLER)
    await showDesk(page, 'handling')
    await page.getByTestId('handler-me').click()
    await page.getByText(TITLES[0] ?? '').waitFor()
    await page.keyboard.press('j')
    await pressUsual(page, 'recordContact')
    const contact = page.getByTestId('form-recordContact')
    await contact.getByTestId('reveal-number').click()
    await contact.getByTestId('plain-number').filter({ hasText: NUMBER }).waitFor()
    await contact.getByText('已联系上').click()
    await field(contact, 'result').fill('已联系，约定下午到现场')
    await page.keyboard.press('Control+Enter')
    await contact.waitFor({ state: 'detached' })

    await pressUsual(page, 'reply')
    const reply = page.getByTestId('form-reply')
    const check = reply.getByTestId('reply-check')
    await check.getByRole('button', { name: '公开答复' }).waitFor()
    await reply.getByTestId('field-isFactual').getByText('属实', { exact: true }).click()
    await reply.getByTestId('field-solved').getByText('已解决', { exact: true }).click()
    await field(reply, 'handling').fill('到场核实，责令施工单位停止夜间施工。')
    await reply.getByTestId('templates-publicReply').click()
    await page.keyboard.type('已办结')
    await reply.getByTestId('template').first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => field(reply, 'publicReply').inputValue()).toContain('诉求人：您好！您反映的“')
    await reply.getByTestId('preview-public').click()
    const preview = reply.getByTestId('public-preview')
    await preview.getByText('诉求人将看到').waitFor()
    const text = await field(reply, 'publicReply').inputValue()
    await field(reply, 'publicReply').fill(`${text}联系电话 13900001111。`)
    await preview.getByText('个人手机号码“13900001111”').waitFor()
    await field(reply, 'publicReply').fill(text)
    await preview.getByRole('alert').waitFor({ state: 'detached' })
    await reply.getByTestId('look-up-basis').click()
    await reply.getByTestId('basis').first().click()
    await expect.poll(() => field(reply, 'legalBasis').inputValue()).not.toBe('')
    await check.getByText('各项齐全，可以提交').waitFor()
    await field(reply, 'handling').press('Control+Enter')
    await reply.waitFor({ state: 'detached' })
  })

  it('分管负责人：原件和反馈并排看，退回一次，补充后同意上报', async () => {
    const [{ id, no }] = ok(await (await stage.signIn(LEAD)).get('/api/tickets?desk=inReview')).items
    const page = await stage.page(LEAD)
    await showDesk(page, 'inReview')
    await openRow(page, 'inReview', no)
    await pressUsual(page, 'reviewByUnit')
    const review = page.getByTestId('form-reviewByUnit')
    await review.getByText('退回修改').first().click()
    await field(review, 'opinion').fill('请补充现场照片')
    await field(review, 'opinion').press('Control+Enter')
    await review.waitFor({ state: 'detached' })

    const handler = await stage.page(HANDLER)
    await countOf(handler, 'sentBack').getByText('1', { exact: true }).waitFor()
    await handler.goto(`${stage.address}/unit?desk=sentBack&ticket=${id}`)
    await reach(handler, 'reply')
    const reply = handler.getByTestId('form-reply')
    await reply.getByText('请补充现场照片').waitFor()
    await reply
      .getByTestId('attachment-field')
      .locator('input[multiple]')
      .setInputFiles({ name: '整改后.jpg', mimeType: 'image/jpeg', buffer: await aPhoto({ width: 400, height: 300 }) })
    await reply.getByTestId('upload').locator('img').waitFor()
    await field(reply, 'contactNumber').fill(NUMBER)
    await field(reply, 'handling').press('Control+Enter')
    await reply.waitFor({ state: 'detached' })

    await openRow(page, 'inReview', no)
    await page.getByTestId('reply').getByTestId('picture').waitFor()
    await pressUsual(page, 'reviewByUnit')
    await field(review, 'opinion').press('Control+Enter')
    await review.waitFor({ state: 'detached' })
    await countOf(page, 'replied').getByText('1', { exact: true }).waitFor()
  })

  it('下派到镇街：镇街的列表和剩余时间按镇街自己的期限，不按县里的', async () => {
    const titles = { 30: '楼上夜间装修扰民，已多次劝说', 20: '邻居在楼道堆放杂物，占用消防通道' }
    const made: { no: string; own?: string; above?: string }[] = []
    for (const [hours, title] of Object.entries(titles).reverse()) {
      const led = await stage.desk.handling({ matterCode: '050401', title }, { leadUnitId: COUNTY })
      const ticket = await stage.desk.act(`clerk@${COUNTY}`, led, 'delegate', {
        unitId: TOWN,
        task: '上门劝导',
        standard: '报送劝导情况',
        limit: { kind: 'hours', n: Number(hours) },
      })
      const [above, own] = ticket.assignments
      made.push({ no: ticket.no, own: own?.resolveBy, above: above?.resolveBy })
    }
    const town = await stage.page(`clerk@${TOWN}`)
    await showDesk(town, 'toAcknowledge')
    const dueOf = (page: Page, no: string) =>
      page.getByTestId(`row-${no}`).getByTestId('remaining').first().getAttribute('data-due')
    for (const { no, own, above } of made) {
      await expect.poll(() => dueOf(town, no)).toBe(own)
      expect(above).not.toBe(own)
    }
    const sooner = made.toSorted((one, other) => Date.parse(one.own ?? '') - Date.parse(other.own ?? ''))
    const rows = town.locator('[data-testid^="row-"]')
    await expect
      .poll(() => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-testid'))))
      .toEqual(sooner.map(({ no }) => `row-${no}`))
    await rows.first().click()
    const big = town.getByTestId('matter').getByTestId('remaining').first()
    await expect.poll(() => big.getAttribute('data-due')).toBe(sooner[0]?.own)
    await town.getByTestId('matter').getByTestId('status').first().filter({ hasText: '待签收' }).waitFor()
    await town.goto(`${stage.address}/tickets/${sooner[0]?.no}`)
    const whole = town.getByTestId('ticket').getByTestId('remaining').first()
    await expect.poll(() => whole.getAttribute('data-due')).toBe(sooner[0]?.own)
  })

  it('打印：一页办理单，与页面一样只看得到该看的', async () => {
    const [{ no }] = ok(await (await stage.signIn(LEAD)).get('/api/tickets?desk=replied')).items
    const page = await stage.page(LEAD)
    await page.goto(`${stage.address}/tickets/${no}`)
    await page.getByTestId('more-actions').click()
    await page.getByTestId('print-ticket').click()
    const paper = page.getByTestId('paper')
    await paper.getByText('工单办理单').waitFor()
    for (const text of [no, '诉求内容', '办理情况', '附件清单（1 件）', '整改后.jpg', '流转记录', '单位（盖章）'])
      await paper.getByText(text).first().waitFor()
    const said = await paper.innerText()
    expect(said).toContain('138****1234')
    expect(said).not.toContain(NUMBER)
    expect(said).not.toContain(NAME)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByTestId('print').isVisible()).toBe(false)
    await page.emulateMedia({ media: null })
  })
})

describe('承办单位的上午（手机，一只手）', () => {
  it('签收，联系群众，现场照片，反馈；页面不横向滚动', async () => {
    const ticket = await stage.desk.dispatched({ title: '滨河路路灯连续三晚不亮，老人夜间出行不便' })
    const fits = async (page: Page) =>
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const clerk = await stage.page(CLERK)
    await clerk.setViewportSize({ width: 390, height: 844 })
    await showDesk(clerk, 'toAcknowledge')
    await clerk.getByTestId(`row-${ticket.no}`).click()
    await clerk.getByTestId('do-acknowledge').click()
    await clerk.getByTestId('do-acknowledge').waitFor({ state: 'detached' })
    await fits(clerk)

    const page = await stage.page(HANDLER)
    await page.setViewportSize({ width: 390, height: 844 })
    await showDesk(page, 'handling')
    await page.getByTestId('handler-none').click()
    await page.getByTestId(`row-${ticket.no}`).click()
    await fits(page)
    await page.getByTestId('do-recordContact').click()
    const contact = page.getByTestId('form-recordContact')
    await contact.getByTestId('reveal-number').click()
    await expect.poll(() => contact.getByTestId('plain-number').first().getAttribute('href')).toBe(`tel:${NUMBER}`)
    await contact.getByText('已联系上').click()
    await field(contact, 'result').fill('已联系')
    await fits(page)
    await contact.getByTestId('submit-recordContact').click()
    await contact.waitFor({ state: 'detached' })

    await reach(page, 'reply')
    const reply = page.getByTestId('form-reply')
    await reply
      .getByTestId('attachment-field')
      .locator('input[capture]')
      .setInputFiles({
        name: 'IMG_0001.jpg',
        mimeType: 'image/jpeg',
        buffer: await aPhoto({ width: 600, height: 400 }),
      })
    await reply.getByTestId('upload').locator('img').waitFor()
    await reply.getByTestId('field-isFactual').getByText('属实', { exact: true }).click()
    await reply.getByTestId('field-solved').getByText('已解决', { exact: true }).click()
    await field(reply, 'handling').fill('更换镇流器，路灯已恢复。')
    await field(reply, 'publicReply').fill('您好，滨河路路灯已于今日更换镇流器恢复照明，感谢您的监督。')
    await reply.getByTestId('reply-check').getByText('各项齐全，可以提交').waitFor()
    await fits(page)
    await reply.getByTestId('submit-reply').click()
    await reply.waitFor({ state: 'detached' })
    const after = ok(await (await stage.signIn('director')).get(`/api/tickets/${ticket.id}`))
    expect(after).toMatchObject({ status: 'unitReview' })
    expect(after.assignments[0].reply.attachmentIds).toHaveLength(1)
  })

  it('页面没有报错', () => {
    expect(stage.complaints).toEqual([])
  })
})

it('其间模拟交换机打来的每一通，系统都记得一样', async () => {
  const { played, differences } = await calls.stop()
  expect(played).toBeGreaterThan(0)
  expect(differences).toEqual([])
})
