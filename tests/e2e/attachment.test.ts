import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, startStage, type Stage } from '../helpers/browser'
import { UNIT } from '../helpers/desk'
import { aPdf, aPhoto } from '../helpers/files'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const HANDLER = `handler@${UNIT}`

describe('附件', () => {
  it('经办人在反馈里选照片和文件，坏的说明原因，移除后提交；审核的人看得到大图', async () => {
    const ticket = await stage.desk.handling({ title: '夜间施工', confidentiality: 1 })
    const handler = await stage.page(HANDLER)
    await handler.goto(`${stage.address}/tickets/${ticket.id}`)
    await handler.getByTestId('do-reply').first().click()
    const form = handler.getByTestId('form-reply')
    const choose = form.getByTestId('attachment-field').locator('input[multiple]')
    await choose.setInputFiles([
      { name: '现场一.jpg', mimeType: 'image/jpeg', buffer: await aPhoto({ width: 400, height: 300 }) },
      { name: '整改通知.pdf', mimeType: 'application/pdf', buffer: aPdf() },
      { name: '坏.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') },
      { name: '程序.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    ])
    const uploads = form.getByTestId('upload')
    await uploads.nth(2).getByRole('alert').waitFor()
    await expect
      .poll(() => uploads.allInnerTexts())
      .toEqual([
        expect.stringContaining('现场一.jpg'),
        expect.stringContaining('整改通知.pdf'),
        expect.stringContaining('不能上传这种文件'),
        expect.stringContaining('不能上传这种文件'),
      ])
    for (const name of ['坏.jpg', '程序.exe']) await form.getByRole('button', { name: `移除 ${name}` }).click()
    expect(
      await uploads
        .nth(0)
        .locator('img')
        .evaluate((image) => (image as HTMLImageElement).naturalWidth),
    ).toBe(240)

    // A reload costs nothing: they are in the draft.
    await field(form, 'handling').fill('已到场核实')
    await handler.getByText('草稿保存于').waitFor()
    await handler.reload()
    await handler.getByTestId('do-reply').first().click()
    await uploads.nth(1).waitFor()

    await form.getByTestId('field-isFactual').getByText('属实', { exact: true }).click()
    await form.getByTestId('field-solved').getByText('已解决', { exact: true }).click()
    await field(form, 'publicReply').fill('已责令停工。')
    await form.getByTestId('submit-reply').click()
    await form.waitFor({ state: 'detached' })

    const lead = await stage.page(`lead@${UNIT}`)
    await lead.goto(`${stage.address}/tickets/${ticket.id}`)
    const reply = lead.getByTestId('reply')
    await reply.getByTestId('picture').click()
    await lead.locator('.el-image-viewer__img').first().waitFor()
    await lead.keyboard.press('Escape')
    const saved = lead.waitForEvent('download')
    await reply.getByRole('button', { name: '下载 整改通知.pdf' }).click()
    expect((await saved).suggestedFilename()).toBe('整改通知.pdf')
  })
})
