import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { field, openRow, startStage, type Stage } from '../../helpers/browser'
import { ringing, type Ringing } from '../../helpers/calls'
import { aCallback, aDispatch, aReply, eventually, MATTER, ok, TOWN, UNIT } from '../../helpers/desk'
import { aPhoto } from '../../helpers/files'

const PHONE = { width: 390, height: 844 }
const NUMBER = '13855550021'
const DETAIL = '渤海十八路在建工地连续三天夜里施工到凌晨两点，老人孩子睡不好，希望制止夜间施工并答复。'

let stage: Stage
let calls: Ringing
/** Every address that the citizen's browsers asked for. */
const addresses: string[] = []

async function aPhone(): Promise<Page> {
  const page = await stage.blank()
  await page.setViewportSize(PHONE)
  page.on('request', (request) => addresses.push(request.url()))
  return page
}
beforeAll(async () => {
  stage = await startStage()
  calls = ringing(stage)
})
afterAll(() => stage.stop())

/** As a hand on a keyboard gets there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reached by Tab: ${String(target)}`)
}
/** In the list that has the focus, by the arrow. */
async function choose(page: Page, value: string): Promise<void> {
  const chosen = () => page.evaluate(() => (document.activeElement as HTMLSelectElement).value)
  for (let presses = 0; presses < 40 && (await chosen()) !== value; presses += 1) await page.keyboard.press('ArrowDown')
  expect(await chosen()).toBe(value)
}
const heading = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim())
const see = async (no: string) => ok(await (await stage.signIn('dispatcher1')).get(`/api/tickets/${no}`)) as TicketView

describe('市民在手机上反映一件事', () => {
  let page: Page
  let no = ''
  let code = ''
  let village = { code: '', name: '' }

  it('三步写完，只用键盘：缺什么当场说，光标到该填的地方，换一步读出标题', async () => {
    page = await aPhone()
    await page.goto(`${stage.address}/public`)
    await tabTo(page, page.getByTestId('door-submit'))
    await page.keyboard.press('Enter')
    await expect.poll(() => heading(page)).toBe('什么事？')

    await tabTo(page, page.getByTestId('next'))
    await page.keyboard.press('Enter')
    await page.getByText('请选择是哪一类诉求').waitFor()
    const kinds = page.getByTestId('field-kind').locator('input')
    await expect.poll(() => kinds.first().evaluate((element) => element === document.activeElement)).toBe(true)
    // The third of them: 投诉.
    for (let n = 0; n < 2; n += 1) await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.getByTestId('kind-complaint').isChecked()).toBe(true)
    await page.getByText('请选择是哪一类诉求').waitFor({ state: 'detached' })
    await tabTo(page, field(page, 'detail'))
    await page.keyboard.insertText(DETAIL)
    const choosing = page.waitForEvent('filechooser')
    await tabTo(page, page.getByRole('button', { name: '拍照或选照片' }))
    await page.keyboard.press('Enter')
    await (await choosing).setFiles([{ name: '工地.jpg', mimeType: 'image/jpeg', buffer: await aPhoto() }])
    await page.getByTestId('photo').getByText('已上传').waitFor()
    await tabTo(page, page.getByTestId('next'))
    await page.keyboard.press('Enter')

    await expect.poll(() => heading(page)).toBe('在哪里？')
    await tabTo(page, page.getByTestId('field-district').locator('select'))
    await choose(page, '371602')
    await tabTo(page, page.getByTestId('field-town').locator('select'))
    await choose(page, TOWN)
    const { items } = (await (await fetch(`${stage.address}/api/public/regions/${TOWN}/villages`)).json()) as {
      items: { code: string; name: string }[]
    }
    village = items[1] ?? village
    await page.locator('[data-testid="field-village"] option', { hasText: village.name }).waitFor({ state: 'attached' })
    await tabTo(page, page.getByTestId('field-village').locator('select'))
    await choose(page, village.code)
    await tabTo(page, page.getByTestId('next'))
    await page.keyboard.press('Enter')
    await page.getByText('请写清具体地址').waitFor()
    await expect.poll(() => field(page, 'address').evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.insertText('渤海十八路与黄河五路交叉口东南角')
    await tabTo(page, field(page, 'point'))
    await page.keyboard.insertText('https://uri.amap.com/marker?position=118.0168,37.3835')
    await page.keyboard.press('Tab')
    await page.getByText('已记下位置，在滨城区').waitFor()
    await tabTo(page, page.getByTestId('next'))
    await page.keyboard.press('Enter')

    await expect.poll(() => heading(page)).toBe('怎么联系您？')
    await tabTo(page, page.getByTestId('next'))
    await page.keyboard.press('Enter')
    await page.getByText('请填写联系电话').waitFor()
    await page.keyboard.insertText(NUMBER)
    await tabTo(page, page.getByTestId('privacy-open'))
    await page.keyboard.press('ArrowDown')
    await tabTo(page, field(page, 'name'))
    await page.keyboard.insertText('欧阳女士')
    await tabTo(page, page.getByTestId('consent'))
    await page.keyboard.press('Space')
    await tabTo(page, page.getByTestId('next'))
    await page.keyboard.press('Enter')
    await expect.poll(() => heading(page)).toBe('看一遍，没问题就提交')
    for (const text of ['投诉', DETAIL, '1 张', `滨城区彭李街道${village.name}`, NUMBER, '对承办单位保密'])
      await page.getByText(text, { exact: true }).waitFor()
  })

  it('刷新不丢；断网提交说清楚，恢复后自动再提交；连点两次也只登记一件', async () => {
    await page.reload()
    await page.getByText(DETAIL, { exact: true }).waitFor()
    await page.context().setOffline(true)
    await page.getByTestId('submit').dblclick()
    await page.getByTestId('trouble').getByText('网络恢复后会自动再提交').waitFor()
    await page.getByText('网络已断开').waitFor()
    await page.context().setOffline(false)
    await page.getByTestId('done').waitFor()
    no = (await page.getByTestId('no').innerText()).trim()
    code = (await page.getByTestId('code').innerText()).trim()
    expect([no, code]).toEqual([expect.stringMatching(/^\d{18}$/), expect.stringMatching(/^[2-9A-Z]{6}$/)])
    await page.reload()
    await expect.poll(() => page.getByTestId('code').innerText()).toBe(code)

    const ticket = await see(no)
    expect(ticket).toMatchObject({
      status: 'registered',
      channel: 'website',
      confidentiality: 1,
      regionCode: village.code,
      location: { lng: 118.0168, lat: 37.3835 },
    })
    expect(ticket.attachmentIds).toHaveLength(1)
    const { items } = ok(await (await stage.signIn('dispatcher1')).get('/api/tickets?desk=intake'))
    expect(items.filter(({ channel }: { channel: string }) => channel === 'website')).toHaveLength(1)
  })

  it('编号和查询码存成图片，记在这台手机上', async () => {
    const saving = page.waitForEvent('download')
    await page.getByTestId('save').click()
    expect((await saving).suggestedFilename()).toBe(`12345-${no}.png`)
    await page.getByRole('img', { name: code }).waitFor()
    await page.getByTestId('keep').click()
    await page.goto(`${stage.address}/public`)
    await page.getByTestId('mine').getByText(no).waitFor()
    await page.getByTestId('mine').getByText(no).click()
    await expect.poll(() => page.getByTestId('sentence').innerText()).toBe('您的诉求已收到，热线正在受理。')
  })

  it('派单员的池子里看得到；缺的信息由市民自己补', async () => {
    const dispatcher = await stage.page('dispatcher1')
    await openRow(dispatcher, 'intake', no)
    await dispatcher.getByText(DETAIL).first().waitFor()
    const { id } = await see(no)
    await stage.desk.act('dispatcher1', { id }, 'requestInfo', { missing: '请说明是哪家施工单位。' })
    await page.getByTestId('refresh').click()
    await page.getByTestId('act-supplyInfo').click()
    await page.getByTestId('form-supplyInfo').getByText('请说明是哪家施工单位。').waitFor()
    await field(page, 'text').fill('围挡上写着滨州建工。')
    await page.getByTestId('submit-supplyInfo').click()
    await page.getByTestId('done').waitFor()
    expect((await see(no)).newFacts.at(-1)?.text).toBe('围挡上写着滨州建工。')
  })

  it('派出后看得到谁办、最晚哪天；催一催，一天一次，承办单位看得到', async () => {
    const { id } = await see(no)
    await stage.desk.act('dispatcher1', { id }, 'accept', { title: '夜间施工', matterCode: MATTER })
    await stage.desk.act('dispatcher1', { id }, 'dispatch', aDispatch())
    await page.getByTestId('refresh').click()
    await page
      .getByTestId('sentence')
      .getByText(/住房和城乡建设局，最晚 .+ 月 .+ 日.*答复您/)
      .waitFor()
    await page.getByTestId('act-urge').click()
    await page.getByTestId('submit-urge').click()
    await page.getByTestId('next-urge').waitFor()
    expect(await page.getByTestId('act-urge').count()).toBe(0)
    const atUnit = await eventually(
      async () => ok(await stage.desk.see(`clerk@${UNIT}`, { id })) as TicketView,
      ({ urgeCount }) => urgeCount === 1,
    )
    expect(JSON.stringify(atUnit)).not.toContain('欧阳')
  })

  it('办结后凭编号和查询码评价：不满意的说哪里不满意，转成整改', async () => {
    const { id } = await see(no)
    const { desk } = stage
    await desk.act(`clerk@${UNIT}`, { id }, 'acknowledge')
    const exempt = { contacted: 'exempt', contactedAt: undefined, contactMethod: undefined, contactNumber: undefined }
    await desk.act(`handler@${UNIT}`, { id }, 'reply', aReply(new Date(), exempt))
    await desk.act(`lead@${UNIT}`, { id }, 'reviewByUnit', { isPassed: true, opinion: '同意上报' })
    await desk.act('dispatcher1', { id }, 'reviewByHotline', { isPassed: true, opinion: '办理到位' })
    await desk.act('callback1', { id }, 'recordCallback', aCallback())

    const other = await aPhone()
    await other.goto(`${stage.address}/public`)
    await other.getByTestId('door-rate').click()
    await field(other, 'no').fill(no)
    await field(other, 'code').fill(code.toLowerCase())
    await other.getByTestId('submit-progress').click()
    await other.getByTestId('reply').getByText('您反映的夜间施工已停止。').waitFor()
    await other.getByTestId('score-2').check()
    await other.getByLabel('未解决').check()
    await field(other, 'comment').fill('昨晚又开工了')
    await other.getByTestId('submit-rate').click()
    await other.getByText('您的评价：不满意。未解决。昨晚又开工了').waitFor()
    expect((await see(no)).rating).toMatchObject({ score: 2, channel: 'web', comment: '未解决。昨晚又开工了' })
  })

  it('猜查询码：说不出是哪样错了；错几次就要等，说等多久', async () => {
    const guesser = await aPhone()
    await guesser.goto(`${stage.address}/progress?no=${no}`)
    const ask = async (guess: string, words: string | RegExp) => {
      await field(guesser, 'code').fill(guess)
      await guesser.getByTestId('submit-progress').click()
      await guesser.getByTestId('message').getByText(words).waitFor()
      await guesser.getByTestId('submit-progress').and(guesser.getByText('查看')).waitFor()
    }
    for (const guess of ['AAAAAA', 'BBBBBB', 'CCCCCC', 'DDDDDD', 'EEEEEE']) await ask(guess, '工单编号或查询码不正确')
    await ask('FFFFFF', /请 \d+ 秒后再试/)
    await guesser.getByTestId('wait').getByText('还要等').waitFor()
    await ask(code, /请 \d+ 秒后再试/)
  })

  it('查询码不出现在任何地址里；除了猜错和断网，浏览器没有报错', () => {
    expect(addresses.length).toBeGreaterThan(20)
    expect(addresses.filter((address) => address.includes(code))).toEqual([])
    expect(stage.complaints.filter((line) => !line.includes('Failed to load resource'))).toEqual([])
  })
})

describe('手机屏幕', () => {
  it('每一页都不横向滚动，字放大一倍也不', async () => {
    const page = await aPhone()
    for (const path of ['/public', '/public/submit/what', '/progress', '/public/rate']) {
      await page.goto(`${stage.address}${path}`)
      await page.locator('h1').waitFor()
      for (const size of ['100%', '200%']) {
        await page.evaluate((percent) => (document.documentElement.style.fontSize = percent), size)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect([path, size, overflow]).toEqual([path, size, 0])
      }
    }
  })
})

it('其间模拟交换机打来的每一通，系统都记得一样', async () => {
  const { played, differences } = await calls.stop()
  expect(played).toBeGreaterThan(0)
  expect(differences).toEqual([])
})
