import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, startStage, type Stage } from '../helpers/browser'
import { aCaller, eventually, ok, UNIT } from '../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(async () => {
  await stage.stop()
})

const CLERK = `clerk@${UNIT}`
const NUMBER = '13955556666'
const NAME = '诸葛秋实'
/** Name, number and home, in any piece that would give them away. */
const KNOWN = /诸葛|秋实|13955556666|139-5555-6666|55556666|梧桐里/

const secret = {
  caller: aCaller({ number: NUMBER, name: NAME, address: '梧桐里9号' }),
  title: `${NAME}反映夜间施工`,
  detail: `我是${NAME}，诸葛女士，电话${NUMBER}，工地夜间施工。`,
}

/** All that comes to a browser: answers, pushes, and what stands on the page. */
function everythingOf(page: Page) {
  const heard: string[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/'))
      response.text().then(
        (text) => heard.push(`${response.url()} ${text}`),
        () => undefined,
      )
  })
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
  return {
    heard,
    async leak(): Promise<string | undefined> {
      heard.push(await page.content())
      return heard.map((text) => KNOWN.exec(text) && text.slice(0, 200)).find(Boolean) ?? undefined
    },
  }
}

describe('对承办单位隐藏身份的件', () => {
  it('承办单位的浏览器里：办件台、工单、列表、搜索、消息、网络应答、推送，处处没有姓名、号码、住址', async () => {
    const page = await stage.page(CLERK)
    const ears = everythingOf(page)
    await page.reload()
    await page.getByTestId('desk-toAcknowledge').waitFor()
    const ticket = (await stage.desk.dispatched({ ...secret, confidentiality: 1 })) as TicketView
    await eventually(
      async () => ears.heard,
      (heard) => heard.some((text) => text.includes('ticket.changed')),
    )
    await page.goto(`${stage.address}/tickets/${ticket.no}`)
    await page.getByText('***反映夜间施工').first().waitFor()
    await stage.desk.act('dispatcher1', ticket, 'urge', { note: `${NAME}又来电，${NUMBER}` })
    await page.getByText('催办').first().waitFor()
    await page.goto(`${stage.address}/tickets?q=${encodeURIComponent('夜间施工')}`)
    await page.getByTestId(`row-${ticket.no}`).waitFor()
    for (const q of [NAME, '诸葛女士', NUMBER]) {
      await field(page, 'q').fill(q)
      await page.getByTestId('submit-search').click()
      await page.getByText('没有').first().waitFor()
      expect(await page.getByTestId(`row-${ticket.no}`).count()).toBe(0)
      await field(page, 'q').fill('')
    }
    const typed = new RegExp(`q=(${encodeURIComponent(NAME)}|${NUMBER}|${encodeURIComponent('诸葛女士')})`)
    ears.heard.splice(0, ears.heard.length, ...ears.heard.filter((text) => !typed.test(text)))
    await page.goto(`${stage.address}/unit`)
    await page.getByTestId('desk-toAcknowledge').waitFor()
    expect(await ears.leak()).toBeUndefined()
    expect(ears.heard.length).toBeGreaterThan(5)
  })

  it('热线自己看得到', async () => {
    const page = await stage.page('dispatcher1')
    const ticket = (await stage.desk.register({ ...secret, confidentiality: 1 })) as TicketView
    await page.goto(`${stage.address}/tickets/${ticket.no}`)
    await page.getByText(`${NAME}反映夜间施工`).first().waitFor()
  })
})

describe('举报保密的件', () => {
  it('被反映单位的浏览器里如同没有这张工单', async () => {
    const page = await stage.page(`clerk@371602`)
    const ears = everythingOf(page)
    await page.reload()
    await page.getByTestId('desk-toAcknowledge').waitFor()
    const report = { ...secret, kind: 'report', confidentiality: 2, accusedUnitIds: ['371602'] }
    const ticket = await stage.desk.dispatched(report, { leadUnitId: '371600-ZJ' })
    await page.goto(`${stage.address}/tickets/${ticket.no}`)
    await page.getByText('没有这张工单').first().waitFor()
    await page.goto(`${stage.address}/tickets?q=${encodeURIComponent('夜间施工')}`)
    await page.getByTestId('search').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByTestId(`row-${ticket.no}`).count()).toBe(0)
    expect(await ears.leak()).toBeUndefined()
    const shown = ears.heard.filter((text) => text.includes(ticket.id) && !text.includes(`/api/tickets/${ticket.no}`))
    expect(shown).toEqual([])
  })
})

describe('审计查询', () => {
  it('主任看到谁查看过明文、为什么；散列链完整；按工单编号、事项查', async () => {
    const ticket = await stage.desk.handling()
    ok(
      await (
        await stage.signIn(CLERK)
      ).post(`/api/tickets/${ticket.id}/reveal`, {
        field: 'contact',
        reason: '联系诉求人核实地点',
      }),
    )
    const page = await stage.page('director')
    await page.goto(`${stage.address}/settings/audit`)
    await page
      .getByTestId('chain-state')
      .getByText(/链完整至第 \d+ 条/)
      .waitFor()
    await page
      .getByTestId('audit-ticket')
      .locator('input')
      .or(page.locator('input[data-testid="audit-ticket"]'))
      .first()
      .fill(ticket.no)
    await page.getByRole('button', { name: '查询', exact: true }).click()
    const row = page.getByRole('row').filter({ hasText: '联系诉求人核实地点' })
    await row.waitFor()
    await expect.poll(() => row.innerText()).toMatch(new RegExp(`查看诉求人明文[\\s\\S]*工单 ${ticket.no}`))
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/audit-ticket.png` })
    await page.goto(`${stage.address}/settings/audit`)
    await page.getByText('登录').nth(1).waitFor()
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/audit.png` })
    expect(stage.complaints.filter((text) => !text.includes('404'))).toEqual([])
  })

  it('没有权限的人菜单里没有', async () => {
    const page = await stage.page('dispatcher1')
    await page.goto(`${stage.address}/tickets`)
    await page.getByTestId('search').waitFor()
    expect(await page.getByText('审计查询').count()).toBe(0)
  })
})
