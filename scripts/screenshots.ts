import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createClient } from './drill/client'
import { createPeople } from './drill/people'
import { ensureBuilt } from './lib/build.mjs'
import { findChromium } from './lib/chromium.mjs'
import { end } from './lib/child.mjs'
import { startEphemeral } from './lib/mongod.mjs'
import { dataDir } from './lib/paths.mjs'
import { spawnServer, untilReady } from './lib/server.mjs'
import { stageProcedure } from './screenshots/procedure'
import { stage } from './screenshots/stage'

/** Pictures of every screen at 1366×768 and of the phone's pages at 390×844, on a hotline with matters at each step. */
const { values: options } = parseArgs({ options: { out: { type: 'string', default: 'screenshots' } } })
const PASSWORD = 'Hotline@12345'
const CALL =
  '市民来电反映：渤海十八路在建工地昨晚又夜间施工到凌晨一点多，噪音扰民，执法人员离开后泵车继续作业，要求加强夜间巡查并答复处理结果。'
const DESK = { width: 1366, height: 768 }
const PHONE = { width: 390, height: 844 }

async function main(): Promise<void> {
  await ensureBuilt()
  const room = await mkdtemp(join(tmpdir(), 'hotline-shots-'))
  const out = resolve(options.out)
  await mkdir(out, { recursive: true })
  const mongod = await startEphemeral({ binDir: join(dataDir(), 'bin') })
  const { child, logFile } = await spawnServer({
    port: 0,
    dataDir: room,
    mongodbUri: mongod.uri('shots'),
    isEmbedded: true,
  })
  let browser: Browser | undefined
  try {
    const { address } = await untilReady(child, logFile)
    const people = createPeople(createClient([address], 30_000), PASSWORD)
    const scene = await stage(people)
    const procedure = await stageProcedure(people)
    browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
    const shots: [
      name: string,
      username: string,
      path: string,
      size: typeof DESK,
      act?: (page: Page) => Promise<void>,
    ][] = [
      ['intake', 'agent1', '/intake', DESK, typeCall],
      ['dispatch', 'dispatcher1', '/dispatch', DESK],
      ['dispatch-return', 'dispatcher1', '/dispatch?desk=returnReview', DESK, (page) => choose(page, 'returnReview')],
      ['unit', scene.clerk, '/unit', DESK, (page) => choose(page, 'handling')],
      ['unit-phone', scene.clerk, '/unit', PHONE],
      ['callback', 'callback1', '/callback', DESK],
      ['stats', 'director', '/stats', DESK],
      ['list', 'director', '/tickets', DESK],
      ['ticket', 'director', `/tickets/${scene.ticket.no}`, DESK],
      ['users', 'admin', '/users', DESK],
      ['consulting', 'dispatcher1', '/dispatch', DESK, (page) => choose(page, 'consulting')],
      ['suspension-review', 'director', '/dispatch', DESK, (page) => choose(page, 'suspensionReview')],
      ['suspended', 'director', `/tickets/${procedure.suspended}`, DESK],
      ['delegated', 'clerk@371602', `/tickets/${procedure.delegated}`, DESK],
      ['merged', 'dispatcher1', `/tickets/${procedure.merged}`, DESK],
      ['oversight', 'supervisor1', '/oversight', DESK],
      ['oversight-leader', 'cityleader', '/oversight', DESK, (page) => choose(page, 'supervising')],
      ['invited-phone', 'clerk@371600-SW', '/unit?desk=invited', PHONE],
      ['ratings', 'director', '/ratings', DESK],
    ]
    for (const [name, username, path, size, act] of shots) {
      const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
      const page = await context.newPage()
      await signIn(page, address, username)
      await page.goto(address + path, { waitUntil: 'networkidle' })
      await act?.(page)
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(out, `${name}.png`) })
      await context.close()
      console.log(`${name}.png`)
    }
    const page = await browser.newPage({ viewport: PHONE, locale: 'zh-CN' })
    await page.goto(`${address}/progress?no=${scene.ticket.no}`, { waitUntil: 'networkidle' })
    await page.locator('input').nth(1).fill(scene.queryCode)
    await page.keyboard.press('Enter')
    await page.getByText('最晚').first().waitFor()
    await page.screenshot({ path: join(out, 'progress-phone.png') })
    await page.goto(address, { waitUntil: 'networkidle' })
    await page.screenshot({ path: join(out, 'sign-in-phone.png') })
  } finally {
    await browser?.close()
    await end(child, 20_000)
    await mongod.stop()
    await rm(room, { recursive: true, force: true })
  }
}

async function signIn(page: Page, address: string, username: string): Promise<void> {
  await page.goto(address, { waitUntil: 'networkidle' })
  const fields = page.locator('input')
  await fields.nth(0).fill(username)
  await fields.nth(1).fill(PASSWORD)
  await fields.nth(1).press('Enter')
  await page.waitForURL((url) => url.pathname !== '/' && !url.pathname.includes('sign-in'))
}

async function choose(page: Page, desk: string): Promise<void> {
  await page.getByTestId(`desk-${desk}`).first().click()
  await page.waitForLoadState('networkidle')
  const row = page.locator('[data-testid^="row-"]').first()
  if (await row.count()) await row.click()
}

/** A call in the middle of being typed. */
async function typeCall(page: Page): Promise<void> {
  await page.getByTestId('field-number').locator('input').click()
  await page.keyboard.type('13954300001')
  await page.keyboard.press('Enter')
  await page.getByTestId('field-detail').locator('textarea').fill(CALL)
  await page.getByText('③').click()
  await page.getByTestId('suggestion-1').click()
  await page.getByTestId('field-regionCode').locator('input').first().click()
  await page.keyboard.type('pljd')
  await page.keyboard.press('Enter')
  await page.getByText('滨城区彭李街道').first().waitFor()
  await page.getByTestId('field-address').locator('input').first().fill('渤海十八路与黄河五路交叉口东南角')
}

await main()
