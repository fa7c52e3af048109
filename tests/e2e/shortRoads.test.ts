import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { field, openRow, pick, startStage, type Stage } from '../helpers/browser'
import { COUNTY, NUMBER, ok, TOWN, UNIT } from '../helpers/desk'
import { openForm, stay, submitForm } from '../helpers/forms'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const now = async ({ id }: { id: string }) =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`)) as TicketView

async function writeReply(page: Page, handling: string): Promise<void> {
  const form = await openForm(page, 'reply')
  await form.getByText('属实', { exact: true }).click()
  await form.getByTestId('field-solved').getByText('已解决', { exact: true }).click()
  await form.getByTestId('field-handling').locator('textarea').fill(handling)
  await form.getByTestId('field-publicReply').locator('textarea').fill('垃圾已清运。')
  if ((await field(form, 'contactNumber').inputValue()) === '') await field(form, 'contactNumber').fill(NUMBER)
  await submitForm(form, 'reply')
}
async function recordContact(page: Page): Promise<void> {
  const form = await openForm(page, 'recordContact')
  await form.getByTestId('reveal-number').click()
  await form.getByTestId('plain-number').filter({ hasText: NUMBER }).waitFor()
  await form.getByText('已联系上', { exact: true }).click()
  await field(form, 'result').fill('约定当晚清运')
  await submitForm(form, 'recordContact')
}

describe('下派街道', () => {
  it('区县下派，街道签收、联系、反馈、审核；区县的经办人当即可以反馈，工单上报热线', async () => {
    const ticket = await stage.desk.handling(
      { matterCode: '020201', title: '菜市场后巷垃圾多日未清运' },
      { leadUnitId: COUNTY },
    )
    const townClerk = await stage.page(`clerk@${TOWN}`)
    await townClerk.getByTestId('desk-toAcknowledge').waitFor()
    const hasTownStayed = await stay(townClerk)
    const handler = await stage.page(`handler@${COUNTY}`)
    await openRow(handler, 'handling', ticket.no)
    const matter = handler.getByTestId('matter')
    await handler.getByTestId('do-reply').first().waitFor()
    const hasStayed = await stay(handler)

    const clerk = await stage.page(`clerk@${COUNTY}`)
    await openRow(clerk, 'handling', ticket.no)
    const form = await openForm(clerk, 'delegate')
    await pick(clerk, form, 'unitId', '彭李街道')
    await field(form, 'task').fill('当日清运，劝导乱倒')
    await submitForm(form, 'delegate')
    await handler.getByTestId('do-reply').waitFor({ state: 'detached' })
    const [own, below] = (await now(ticket)).assignments
    expect([below?.role, below?.unitId, below?.parentId]).toEqual(['delegated', TOWN, own?.id])
    expect((below?.resolveBy ?? '') <= (own?.resolveBy ?? '')).toBe(true)

    await openRow(townClerk, 'toAcknowledge', ticket.no)
    await townClerk.getByTestId('matter').getByText('当日清运，劝导乱倒').first().waitFor()
    await townClerk.getByTestId('do-acknowledge').click()
    await townClerk.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    expect(await hasTownStayed()).toBe(true)
    const townHandler = await stage.page(`handler@${TOWN}`)
    await openRow(townHandler, 'handling', ticket.no)
    await recordContact(townHandler)
    await writeReply(townHandler, '已出动两辆车清运完毕')
    const townLead = await stage.page(`lead@${TOWN}`)
    await openRow(townLead, 'inReview', ticket.no)
    const review = await openForm(townLead, 'reviewByUnit')
    await submitForm(review, 'reviewByUnit')

    // The county's handler has kept the matter open all the while.
    await matter.getByTestId('reply').filter({ hasText: '已出动两辆车清运完毕' }).waitFor()
    await handler.getByTestId('do-reply').first().waitFor()
    expect(await hasStayed()).toBe(true)
    await recordContact(handler)
    await writeReply(handler, '彭李街道已清运，本级复核属实')
    expect(await now(ticket)).toMatchObject({ status: 'unitReview', returnCount: 0 })
  })
})

describe('差评', () => {
  /** A bad rating taken down at the counter, as far as its rectification lies with the unit. */
  async function badRating(comment: string): Promise<TicketView> {
    const clerk = await stage.page(`clerk@${UNIT}`)
    await clerk.goto(`${stage.address}/ratings`)
    await clerk.getByTestId('do-rate').click()
    const form = clerk.getByTestId('form-rate')
    await form.getByText('非常不满意', { exact: true }).click()
    await field(form, 'comment').fill(comment)
    await form.getByText('实名评价', { exact: false }).click()
    await field(form, 'contact.phone').fill(NUMBER)
    await form.getByTestId('submit-rate').click()
    const row = clerk.locator('[data-testid^="rating-row-"]', { hasText: comment })
    const link = row.getByRole('link', { name: '整改工单' })
    await link.waitFor()
    const no = (await link.getAttribute('href'))?.split('/').at(-1) ?? ''
    const ticket = ok(await (await stage.signIn('director')).get(`/api/tickets/${no}`)) as TicketView
    await clerk.goto(`${stage.address}/unit`)
    await openRow(clerk, 'toAcknowledge', no)
    await clerk.getByTestId('do-acknowledge').click()
    await clerk.getByTestId(`row-${no}`).waitFor({ state: 'detached' })
    return ticket
  }
  async function appeal({ no }: TicketView, reason: string): Promise<void> {
    const clerk = await stage.page(`clerk@${UNIT}`)
    await openRow(clerk, 'handling', no)
    const form = await openForm(clerk, 'appealRating')
    await field(form, 'reason').fill(reason)
    await submitForm(form, 'appealRating')
  }
  async function judge({ no }: TicketView, verdict: string, reason: string): Promise<void> {
    const supervisor = await stage.page('supervisor1')
    await supervisor.goto(`${stage.address}/oversight`)
    await openRow(supervisor, 'ratingReview', no)
    const form = supervisor.getByTestId('form-judgeRating')
    await form.getByTestId('rated').getByText('申诉误评').waitFor()
    await form.getByText(verdict, { exact: true }).click()
    await field(form, 'reason').fill(reason)
    await form.getByTestId('submit-judgeRating').click()
    await supervisor.getByTestId(`row-${no}`).waitFor({ state: 'detached' })
  }

  it('单位申诉并整改，督办员认定有效：继续审核、回访实名评价人，办结', async () => {
    const ticket = await badRating('窗口午休无人值守')
    await appeal(ticket, '当日停电，已贴公告')
    const handler = await stage.page(`handler@${UNIT}`)
    await openRow(handler, 'handling', ticket.no)
    const form = await openForm(handler, 'rectify')
    for (const name of ['cause', 'measures', 'result']) await field(form, name).fill('午间轮班表已公示，专人值守')
    await submitForm(form, 'rectify')
    await judge(ticket, '有效差评', '公告未说明替代窗口，差评有效')
    const judged = await now(ticket)
    expect(judged).toMatchObject({ status: 'unitReview', rated: { score: 1, verdict: { verdict: 'valid' } } })

    const lead = await stage.page(`lead@${UNIT}`)
    await openRow(lead, 'inReview', ticket.no)
    await submitForm(await openForm(lead, 'reviewByUnit'), 'reviewByUnit')
    const dispatcher = await stage.page('dispatcher1')
    await openRow(dispatcher, 'hotlineReview', ticket.no)
    const review = dispatcher.getByTestId('hotline-review')
    await review.getByText('午间轮班表已公示，专人值守').first().waitFor()
    await review.getByTestId('field-opinion').locator('textarea').fill('整改到位。')
    await review.getByTestId('submit-reviewByHotline').click()
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })

    const officer = await stage.page('callback1')
    await openRow(officer, 'callback', ticket.no)
    await officer.getByText('评价是“非常不满意”，该单位已经整改').waitFor()
    await officer.locator('blockquote').filter({ hasText: '午间轮班表已公示，专人值守' }).waitFor()
    await officer.getByTestId('dial-connected').click()
    await officer.getByTestId('form-recordCallback').waitFor()
    for (const key of ['y', 'y', '5', '5', '5']) await officer.keyboard.press(key)
    await officer.getByTestId('submit-recordCallback').click()
    await officer.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    expect(await now(ticket)).toMatchObject({ status: 'closed', rated: { score: 1 } })
  })

  it('申诉属实，认定误评：整改件办结，评价台账记误评，原评价还在', async () => {
    const ticket = await badRating('排队一上午')
    await appeal(ticket, '评价人误触评价器，有监控')
    await judge(ticket, '误评', '监控属实')
    expect(await now(ticket)).toMatchObject({ status: 'closed', outcome: 'misrated', rated: { score: 1 } })
    const clerk = await stage.page(`clerk@${UNIT}`)
    await clerk.goto(`${stage.address}/ratings`)
    const row = clerk.locator('[data-testid^="rating-row-"]', { hasText: '排队一上午' })
    await row.filter({ hasText: '误评' }).waitFor()
    await expect.poll(() => row.innerText()).toContain('非常不满意')
  })

  it('一路上浏览器没有报错', () => {
    expect(stage.complaints).toEqual([])
  })
})
