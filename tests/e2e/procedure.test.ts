import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Locator, Page } from 'playwright-core'
import { field, openRow, startStage, type Stage } from '../helpers/browser'
import { callAllDay } from '../helpers/callAllDay'
import { COUNTY, ok, OTHER_UNIT, TOWN, UNIT } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  await callAllDay(stage)
})
afterAll(() => stage.stop())

const now = async ({ id }: { id: string }) =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`)) as TicketView

/** A button of a bar, or one that waits behind 更多. */
async function act(page: Page, command: string): Promise<Locator> {
  await page.getByTestId('matter').or(page.getByTestId('ticket')).first().waitFor()
  const button = page.getByTestId(`do-${command}`).first()
  const more = page.getByTestId('more-actions').first()
  await button.or(more).first().waitFor()
  if (!(await button.isVisible())) await more.click()
  await button.click()
  const form = page.getByTestId(`form-${command}`)
  await form.waitFor()
  return form
}
async function submit(form: Locator, command: string): Promise<void> {
  await form.getByTestId(`submit-${command}`).click()
  await form.waitFor({ state: 'detached' })
}

describe('会商', () => {
  it('派单员发起，单位说自己能做什么，按结论派单，主办单位不得退单', async () => {
    const ticket = await stage.desk.register({ title: '三不管的涵洞积水' })
    const dispatcher = await stage.page('dispatcher1')
    await openRow(dispatcher, 'dispatch', ticket.no)
    const opening = await act(dispatcher, 'openConsultation')
    await field(opening, 'topic').fill('涵洞泵站由哪个单位主办')
    await opening.getByTestId('field-unitIds').locator('.el-select__wrapper').click()
    for (const name of ['滨城区综合行政执法', '滨城区住房']) {
      await dispatcher.keyboard.type(name)
      await dispatcher.locator('.el-select-dropdown__item:visible', { hasText: name }).first().click()
      await opening.getByTestId('field-unitIds').locator('.el-tag', { hasText: name }).waitFor()
    }
    await dispatcher.keyboard.press('Tab')
    await submit(opening, 'openConsultation')

    for (const [unitId, stance, opinion] of [
      [UNIT, '可以主办', '泵站由本局移交，可以牵头'],
      [OTHER_UNIT, '可以协办', '负责清淤'],
    ] as const) {
      const clerk = await stage.page(`clerk@${unitId}`)
      await openRow(clerk, 'invited', ticket.no)
      const form = await act(clerk, 'giveOpinion')
      await form.getByText(stance, { exact: true }).click()
      await field(form, 'opinion').fill(opinion)
      await submit(form, 'giveOpinion')
    }

    await openRow(dispatcher, 'consulting', ticket.no)
    const conclusion = dispatcher.getByTestId('form-concludeConsultation')
    await conclusion.getByTestId('field-leadUnitId').getByText('滨城区住房').waitFor()
    await conclusion.getByTestId('field-coUnitIds').getByText('滨城区综合行政执法').waitFor()
    await field(conclusion, 'basis').fill('两家意见一致')
    await conclusion.getByTestId('submit-concludeConsultation').click()
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    const { status, leadUnitId, assignments } = await now(ticket)
    expect({ status, leadUnitId }).toEqual({ status: 'dispatched', leadUnitId: UNIT })
    expect(assignments.find(({ role }) => role === 'lead')?.locked).toBe(true)
  })
})

describe('下派', () => {
  it('收文员勾选几件一起下派给街道，街道退回来由本单位审批', async () => {
    const garbage = { matterCode: '020201', title: '垃圾多日未清运' }
    const lead = { leadUnitId: COUNTY }
    const tickets = [await stage.desk.handling(garbage, lead), await stage.desk.handling(garbage, lead)]
    const clerk = await stage.page(`clerk@${COUNTY}`)
    await clerk.getByTestId('desk-handling').click()
    for (const { no } of tickets) await clerk.getByTestId(`row-${no}`).getByTestId('tick').check()
    await clerk.getByTestId('bulk-choose-unit').click()
    await clerk.getByTestId('bulk').locator('input').first().click()
    await clerk.keyboard.type('彭李')
    await clerk.keyboard.press('Enter')
    await clerk.keyboard.press('Tab')
    await clerk.getByTestId('bulk-delegate').click()
    await clerk.getByTestId('bulk-result').getByText('已下派 2 件').waitFor()
    const [first] = tickets
    if (!first) throw new Error('没有工单')
    expect((await now(first)).assignments.map(({ role, unitId }) => [role, unitId])).toEqual([
      ['lead', COUNTY],
      ['delegated', TOWN],
    ])

    await stage.desk.act(`clerk@${TOWN}`, first, 'requestReturn', {
      reason: 'wrongPlace',
      basis: '不在我街道辖区',
      suggestedUnitId: COUNTY,
    })
    await openRow(clerk, 'delegateReview', first.no)
    await clerk.getByTestId('matter').getByText('退单待本单位审批').first().waitFor()
    const form = await act(clerk, 'approveReturn')
    await field(form, 'opinion').fill('属实，收回')
    await submit(form, 'approveReturn')
    expect((await now(first)).assignments.at(-1)?.status).toBe('returned')
    expect((await now(first)).returnCount).toBe(0)
  })
})

describe('挂起', () => {
  it('经办人申请，分管负责人同意，主任批准；时限暂停，主任提前恢复', async () => {
    const ticket = await stage.desk.handling({ title: '停热后才能改造的管道' })
    const handler = await stage.page(`handler@${UNIT}`)
    await openRow(handler, 'handling', ticket.no)
    const form = await act(handler, 'requestSuspension')
    await field(form, 'reason').fill('采暖季不能停热开挖')
    await field(form, 'measures').fill('停热后三日内开工')
    const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
    await field(form, 'promisedDate').fill(day)
    await handler.keyboard.press('Enter')
    await form.getByTestId('field-isCallerTold').locator('.el-checkbox').click()
    await submit(form, 'requestSuspension')

    const lead = await stage.page(`lead@${UNIT}`)
    await openRow(lead, 'extending', ticket.no)
    const endorsement = await act(lead, 'endorseRequest')
    await expect.poll(() => endorsement.innerText()).toContain('停热后三日内开工')
    await submit(endorsement, 'endorseRequest')

    const director = await stage.page('director')
    await director.goto(`${stage.address}/dispatch`)
    await openRow(director, 'suspensionReview', ticket.no)
    const review = director.getByTestId('review-pendingSuspension')
    await field(review, 'opinion').fill('障碍属实，同意')
    await review.getByTestId('submit-approveSuspension').click()
    await director.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })

    await director.goto(`${stage.address}/tickets/${ticket.no}`)
    await director.getByTestId('banner-suspension').getByText('恢复后预计').waitFor()
    await expect.poll(() => director.getByTestId('remaining').count()).toBe(1)
    const resuming = await act(director, 'resume')
    await submit(resuming, 'resume')
    await director.getByTestId('banner-suspension').waitFor({ state: 'detached' })
    expect((await now(ticket)).suspension).toBeUndefined()
  })
})

describe('督办', () => {
  it('督办员下达，单位反馈，督办员销号', async () => {
    const ticket = await stage.desk.handling({ title: '要督办的诉求' })
    const supervisor = await stage.page('supervisor1')
    await supervisor.goto(`${stage.address}/tickets/${ticket.no}`)
    const order = await act(supervisor, 'supervise')
    for (const [name, option] of [
      ['trigger', '推诿敷衍'],
      ['form', '现场督办'],
    ] as const) {
      await order.getByTestId(`field-${name}`).locator('.el-select').click()
      await supervisor.locator('.el-select-dropdown__item:visible', { hasText: option }).click()
    }
    await field(order, 'requirement').fill('分管负责人到现场')
    await submit(order, 'supervise')

    const handler = await stage.page(`handler@${UNIT}`)
    await openRow(handler, 'supervised', ticket.no)
    const answer = await act(handler, 'answerSupervision')
    await expect.poll(() => answer.innerText()).toContain('分管负责人到现场')
    await field(answer, 'answer').fill('已到现场，今晚整改完成')
    await submit(answer, 'answerSupervision')

    await supervisor.goto(`${stage.address}/oversight`)
    await openRow(supervisor, 'supervising', ticket.no)
    const closing = supervisor.getByTestId('form-closeSupervision')
    await closing.getByText('今晚整改完成').waitFor()
    await field(closing, 'result').fill('复核属实，销号')
    await closing.getByTestId('submit-closeSupervision').click()
    await supervisor.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    expect((await now(ticket)).supervisions?.[0]).toMatchObject({ result: '复核属实，销号' })
  })
})

describe('并单', () => {
  it('派单员并入主单，回访员逐人回访，一个不满意就重办', async () => {
    const main = await stage.desk.handling({ title: '地下车库渗水' })
    const joining = await stage.desk.register({
      title: '地下车库又渗水',
      caller: { number: '13800005678', name: '司马文君' },
    })
    const dispatcher = await stage.page('dispatcher1')
    await dispatcher.goto(`${stage.address}/tickets/${joining.no}`)
    const form = await act(dispatcher, 'merge')
    await form.getByTestId('merge-search').fill(main.no)
    await form.getByTestId(`merge-${main.no}`).click()
    await submit(form, 'merge')
    await dispatcher.getByTestId('banner-merged').getByText(main.no).waitFor()

    const at = new Date().toISOString()
    const reply = { isFactual: 'yes', contacted: 'yes', contactedAt: at, contactMethod: 'phone', solved: 'yes' }
    await stage.desk.act(`handler@${UNIT}`, main, 'reply', {
      ...reply,
      contactNumber: '13800001234',
      handling: '已维修',
      publicReply: '已维修',
    })
    await stage.desk.act(`lead@${UNIT}`, main, 'reviewByUnit', { isPassed: true, opinion: '同意' })
    await stage.desk.act('dispatcher1', main, 'reviewByHotline', { isPassed: true, opinion: '同意' })

    const officer = await stage.page('callback1')
    await openRow(officer, 'callback', main.no)
    await officer.getByTestId('caller-2').waitFor()
    await officer.keyboard.press('1')
    const talk = officer.getByTestId('form-recordCallback')
    await talk.waitFor()
    for (const key of ['y', 'y', '5', '5', '5']) await officer.keyboard.press(key)
    await officer.keyboard.press('Control+Enter')
    await officer.getByTestId('caller-2').and(officer.locator('[aria-pressed="true"]')).waitFor()
    expect(await now(main)).toMatchObject({ status: 'callback' })

    await officer.getByTestId('dial-connected').click()
    await talk.waitFor()
    await expect.poll(() => officer.getByTestId('caller-1').innerText()).toContain('已回访')
    await officer.keyboard.press('y')
    await officer.keyboard.press('n')
    for (const key of ['1', '3', '5']) await officer.keyboard.press(key)
    await talk.getByText('未解决', { exact: false }).last().waitFor()
    const reasons = talk.getByTestId('answer-reasons-notSolved')
    if (await reasons.isVisible()) await reasons.click()
    const judged = talk.getByTestId('answer-judged-reasonable')
    await judged.click()
    await officer.keyboard.press('Control+Enter')
    await officer.getByTestId('last-result').getByText('重办').waitFor()
    expect(await now(main)).toMatchObject({ status: 'handling', reworkCount: 1 })
  })
})

describe('好差评', () => {
  it('收文员录入差评，单位整改，列表看得到进度', async () => {
    const clerk = await stage.page(`clerk@${UNIT}`)
    await clerk.goto(`${stage.address}/ratings`)
    await clerk.getByTestId('do-rate').click()
    const form = clerk.getByTestId('form-rate')
    await form.getByText('不满意', { exact: true }).click()
    await field(form, 'comment').fill('材料跑了三趟')
    await form.getByTestId('submit-rate').click()
    await clerk.getByText('材料跑了三趟').waitFor()
    const link = clerk.getByRole('link', { name: '整改工单' })
    await link.waitFor({ timeout: 30_000 })
    const no = (await link.getAttribute('href'))?.split('/').at(-1) ?? ''
    const found = ok(await (await stage.signIn('director')).get(`/api/tickets/${no}`)) as TicketView
    await stage.desk.act(`clerk@${UNIT}`, found, 'acknowledge')

    const handler = await stage.page(`handler@${UNIT}`)
    await handler.goto(`${stage.address}/unit`)
    await openRow(handler, 'handling', no)
    const rectification = await act(handler, 'rectify')
    await rectification.getByTestId('rated').getByText('材料跑了三趟').waitFor()
    for (const name of ['cause', 'measures', 'result']) await field(rectification, name).fill('一次性告知清单已上墙')
    await submit(rectification, 'rectify')
    expect(await now(found)).toMatchObject({ status: 'unitReview' })
  })

  it('整个过程没有一处脚本报错', () => expect(stage.complaints).toEqual([]))
})
