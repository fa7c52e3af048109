import type { Page } from 'playwright-core'

export type Act = (page: Page) => Promise<void>

const CALL =
  '市民来电反映：渤海十八路在建工地昨晚又夜间施工到凌晨一点多，噪音扰民，执法人员离开后泵车继续作业，要求加强夜间巡查并答复处理结果。'

/** A desk's tab, and its first ticket if there is one. */
export function choose(desk: string): Act {
  return async (page) => {
    await page.getByTestId(`desk-${desk}`).first().click()
    await settled(page)
    const row = page.locator('[data-testid^="row-"]').first()
    if (await row.count()) await row.click()
  }
}

export function press(key: string): Act {
  return (page) => page.keyboard.press(key)
}

export function click(testId: string): Act {
  return (page) => page.getByTestId(testId).first().click()
}

/** A button that opens a dialog. */
export function clickAndRead(testId: string): Act {
  return async (page) => {
    await click(testId)(page)
    await page.locator('.el-dialog').first().waitFor()
  }
}

/** The citizen's own ticket, with its number and query code. */
export function openProgress(queryCode: string): Act {
  return async (page) => {
    await page.locator('input').nth(1).fill(queryCode)
    await page.keyboard.press('Enter')
    await page.getByText('最晚').first().waitFor()
  }
}

const STEPS = ['what', 'where', 'who', 'check', 'done'] as const
/** A citizen's own words, up to this step of submitting. */
export function submitUpTo(step: (typeof STEPS)[number]): Act {
  const input = (page: Page, name: string) => page.getByTestId(`field-${name}`).locator('input, textarea').first()
  const fill: Record<(typeof STEPS)[number], Act> = {
    async what(page) {
      await page.getByTestId('kind-complaint').check()
      await input(page, 'detail').fill(CALL.replace('市民来电反映：', ''))
    },
    async where(page) {
      await page.getByTestId('field-district').locator('select').selectOption('371602')
      await page.getByTestId('field-town').locator('select').selectOption('371602005')
      await input(page, 'address').fill('渤海十八路与黄河五路交叉口东南角')
    },
    async who(page) {
      await input(page, 'number').fill('13954300088')
      await input(page, 'name').fill('欧阳女士')
      await page.getByTestId('consent').check()
    },
    check: async () => undefined,
    done: async () => undefined,
  }
  return async (page) => {
    await page.goto(new URL('/public/submit/what', page.url()).href)
    for (const one of STEPS.slice(0, STEPS.indexOf(step) + 1)) {
      await page.waitForURL(one === 'done' ? '**/done' : `**/submit/${one}`)
      await fill[one](page)
      if (one !== step) await page.getByTestId(one === 'check' ? 'submit' : 'next').click()
    }
  }
}

/** Ctrl+K with something typed. */
export function goTo(text: string): Act {
  return async (page) => {
    await page.keyboard.press('Control+K')
    await page.getByTestId('go-to-input').fill(text)
  }
}

/** A call in the middle of being typed. */
export const typeCall: Act = async (page) => {
  const number = page.getByTestId('field-number').locator('input')
  await number.fill('13954300001')
  await number.press('Enter')
  await page.getByTestId('field-detail').locator('textarea').fill(CALL)
  await page.getByText('③').click()
  await page.getByTestId('suggestion-1').click()
  await page.getByTestId('field-regionCode').locator('input').first().click()
  await page.keyboard.type('pljd')
  await page.keyboard.press('Enter')
  await page.getByText('滨城区彭李街道').first().waitFor()
  await page.getByTestId('field-address').locator('input').first().fill('渤海十八路与黄河五路交叉口东南角')
}

/** Nothing is being fetched, and no skeleton stands where something will come. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('.el-skeleton, .el-loading-mask') === null)
}
