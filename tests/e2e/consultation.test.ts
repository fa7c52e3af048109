import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { field, openRow, startStage, type Stage } from '../helpers/browser'
import { ok, OTHER_UNIT, UNIT } from '../helpers/desk'
import { aPhoto } from '../helpers/files'
import { offered, openForm, pickSeveral, stay, submitForm } from '../helpers/forms'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const UNIT_NAME = '滨城区住房'
const OTHER_NAME = '滨城区综合行政执法'
const TOPIC = '涵洞泵站由哪个单位主办'
const FINDINGS = '泵站配电柜进水，集水井淤积约四十厘米'

const now = async ({ id }: { id: string }) =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`)) as TicketView
/** The time of the wall clock in Shandong, as one types it. */
const typed = (at: Date) => new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 16).replace('T', ' ')

describe('会商：从待派单发起，到按结论派单、不得退单', () => {
  let ticket: TicketView
  let dispatcher: Page
  let clerk: Page
  let watcher: Page
  const untouched: (() => Promise<boolean>)[] = []

  it('派单员选议题和两个单位；开着办件台的收文员看见邀请，督办员看见会商', async () => {
    ticket = await stage.desk.register({ title: '三不管的涵洞积水' })
    clerk = await stage.page(`clerk@${UNIT}`)
    await clerk.getByTestId('desk-toAcknowledge').waitFor()
    watcher = await stage.page('supervisor1')
    await watcher.goto(`${stage.address}/tickets/${ticket.no}`)
    await watcher.getByTestId('status').first().waitFor()
    expect(await watcher.getByTestId('consultation').count()).toBe(0)
    expect(await clerk.getByTestId('desk-invited').count()).toBe(0)

    dispatcher = await stage.page('dispatcher1')
    await dispatcher.waitForURL('**/dispatch')
    for (const page of [clerk, watcher, dispatcher]) untouched.push(await stay(page))
    await openRow(dispatcher, 'dispatch', ticket.no)
    const form = await openForm(dispatcher, 'openConsultation')
    await form.getByTestId('submit-openConsultation').click()
    await form.getByTestId('field-topic').locator('.el-form-item__error').waitFor()
    await form.getByTestId('field-unitIds').locator('.el-form-item__error').waitFor()
    await field(form, 'topic').fill(TOPIC)
    await pickSeveral(dispatcher, form, 'unitIds', [OTHER_NAME, UNIT_NAME])
    await submitForm(form, 'openConsultation')
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })

    await clerk.getByTestId('desk-invited').filter({ hasText: '1' }).waitFor()
    const panel = watcher.getByTestId('consultation')
    await panel.filter({ hasText: TOPIC }).filter({ hasText: '进行中' }).waitFor()
    await expect.poll(() => panel.getByText('尚未反馈').count()).toBe(2)
    await watcher.getByTestId('status').filter({ hasText: '会商中' }).first().waitFor()
  })

  it('两个单位各自提交意见；派单员和督办员的屏幕随之变化', async () => {
    await openRow(dispatcher, 'consulting', ticket.no)
    const voice = (unitId: string) => dispatcher.getByTestId(`voice-${unitId}`)
    await voice(UNIT).filter({ hasText: '尚未反馈' }).waitFor()
    for (const [unitId, stance, opinion] of [
      [UNIT, '可以主办', '泵站已移交本局，可以牵头'],
      [OTHER_UNIT, '可以协办', '负责清淤和占道疏导'],
    ] as const) {
      const page = await stage.page(`clerk@${unitId}`)
      await openRow(page, 'invited', ticket.no)
      const form = await openForm(page, 'giveOpinion')
      await expect.poll(() => form.innerText()).toContain(TOPIC)
      await form.getByText(stance, { exact: true }).click()
      await field(form, 'opinion').fill(opinion)
      await submitForm(form, 'giveOpinion')
      await voice(unitId).filter({ hasText: stance }).waitFor()
      await watcher.getByTestId('consultation').filter({ hasText: stance }).filter({ hasText: opinion }).waitFor()
    }
    expect((await now(ticket)).consultations?.[0]?.opinions.map(({ stance }) => stance)).toEqual(['lead', 'co'])
  })

  it('经办人记录联合踏勘：地点和参加单位已填好，附现场照片；各处都看得到', async () => {
    const handler = await stage.page(`handler@${UNIT}`)
    await openRow(handler, 'invited', ticket.no)
    const form = await openForm(handler, 'recordSiteVisit')
    await expect.poll(() => field(form, 'place').inputValue()).toBe(ticket.address)
    await expect.poll(() => form.getByTestId('field-unitIds').locator('.el-checkbox.is-checked').count()).toBe(2)
    await field(form, 'visitedAt').fill(typed(new Date(Date.now() - 3600_000)))
    await handler.keyboard.press('Enter')
    await field(form, 'people').fill('住建局李强、执法局王芳')
    await field(form, 'findings').fill(FINDINGS)
    const photo = { name: '泵站.jpg', mimeType: 'image/jpeg', buffer: await aPhoto({ width: 400, height: 300 }) }
    await form.getByTestId('attachment-field').locator('input[multiple]').setInputFiles(photo)
    await form.getByTestId('upload').locator('img').waitFor()
    await submitForm(form, 'recordSiteVisit')
    for (const page of [handler, watcher, dispatcher, clerk]) {
      const panel = page.getByTestId('consultation').filter({ hasText: '联合踏勘' })
      await panel.filter({ hasText: FINDINGS }).filter({ hasText: '住建局李强、执法局王芳' }).waitFor()
      await panel.getByTestId('picture').waitFor()
    }
    await watcher.getByTestId('picture').click()
    await watcher.locator('.el-image-viewer__img').first().waitFor()
    await watcher.keyboard.press('Escape')
    await watcher.locator('.el-image-viewer__img').waitFor({ state: 'detached' })
  })

  it('派单员按意见选主办、协办，写明依据派出；督办员看见结论', async () => {
    const form = dispatcher.getByTestId('form-concludeConsultation')
    await form.getByTestId(`voice-${UNIT}`).getByRole('button', { name: '主办' }).click()
    await form.getByTestId('field-leadUnitId').getByText(UNIT_NAME).waitFor()
    const co = form.getByTestId(`voice-${OTHER_UNIT}`).getByRole('button', { name: '协办' })
    if (!(await form.getByTestId('field-coUnitIds').getByText(OTHER_NAME).isVisible())) await co.click()
    await form.getByTestId('field-coUnitIds').getByText(OTHER_NAME).waitFor()
    for (const name of ['task', 'standard'])
      await form.getByTestId(`field-${name}`).locator('textarea').first().fill('修复泵站并清淤')
    await form.getByTestId('submit-concludeConsultation').click()
    await form.getByTestId('field-basis').locator('.error').waitFor()
    await field(form, 'basis').fill('两家意见一致，会商纪要第十二号')
    await form.getByTestId('submit-concludeConsultation').click()
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })

    const panel = watcher.getByTestId('consultation')
    await panel.filter({ hasText: '不得退单' }).filter({ hasText: '会商纪要第十二号' }).waitFor()
    await watcher.getByTestId('status').filter({ hasText: '待签收' }).first().waitFor()
    await watcher.getByTestId(`assignment-${UNIT}`).getByText('不得再退').waitFor()
    const { status, assignments } = await now(ticket)
    expect(status).toBe('dispatched')
    const [lead] = assignments
    expect([lead?.unitId, lead?.role, lead?.locked]).toEqual([UNIT, 'lead', true])
    expect(assignments.filter(({ role }) => role === 'co').map(({ unitId }) => unitId)).toContain(OTHER_UNIT)
  })

  it('主办单位：没有退单按钮，服务器也不受理；平常派来的照样可以退', async () => {
    const ordinary = await stage.desk.dispatched({ title: '平常派来的诉求' })
    await openRow(clerk, 'toAcknowledge', ordinary.no)
    await clerk.getByTestId('matter').getByText('平常派来的诉求').first().waitFor()
    expect(await offered(clerk)).toContain('requestReturn')

    await openRow(clerk, 'toAcknowledge', ticket.no)
    await clerk.getByTestId('matter').getByText('不得退单').first().waitFor()
    expect(await offered(clerk)).not.toContain('requestReturn')
    const refused = await stage.desk.tryTo(`clerk@${UNIT}`, ticket, 'requestReturn', {
      reason: 'notOurDuty',
      basis: '三定规定第三条',
      suggestedUnitId: OTHER_UNIT,
    })
    expect([refused.status, refused.body.message]).toEqual([422, '会商确定，不得退单'])
    expect((await now(ticket)).status).toBe('dispatched')
    // It has left the invitations of both, and with the last one their tab.
    await clerk.getByTestId('desk-invited').waitFor({ state: 'detached' })
  })

  it('从头到尾没有一个页面重新载入', async () => {
    expect(await Promise.all(untouched.map((ask) => ask()))).toEqual([true, true, true])
  })
})

describe('会商：从待审的退单发起', () => {
  it('议题和争议双方已填好；退单不再待审；结论改由另一家主办', async () => {
    const dispatched = await stage.desk.dispatched({ title: '两区交界的路灯不亮' })
    const ticket = await stage.desk.act(`clerk@${UNIT}`, dispatched, 'requestReturn', {
      reason: 'notOurDuty',
      basis: '路灯养护由执法局负责',
      suggestedUnitId: OTHER_UNIT,
    })
    const dispatcher = await stage.page('dispatcher1')
    await openRow(dispatcher, 'returnReview', ticket.no)
    const form = await openForm(dispatcher, 'openConsultation')
    await expect.poll(() => field(form, 'topic').inputValue()).toContain('两区交界的路灯不亮')
    for (const name of [UNIT_NAME, OTHER_NAME])
      await form.getByTestId('field-unitIds').locator('.el-tag', { hasText: name }).waitFor()
    await submitForm(form, 'openConsultation')
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })
    const opened = await now(ticket)
    expect(opened.status).toBe('consulting')
    expect(opened.assignments.some(({ pendingReturn }) => pendingReturn)).toBe(false)

    for (const [unitId, stance] of [
      [UNIT, 'no'],
      [OTHER_UNIT, 'lead'],
    ] as const) {
      const page = await stage.page(`clerk@${unitId}`)
      await openRow(page, 'invited', ticket.no)
      await page.getByTestId('matter').getByText('两区交界的路灯不亮').first().waitFor()
      await stage.desk.act(`clerk@${unitId}`, ticket, 'giveOpinion', { stance, opinion: '按三定规定' })
    }
    await openRow(dispatcher, 'consulting', ticket.no)
    const conclusion = dispatcher.getByTestId('form-concludeConsultation')
    await conclusion.getByTestId('field-leadUnitId').getByText(OTHER_NAME).waitFor()
    await dispatcher.getByTestId('matter').getByText('因退单').waitFor()
    await field(conclusion, 'basis').fill('路灯养护职责清单')
    for (const name of ['task', 'standard'])
      await conclusion.getByTestId(`field-${name}`).locator('textarea').first().fill('恢复照明')
    await conclusion.getByTestId('submit-concludeConsultation').click()
    await dispatcher.getByTestId(`row-${ticket.no}`).waitFor({ state: 'detached' })

    const concluded = await now(ticket)
    expect(concluded).toMatchObject({ status: 'dispatched', leadUnitId: OTHER_UNIT })
    const lead = concluded.assignments.find(({ id }) => id === concluded.leadAssignmentId)
    expect(lead).toMatchObject({ unitId: OTHER_UNIT, locked: true })
    const clerk = await stage.page(`clerk@${OTHER_UNIT}`)
    await openRow(clerk, 'toAcknowledge', ticket.no)
    await clerk.getByTestId('matter').getByTestId('do-acknowledge').waitFor()
    expect(await offered(clerk)).not.toContain('requestReturn')
  })

  it('一路上浏览器没有报错', () => {
    expect(stage.complaints).toEqual([])
  })
})
