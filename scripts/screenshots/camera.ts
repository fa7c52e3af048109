import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { findChromium } from '../lib/chromium.mjs'
import { ROOT } from '../lib/paths.mjs'
import { settled } from './acts'
import type { Shot, Size } from './shots'

const PASSWORD = 'Hotline@12345'
const SIZES: Record<Size, { width: number; height: number }> = {
  desk: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
}
const PATIENCE_MS = 15_000
/** A tool of the tests. */
const AXE = createRequire(join(ROOT, 'tests/package.json')).resolve('axe-core/axe.min.js')

/** As much of what axe-core finds as is told. */
interface AxeResults {
  violations: { nodes: { html: string; failureSummary?: string }[] }[]
}

export interface Camera {
  /** @returns what is wrong with the page, in words */
  take(shot: Shot, size: Size): Promise<string[]>
  close(): Promise<void>
}

/** A browser in which each person signs in once. */
export async function openCamera(to: {
  address: string
  out: string
  isDark: boolean
  /** Texts that are hard to read against what is behind them are problems too. */
  judgesContrast: boolean
}): Promise<Camera> {
  const { address, out, isDark } = to
  const judge = to.judgesContrast ? await readFile(AXE, 'utf8') : ''
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  const contexts = new Map<string, Promise<BrowserContext>>()

  async function enter(username: string | undefined): Promise<BrowserContext> {
    const context = await browser.newContext({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      colorScheme: isDark ? 'dark' : 'light',
    })
    if (!username) return context
    const page = await context.newPage()
    await page.goto(address)
    const fields = page.locator('input')
    await fields.nth(0).fill(username)
    await fields.nth(1).fill(PASSWORD)
    await fields.nth(1).press('Enter')
    await page.waitForURL((url) => !['/', '/sign-in'].includes(url.pathname))
    await page.close()
    return context
  }
  function contextOf(username: string | undefined): Promise<BrowserContext> {
    const known = contexts.get(username ?? '') ?? enter(username)
    contexts.set(username ?? '', known)
    return known
  }

  return {
    async take({ name, username, path, act }, size) {
      const context = await contextOf(username)
      const page = await context.newPage()
      page.setDefaultTimeout(PATIENCE_MS)
      await page.setViewportSize(SIZES[size])
      const title = [name, size, ...(isDark ? ['dark'] : [])].join('-')
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(`${title}：${error.message}`))
      try {
        await page.goto(address + path)
        await settled(page)
        await act?.(page)
        await settled(page)
      } catch (error) {
        problems.push(`${title}：${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`)
      }
      if (size === 'phone' && (await scrollsSideways(page))) problems.push(`${title}：页面可以左右滚动`)
      if (judge) problems.push(...(await faint(page, judge)).map((fault) => `${title}：${fault}`))
      await page.screenshot({ path: join(out, `${title}.png`), animations: 'disabled' })
      console.log(`${title}.png`)
      await page.close()
      return problems
    },
    async close() {
      await browser.close()
    },
  }
}

/** Where, and how much contrast there is, by axe-core. */
async function faint(page: Page, axe: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
    const { violations } = await run.run({ runOnly: ['color-contrast'], resultTypes: ['violations'] })
    return violations.flatMap(({ nodes }) =>
      nodes.map(
        ({ html, failureSummary = '' }) => `${html.slice(0, 120)} ${failureSummary.split('\n')[1]?.trim() ?? ''}`,
      ),
    )
  })
}

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const pages = [document.documentElement, document.querySelector('main'), document.querySelector('main .content')]
    return pages.some((area) => area !== null && area.scrollWidth > area.clientWidth + 1)
  })
}
