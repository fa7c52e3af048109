import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SYSTEM_CLOCK } from '@hotline/server/platform/clock'
import { DEMO_PASSWORD } from '@hotline/server/features/user/demoUsers'
import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { ensureBuilt } from '../../scripts/lib/build.mjs'
import { end } from '../../scripts/lib/child.mjs'
import { findChromium } from '../../scripts/lib/chromium.mjs'
import { spawnServer, untilReady } from '../../scripts/lib/server.mjs'
import { connectTo, type TestApp } from './app'
import { freshDatabase } from './database'
import { openDesk, type Desk } from './desk'

const SCREEN = { width: 1366, height: 768 }
const PATIENCE_MS = 20_000
const TOLD_CHARACTERS = 1500

const opened = new Set<Page>()

/** Where each page of this file stands and what it says: told when a test fails. */
export async function describePages(): Promise<string> {
  const texts = [...opened].map(async (page) => {
    const text = await page
      .locator('body')
      .innerText({ timeout: 1000 })
      .catch((error: unknown) => String(error))
    return `${page.url()}\n${text.replace(/\s*\n\s*/g, ' | ').slice(0, TOLD_CHARACTERS)}`
  })
  return (await Promise.all(texts)).join('\n\n')
}

export interface Stage {
  address: string
  uri: string
  /** The same people by the API, for what a journey only begins with. */
  desk: Desk
  signIn: TestApp['signIn']
  /** This person's browser, signed in by the page; one is kept for each. */
  page(username: string): Promise<Page>
  /** A browser of nobody yet. */
  blank(): Promise<Page>
  /** What the pages complained of: errors of scripts, and of requests that nobody expected. */
  complaints: string[]
  stop(): Promise<void>
}

/** The built server on a database of its own, and a real browser. */
export async function startStage(): Promise<Stage> {
  await ensureBuilt()
  const database = freshDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'hotline-e2e-'))
  const { child, logFile } = await spawnServer({ port: 0, dataDir, mongodbUri: database.uri, isEmbedded: true })
  const { address } = await untilReady(child, logFile)
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  const complaints: string[] = []
  const contexts: BrowserContext[] = []
  const pages = new Map<string, Promise<Page>>()
  const { signIn } = connectTo(address)

  async function blank(): Promise<Page> {
    const context = await browser.newContext({ viewport: SCREEN, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    contexts.push(context)
    const page = await context.newPage()
    opened.add(page)
    page.on('close', () => opened.delete(page))
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`)
    })
    return page
  }

  async function enter(username: string): Promise<Page> {
    const page = await blank()
    await page.goto(address)
    await page.getByTestId('field-username').locator('input').fill(username)
    await page.getByTestId('field-password').locator('input').fill(DEMO_PASSWORD)
    await page.getByTestId('submit-sign-in').click()
    await page.waitForURL((url) => !['/', '/sign-in'].includes(url.pathname))
    return page
  }

  return {
    address,
    uri: database.uri,
    desk: openDesk({ signIn, clock: SYSTEM_CLOCK }),
    signIn,
    blank,
    page(username) {
      const known = pages.get(username) ?? enter(username)
      pages.set(username, known)
      return known
    },
    complaints,
    async stop() {
      for (const context of contexts) await context.close()
      await browser.close()
      await end(child, PATIENCE_MS)
      await rm(dataDir, { recursive: true, force: true })
      await database.drop()
    },
  }
}

/** The control of a field, whatever it is made of. */
export function field(scope: Page | Locator, name: string): Locator {
  const mark = `[data-testid="field-${name}"]`
  return scope.locator(`${mark} :is(input, textarea), :is(input, textarea)${mark}`).first()
}

/** Types into a picker and takes the first of what comes, as fast as one can type. */
export async function pick(page: Page, scope: Page | Locator, name: string, text: string): Promise<void> {
  await field(scope, name).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await scope
    .getByTestId(`field-${name}`)
    .locator('.el-select__selected-item:not(.is-hidden)', { hasText: text })
    .waitFor()
}

/** Opens a ticket of a desk; a new one waits behind 有 n 条更新. */
export async function openRow(page: Page, desk: string, no: string): Promise<void> {
  const tab = page.getByTestId(`desk-${desk}`)
  await tab.click()
  const row = page.getByTestId(`row-${no}`)
  const news = page.locator('[data-testid="news"], [data-testid="show-news"]')
  await row.or(news).first().waitFor()
  if (!(await row.isVisible())) await news.click()
  await row.click()
}
