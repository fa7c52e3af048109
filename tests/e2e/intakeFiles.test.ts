import type { TicketView } from '@hotline/shared/ticket/view'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, pick, startStage, type Stage } from '../helpers/browser'
import { ok } from '../helpers/desk'
import { aPdf, aPhoto } from '../helpers/files'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const SAID = '楼上漏水三天，天花板往下掉皮。'

/** As a hand does it: from the clipboard into where the focus stands, or let go over the text. */
async function give(page: Page, how: 'paste' | 'drop', name: string, type: string, bytes: Buffer): Promise<void> {
  await field(page, 'detail').evaluate(
    (area, [way, fileName, mime, base64]) => {
      const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([content], fileName, { type: mime }))
      const often = { bubbles: true, cancelable: true }
      if (way === 'paste') area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...often }))
      else area.dispatchEvent(new DragEvent('drop', { dataTransfer: data, ...often }))
    },
    [how, name, type, bytes.toString('base64')] as const,
  )
}

async function fillCall(page: Page): Promise<void> {
  await field(page, 'number').fill('13905430077')
  await page.getByTestId('field-kind').getByText('求助').click()
  await pick(page, page, 'matterCode', '夜间施工')
  await field(page, 'detail').click()
  await page.keyboard.type(SAID)
}

describe('登记时诉求人发来的照片、文件', () => {
  it('粘贴、拖入、选择都行；光标不动，表单不跳，刷新不丢，提交后归这张工单', async () => {
    const page = await stage.page('agent1')
    await page.getByTestId('form-register').waitFor()
    await page.getByTestId('attachment-strip').waitFor()
    await fillCall(page)
    const placeOf = () => page.getByTestId('field-urgency').boundingBox()
    const before = await placeOf()

    const photo = await aPhoto({ width: 400, height: 300 })
    await give(page, 'paste', '漏水的天花板.jpg', 'image/jpeg', photo)
    await page.keyboard.type('请尽快')
    const uploads = page.getByTestId('attachment-strip').getByTestId('upload')
    await uploads.locator('img').waitFor()
    await give(page, 'drop', '物业告知书.pdf', 'application/pdf', aPdf())
    await uploads.nth(1).filter({ hasText: '文档' }).waitFor()
    await give(page, 'drop', '视频.exe', 'application/x-msdownload', Buffer.from('MZ'))
    await page.getByTestId('field-attachmentIds').getByRole('alert').filter({ hasText: '不能上传这种文件' }).waitFor()
    await page.keyboard.type('处理。')
    expect(await field(page, 'detail').inputValue()).toBe(`${SAID}请尽快处理。`)
    expect(await placeOf()).toEqual(before)
    expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true)
    await page.getByRole('button', { name: '移除 视频.exe' }).click()
    await page.getByTestId('field-attachmentIds').getByRole('alert').waitFor({ state: 'detached' })

    await page.getByTestId('do-save').click()
    await page.reload()
    await uploads.nth(1).waitFor()
    expect(await uploads.allInnerTexts()).toEqual([
      expect.stringContaining('漏水的天花板.jpg'),
      expect.stringContaining('物业告知书.pdf'),
    ])

    await page.keyboard.press('F4')
    await page.getByTestId('call-done').waitFor()
    const no = await page.getByTestId('result-no').getAttribute('data-no')
    const director = await stage.signIn('director')
    const ticket = ok(await director.get(`/api/tickets/${no}`)) as TicketView
    expect(ticket.attachmentIds).toHaveLength(2)
    const { items } = ok(await director.get(`/api/attachments?ids=${ticket.attachmentIds.join(',')}`)) as {
      items: { name: string; isDraft: boolean }[]
    }
    expect(items).toMatchObject([
      { name: '漏水的天花板.jpg', isDraft: false },
      { name: '物业告知书.pdf', isDraft: false },
    ])
    await page.getByTestId('next-call').click()
  })

  it('还没传完就按 F4，传完才提交；没传上的先说，重试后提交', async () => {
    const page = await stage.page('agent2')
    await page.getByTestId('attachment-strip').waitFor()
    await fillCall(page)
    let isDown = true
    let letThrough: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (letThrough = resolve))
    await page.route('**/api/attachments', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      if (!isDown) return route.continue()
      await gate
      return route.abort()
    })
    await give(page, 'paste', '现场.jpg', 'image/jpeg', await aPhoto())
    await page.keyboard.press('F4')
    await page.getByText('附件还在上传，传完就提交').waitFor()
    letThrough()
    await page.getByTestId('call-trouble').filter({ hasText: '附件' }).waitFor()
    await page.getByTestId('field-attachmentIds').getByRole('alert').filter({ hasText: '上传中断' }).waitFor()
    isDown = false
    await page.getByTestId('upload').getByRole('button', { name: '重试' }).click()
    await page.keyboard.press('F4')
    await page.getByTestId('call-done').waitFor()
    const no = await page.getByTestId('result-no').getAttribute('data-no')
    const ticket = ok(await (await stage.signIn('director')).get(`/api/tickets/${no}`)) as TicketView
    expect(ticket.attachmentIds).toHaveLength(1)
  })

  it('放弃的登记不留下文件', async () => {
    const page = await stage.page('agent2')
    await page.keyboard.press('Alt+n')
    await page.getByTestId('form-register').waitFor()
    await field(page, 'detail').fill('打错了')
    await give(page, 'paste', '无关.jpg', 'image/jpeg', await aPhoto())
    await page.locator('[data-testid="upload"] img').waitFor()
    const gone = page.waitForResponse((answer) => answer.request().method() === 'DELETE')
    await page.keyboard.press('Alt+w')
    await page.keyboard.press('Alt+w')
    expect((await gone).status()).toBe(204)
  })
})
