import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, startStage, type Stage } from '../helpers/browser'
import { OTHER_UNIT, UNIT } from '../helpers/desk'
import { readSheet } from '../helpers/spreadsheet'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
  for (let n = 1; n <= 6; n += 1)
    await stage.desk.dispatched({ title: `渤海十八路在建工地第 ${n} 次夜间施工`, kind: n % 2 ? 'complaint' : 'help' })
  await stage.desk.register({ title: '梧桐小区整栋楼暖气不热' })
  await stage.desk.inCallback({ title: '新立河西路路灯不亮' })
})
afterAll(() => stage.stop())

describe('全部工单', () => {
  it('查询保存为视图，列和行数记在账号上，换一台电脑也在；网址发给同事是同一个查询', async () => {
    const page = await stage.page('director')
    await page.goto(`${stage.address}/tickets`)
    await page.getByTestId('total').getByText('共 8 件').waitFor()
    await field(page, 'q').fill('夜间施工')
    await field(page, 'q').press('Enter')
    await page.getByTestId('total').getByText('共 6 件').waitFor()
    await page.getByTestId('save-view').click()
    await field(page, 'viewName').fill('夜间施工')
    await page.getByTestId('submit-view').click()
    await page.getByTestId('view-夜间施工').waitFor()
    await page.getByTestId('view-all').click()
    await page.getByTestId('total').getByText('共 8 件').waitFor()
    await page.getByTestId('columns').click()
    await page.getByTestId('column-channel').click()
    await page.getByRole('columnheader', { name: '渠道' }).waitFor()
    await page.keyboard.press('Escape')
    const saved = page.waitForResponse((answer) => answer.url().includes('/api/views/shape') && answer.ok())
    await page.getByRole('button', { name: /^标题列宽/ }).focus()
    await page.keyboard.press('ArrowRight')
    await saved

    const second = await stage.blank()
    await second.goto(stage.address)
    await field(second, 'username').fill('director')
    await field(second, 'password').fill('Hotline@12345')
    await second.getByTestId('submit-sign-in').click()
    await second.waitForURL(/stats|dispatch/)
    await second.goto(`${stage.address}/tickets`)
    await second.getByRole('columnheader', { name: '渠道' }).waitFor()
    await second.getByTestId('view-夜间施工').click()
    await second.getByTestId('total').getByText('共 6 件').waitFor()
    await expect.poll(() => decodeURIComponent(second.url())).toContain('q=夜间施工')

    const colleague = await stage.page('supervisor1')
    await colleague.goto(second.url())
    await colleague.getByTestId('total').getByText('共 6 件').waitFor()
    await expect.poll(() => colleague.getByTestId('view-夜间施工').count()).toBe(0)
    await second.context().close()
  })

  it('导出的文件就是屏幕上的条件和列', async () => {
    const page = await stage.page('director')
    await page.goto(`${stage.address}/tickets?kind=help`)
    await page.getByTestId('total').getByText('共 3 件').waitFor()
    await page.getByTestId('export-tickets').click()
    await field(page, 'reason').fill('周例会材料')
    const arrived = page.waitForEvent('download')
    await page.getByTestId('submit-export').click()
    const file = await arrived
    expect(file.suggestedFilename()).toMatch(/^全部工单_\d{8}_\d{4}\.xlsx$/)
    const { rows } = readSheet(await readFile(await file.path()))
    expect(rows[0]).toContain('渠道')
    expect(rows).toHaveLength(4)
    await page.goto(`${stage.address}/exports`)
    await page.getByText('用途：周例会材料').waitFor()
    expect(await (await stage.page('agent1')).getByTestId('export-tickets').count()).toBe(0)
  })
})

describe('到处都一样', () => {
  it('有新消息时铃上的数自己变，点开到工单，可全部已读', async () => {
    const page = await stage.page(`clerk@${OTHER_UNIT}`)
    const unread = page.getByTestId('unread')
    await expect.poll(() => unread.count()).toBe(0)
    const { no } = await stage.desk.dispatched({ title: '鹤伴二路占道经营' }, { leadUnitId: OTHER_UNIT })
    await expect.poll(() => unread.textContent()).toBe('1')
    await page.getByTestId('bell').click()
    await page.getByRole('button', { name: /鹤伴二路占道经营/ }).click()
    await page.waitForURL(`**/tickets/${no}`)
    await expect.poll(() => unread.count()).toBe(0)
    await stage.desk.dispatched({ title: '信城街道停水' }, { leadUnitId: OTHER_UNIT })
    await expect.poll(() => unread.textContent()).toBe('1')
    await page.getByTestId('bell').click()
    await page.getByRole('button', { name: '全部已读' }).click()
    await expect.poll(() => unread.count()).toBe(0)
  })

  it('Ctrl+K 到工单、页面、单位的工单；? 列出本页的键', async () => {
    const page = await stage.page('supervisor1')
    await page.goto(`${stage.address}/stats`, { waitUntil: 'networkidle' })
    const goTo = async (text: string, option: RegExp) => {
      await page.keyboard.press('Control+K')
      await page.getByTestId('go-to-input').fill(text)
      await page.getByRole('option', { name: option }).first().click()
    }
    await goTo('督办台', /督办台/)
    await page.waitForURL('**/oversight')
    await goTo('滨城区住房和城乡建设局', /该单位的工单/)
    await page.waitForURL(`**/tickets?unitId=${UNIT}`)
    await page.getByTestId('total').getByText('共 7 件').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('搜索：工单编号、页面').waitFor()
    await page.keyboard.press('Escape')
  })

  it('断线时说一声，恢复后自己跟上', async () => {
    const page = await stage.page('dispatcher1')
    await page.goto(`${stage.address}/tickets`)
    await page.getByTestId('total').getByText('共 10 件').waitFor()
    await page.context().setOffline(true)
    await page.getByTestId('offline').waitFor()
    await stage.desk.register({ title: '断线时登记的工单' })
    await page.context().setOffline(false)
    await expect.poll(() => page.getByTestId('offline').count()).toBe(0)
    await page.getByTestId('news').waitFor()
    await page.getByTestId('news').click()
    await page.getByText('断线时登记的工单').waitFor()
  })

  it.each([
    ['承办单位', `clerk@${UNIT}`, '/unit'],
    ['全部工单', `clerk@${UNIT}`, '/tickets'],
    ['公众首页', undefined, '/public'],
    ['我要反映', undefined, '/public/submit/what'],
    ['查进度', undefined, '/progress'],
  ])('手机宽度下%s不左右滚动', async (_name, username, path) => {
    const page = username ? await stage.page(username) : await stage.blank()
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(stage.address + path, { waitUntil: 'networkidle' })
    await expect.poll(() => page.locator('.el-skeleton').count()).toBe(0)
    await expect.poll(() => page.locator('body').innerText()).not.toBe('')
    const widest = () =>
      page.evaluate(() =>
        Math.max(
          document.documentElement.scrollWidth,
          ...[...document.querySelectorAll('main')].map((area) => area.scrollWidth),
        ),
      )
    await expect.poll(widest).toBeLessThanOrEqual(390)
    await page.setViewportSize({ width: 1366, height: 768 })
  })

  it('没有页面抱怨过', () => {
    const expected = /ERR_INTERNET_DISCONNECTED|WebSocket connection/
    expect(stage.complaints.filter((line) => !expected.test(line))).toEqual([])
  })
})
