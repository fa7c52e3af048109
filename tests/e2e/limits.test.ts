import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecomputeJobView } from '@hotline/shared/limits/recomputeView'
import { CALENDAR_YEARS } from '@hotline/shared/calendar/data'
import { dayOf } from '@hotline/shared/calendar/day'
import { addWorkdays, createCalendar } from '@hotline/shared/calendar/workingDays'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { field, startStage, type Stage } from '../helpers/browser'
import { ok } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(async () => {
  expect(stage.complaints).toEqual([])
  await stage.stop()
})

const PICTURES = process.env.TEST_PICTURES
const picture = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}
const now = async ({ id }: { id: string }) =>
  ok(await (await stage.signIn('director')).get(`/api/tickets/${id}`)) as TicketView
const progress = (page: Page, state: string) => page.locator(`[data-testid="recompute"][data-state="${state}"]`)

describe('时限方案', () => {
  it('选用吕梁 2024：先看在办工单怎样变，确定后重算，刷新仍看得到；新派的工单按它的时限', async () => {
    const before = await stage.desk.handling({ kind: 'inquiry', title: '换方案之前派的咨询' })
    const byHand = await stage.desk.dispatched({ kind: 'inquiry' }, { limit: { kind: 'workdays', n: 2 } })
    const page = await stage.page('director')
    await page.goto(`${stage.address}/settings/limits`)
    await page.getByTestId('active-profile').filter({ hasText: '滨州市默认时限' }).waitFor()
    await page.getByTestId('profile-lvliang-2024').click()
    await page.getByTestId('profile').filter({ hasText: 'R7 吕梁市 2024 年公开的热线办法' }).waitFor()
    await expect.poll(() => page.getByTestId('cell-inquiry-any').innerText()).toBe('3 个工作日')
    await picture(page, 'limits-profile')

    await page.getByTestId('do-apply-profile').click()
    const dialog = page.getByTestId('apply-dialog')
    const preview = dialog.getByTestId('recompute-preview')
    await preview.waitFor()
    for (const told of ['这 1 件在办工单将变化', '提前 1 件', '不随方案变动 1 件', '换方案之前派的咨询'])
      await expect.poll(() => preview.innerText()).toContain(told)
    await picture(page, 'limits-preview')
    await field(dialog, 'note').fill('按市政府常务会议意见改用')
    await page.getByTestId('submit-apply').click()
    await page.getByTestId('active-profile').filter({ hasText: '吕梁市 2024' }).waitFor()
    await progress(page, 'done').filter({ hasText: '改变 1 件' }).waitFor()
    await page.reload()
    await progress(page, 'done').filter({ hasText: '本市时限方案改为“吕梁市 2024”第 1 版' }).waitFor()
    await picture(page, 'limits-applied')

    const moved = await now(before)
    expect(moved.assignments[0]?.limit).toEqual({ unit: 'workdays', n: 3 })
    expect(moved.history.at(-1)?.type).toBe('ticket.deadlinesRecomputed')
    expect((await now(byHand)).version).toBe(byHand.version)
    const fresh = await stage.desk.handling({ kind: 'inquiry' })
    expect(fresh.assignments[0]).toMatchObject({
      limit: { unit: 'workdays', n: 3 },
      rules: { profileId: 'lvliang-2024', profileVersion: 1 },
    })
  })

  it('改一格、改一个环节，存为新的一版；差别看得到，派单员看得到、改不了', async () => {
    const page = await stage.page('director')
    await page.goto(`${stage.address}/settings/limits`)
    await page.getByTestId('profile-weifang-2021').click()
    await page.getByTestId('profile').filter({ hasText: 'L3 潍坊市' }).waitFor()
    await page.getByTestId('do-edit-profile').click()
    await page.getByTestId('cell-complaint-complex').locator('button').click()
    const cell = page.getByTestId('cell-complaint-complex')
    await cell.locator('input').first().fill('12')
    await picture(page, 'limits-edit')
    await cell.getByTestId('cell-done').click()
    await page.getByText('各环节和其他').click()
    await page.getByTestId('field-archiveDays').locator('input').fill('60')
    await picture(page, 'limits-steps')
    await page.getByTestId('do-save-profile').click()
    await field(page, 'version-note').fill('按潍坊的补充规定')
    await page.getByTestId('submit-profile').click()
    await page.getByTestId('profile').filter({ hasText: '第 2 版' }).waitFor()
    await page.getByText('历次版本（2）').click()
    await page.getByTestId('version-2').getByText('与上一版的差别').click()
    const changes = page.getByTestId('changes')
    for (const change of ['办理时限：投诉 · 复杂', '12 个工作日', '60 天'])
      await expect.poll(() => changes.innerText()).toContain(change)
    await picture(page, 'limits-versions')

    const dispatcher = await stage.page('dispatcher1')
    await dispatcher.goto(`${stage.address}/settings/limits`)
    await dispatcher.getByTestId('profile').waitFor()
    expect(await dispatcher.getByTestId('do-edit-profile').count()).toBe(0)
    expect(await dispatcher.getByTestId('do-apply-profile').count()).toBe(0)
  })
})

describe('工作日历', () => {
  it('导入通知，在年历上核对，公布前看在办工单怎样变，公布后看进度；刷新仍在', async () => {
    const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear() + 1
    const page = await stage.page('director')
    await page.goto(`${stage.address}/settings/calendar`)
    await page.getByTestId(`year-${year}`).filter({ hasText: '未公布' }).click()
    await picture(page, 'calendar-unpublished')
    await page.getByTestId('do-import').click()
    await field(page, 'notice').fill('1月1日至3日放假，共3天。5月1日至5日放假，共4天。')
    await page.getByTestId('do-read-notice').click()
    await page.getByTestId('notice-problems').filter({ hasText: '写明 4 天，读到 5 天' }).waitFor()
    await field(page, 'notice').fill(
      `国务院办公厅关于${year}年部分节假日安排的通知\n一、元旦：1月1日至3日放假，共3天。\n二、劳动节：5月1日至5日放假，共5天。`,
    )
    await page.getByTestId('do-read-notice').click()
    await page
      .getByTestId('notice-read')
      .filter({ hasText: `${year} 年：放假 8 天` })
      .waitFor()
    await picture(page, 'calendar-import')
    await page.getByTestId('take-notice').click()
    const may = page.getByTestId(`day-${year}-05-03`)
    await may.filter({ hasText: '休' }).waitFor()
    await page.getByTestId(`day-${year}-05-06`).click()
    await expect.poll(() => page.getByTestId(`day-${year}-05-06`).getAttribute('data-mark')).toBe('off')
    await picture(page, 'calendar-draft')

    await page.getByTestId('do-publish').click()
    const dialog = page.getByTestId('publish-dialog')
    await dialog.getByTestId('recompute-preview').waitFor()
    await expect
      .poll(() => dialog.getByTestId('recompute-preview').innerText())
      .toMatch(/件在办工单将变化|在办工单的时限都不变/)
    await picture(page, 'calendar-preview')
    await field(dialog, 'note').fill('国办通知已发')
    await page.getByTestId('submit-publish').click()
    await page.getByTestId(`year-${year}`).filter({ hasText: '已公布' }).waitFor()
    await progress(page, 'done')
      .filter({ hasText: `公布 ${year} 年工作日历` })
      .waitFor()
    await page.reload()
    await progress(page, 'done')
      .filter({ hasText: `公布 ${year} 年工作日历` })
      .waitFor()
    await page.getByTestId(`year-${year}`).click()
    await page.getByTestId(`day-${year}-05-06`).filter({ hasText: '休' }).waitFor()
    await picture(page, 'calendar-published')

    const director = await stage.signIn('director')
    const { items } = ok(await director.get('/api/recomputes')) as { items: RecomputeJobView[] }
    expect(items[0]).toMatchObject({ cause: `公布 ${year} 年工作日历`, state: 'done' })
    expect(items[0]?.seen).toBeGreaterThan(0)
  })

  it('更正今年的日历：一个工作日改为放假，在办工单顺延，预览说的就是重算做的', async () => {
    const ticket = await stage.desk.handling({ title: '因放假顺延的诉求' })
    const cal = createCalendar(CALENDAR_YEARS)
    const day = addWorkdays(cal, dayOf(new Date()), 2).day
    const page = await stage.page('director')
    await page.goto(`${stage.address}/settings/calendar`)
    await page.getByTestId(`year-${day.slice(0, 4)}`).click()
    await page.getByTestId('do-edit-year').click()
    await page.getByTestId(`day-${day}`).click()
    if (!(await field(page, 'source').inputValue())) await field(page, 'source').fill('临时放假的通知')
    if (PICTURES) await picture(page, 'calendar-correct')
    await page.getByTestId('do-publish').click()
    const preview = page.getByTestId('publish-dialog').getByTestId('recompute-preview')
    await preview.filter({ hasText: '因放假顺延的诉求' }).waitFor()
    await expect.poll(() => preview.innerText()).toContain('件在办工单将变化')
    await picture(page, 'calendar-correct-preview')
    await field(page.getByTestId('publish-dialog'), 'note').fill('临时放假一天')
    await page.getByTestId('submit-publish').click()
    await progress(page, 'done').filter({ hasText: '工作日历更正' }).waitFor()
    const moved = await now(ticket)
    expect(new Date(moved.resolveBy ?? '') > new Date(ticket.resolveBy ?? '')).toBe(true)
    expect(moved.history.at(-1)).toMatchObject({ type: 'ticket.deadlinesRecomputed' })
    expect(moved.assignments[0]?.explain.join()).toContain('法定节假日，不计')
  })
})
