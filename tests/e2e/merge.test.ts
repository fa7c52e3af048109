import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { field, openRow, startStage, type Stage } from '../helpers/browser'
import { callAllDay } from '../helpers/callAllDay'
import { aCaller, aReply, NAME, NUMBER, ok, UNIT } from '../helpers/desk'
import { stay } from '../helpers/forms'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  await callAllDay(stage)
})
afterAll(() => stage.stop())

const OTHER_NUMBER = '13955556666'
const OTHER_NAME = '司马青山'
const MATTER = { title: '地下车库渗水', detail: '车库顶板连续渗水，雨后积水约二十厘米，车辆无法停放。' }

const now = async ({ id }: { id: string }) =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`)) as TicketView

/** The unit's and the hotline's part until the callback, once more after a rework. */
async function throughReviews(ticket: TicketView): Promise<void> {
  const { desk } = stage
  await desk.act(`handler@${UNIT}`, ticket, 'reply', aReply(new Date()))
  await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意上报' })
  await desk.act('dispatcher1', ticket, 'reviewByHotline', { isPassed: true, opinion: '办理到位' })
}

/** What the citizen reads with his own number and code. */
async function progressOf(page: Page, no: string, code: string): Promise<string> {
  await page.goto(`${stage.address}/progress?no=${no}`)
  await field(page, 'code').fill(code)
  await page.getByTestId('submit-progress').click()
  await page.getByTestId('progress').waitFor()
  return page.locator('main').innerText()
}

describe('两个人反映同一件事：并单、逐人回访、重办后再逐人回访', () => {
  let main: TicketView
  let joined: TicketView
  let officer: Page
  let watcher: Page
  let hasStayed: () => Promise<boolean>

  const caller = (index: number) => officer.getByTestId(`caller-${index}`)
  const isCalled = (index: number) => caller(index).and(officer.locator('[aria-pressed="true"]')).waitFor()
  /** Dials the one who is called now, by F2 and 1, and answers with these keys. */
  async function talk(number: string, keys: readonly string[]): Promise<void> {
    const desk = officer.locator('aside.result')
    await desk.getByTestId('dial-connected').waitFor()
    await officer.keyboard.press('F2')
    await desk.getByTestId('plain-number').filter({ hasText: number }).waitFor()
    await expect.poll(() => desk.getByTestId('plain-number').allInnerTexts()).toEqual([expect.stringContaining(number)])
    await officer.keyboard.press('1')
    const form = officer.getByTestId('form-recordCallback')
    await form.waitFor()
    // What another caller has answered is not his.
    expect(await form.locator('[data-testid^="answer-"][aria-pressed="true"]').count()).toBe(0)
    for (const key of keys) await officer.keyboard.press(key)
  }
  const CONTENT = ['y', 'y', '5', '5', '5']

  it('第二位来电单独登记；派单员看见疑似重复，一个键并入', async () => {
    main = await stage.desk.handling({ ...MATTER, caller: aCaller() })
    joined = await stage.desk.register({
      ...MATTER,
      caller: aCaller({ number: OTHER_NUMBER, name: OTHER_NAME }),
      duplicateOfId: main.id,
    })
    watcher = await stage.page('supervisor1')
    await watcher.goto(`${stage.address}/tickets/${main.no}`)
    await watcher.getByTestId('ticket').waitFor()
    expect(await watcher.getByTestId('participants').count()).toBe(0)
    hasStayed = await stay(watcher)

    const dispatcher = await stage.page('dispatcher1')
    await dispatcher.waitForURL('**/dispatch')
    await openRow(dispatcher, 'dispatch', joined.no)
    const suggested = dispatcher.getByTestId(`duplicate-${main.no}`)
    await suggested.getByTestId('do-merge').waitFor()
    await dispatcher.keyboard.press('Escape')
    await dispatcher.keyboard.press('m')
    await dispatcher.getByTestId(`row-${joined.no}`).waitFor({ state: 'detached' })
    expect(await now(joined)).toMatchObject({ status: 'merged', merger: { mainNo: main.no } })

    const participants = watcher.getByTestId('participants')
    await participants.filter({ hasText: joined.no }).waitFor()
    expect(await participants.innerText()).not.toContain(OTHER_NUMBER)
    expect(await participants.innerText()).not.toContain(OTHER_NAME)
  })

  it('旧编号打开，指向主单；一键到主单', async () => {
    const agent = await stage.page('agent1')
    await agent.goto(`${stage.address}/tickets/${joined.no}`)
    const banner = agent.getByTestId('banner-merged')
    await banner.getByRole('link', { name: main.no }).click()
    await agent.waitForURL(`**/tickets/${main.no}`)
    await agent.getByTestId('ticket-title').filter({ hasText: MATTER.title }).waitFor()
  })

  it('公众凭旧编号看到合并办理的进度，看不到另一位诉求人', async () => {
    const text = await progressOf(await stage.blank(), joined.no, joined.queryCode ?? '')
    expect(text).toContain('合并办理')
    expect(text).toContain(joined.no)
    for (const other of [main.no, NAME, NUMBER]) expect(text).not.toContain(other)
  })

  it('回访员在主单上先后拨打两个号码；第一位满意还不办结，第二位不满意就重办', async () => {
    await throughReviews(main)
    officer = await stage.page('callback1')
    await officer.waitForURL('**/callback')
    await openRow(officer, 'callback', main.no)
    await isCalled(1)
    await expect.poll(() => caller(2).innerText()).toContain('待回访')
    await talk(NUMBER, CONTENT)
    await officer.getByTestId('submit-recordCallback').click()

    await isCalled(2)
    await caller(1).filter({ hasText: '已回访' }).waitFor()
    await watcher.getByTestId('participants').filter({ hasText: '待回访' }).waitFor()
    expect((await now(main)).status).toBe('callback')
    await talk(OTHER_NUMBER, ['y', 'n', '1', '3', '5', '2', 'Enter', 'y'])
    await officer.getByTestId('outcome').filter({ hasText: '重办' }).waitFor()
    await officer.getByTestId('submit-recordCallback').click()
    await officer.getByTestId('last-result').filter({ hasText: '重办' }).waitFor()

    const reworked = await now(main)
    expect(reworked).toMatchObject({ status: 'handling', reworkCount: 1 })
    expect(reworked.callbacks.map(({ participantId, isDissatisfied }) => [participantId, isDissatisfied])).toEqual([
      [undefined, false],
      [joined.id, true],
    ])
    await watcher.getByTestId('status').filter({ hasText: '办理中' }).first().waitFor()
    const handler = await stage.page(`handler@${UNIT}`)
    await openRow(handler, 'handling', main.no)
    await handler.getByTestId('matter').getByText('重办 1').first().waitFor()
  })

  it('重办后两位都再回访一次，都满意才办结', async () => {
    await throughReviews(main)
    await openRow(officer, 'callback', main.no)
    await isCalled(1)
    for (const index of [1, 2]) await expect.poll(() => caller(index).innerText()).toContain('待回访')
    await talk(NUMBER, CONTENT)
    await officer.getByTestId('submit-recordCallback').click()
    await isCalled(2)
    expect((await now(main)).status).toBe('callback')
    await talk(OTHER_NUMBER, CONTENT)
    await officer.getByTestId('submit-recordCallback').click()
    await officer.getByTestId('last-result').filter({ hasText: MATTER.title }).waitFor()
    await officer.getByTestId(`row-${main.no}`).waitFor({ state: 'detached' })

    const closed = await now(main)
    expect(closed).toMatchObject({ status: 'closed', reworkCount: 1 })
    expect(closed.callbacks.map(({ participantId }) => participantId)).toEqual([
      undefined,
      joined.id,
      undefined,
      joined.id,
    ])
    await watcher.getByTestId('status').filter({ hasText: '已办结' }).first().waitFor()
    expect(await hasStayed()).toBe(true)
  })

  it('公众凭旧编号看到已办结和答复', async () => {
    const text = await progressOf(await stage.blank(), joined.no, joined.queryCode ?? '')
    expect(text).toContain('已办结')
    expect(text).toContain('您反映的夜间施工已停止。')
    for (const other of [main.no, NAME, NUMBER]) expect(text).not.toContain(other)
  })

  it('一路上浏览器没有报错', () => {
    expect(stage.complaints).toEqual([])
  })
})
