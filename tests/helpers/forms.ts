import type { Locator, Page } from 'playwright-core'

/** The form of a command of the open matter; its button may wait behind 更多. */
export async function openForm(page: Page, command: string): Promise<Locator> {
  await reach(page, command)
  const form = page.getByTestId(`form-${command}`)
  await form.waitFor()
  return form
}

/** Presses a command's button, wherever the page keeps it. */
export async function reach(page: Page, command: string): Promise<void> {
  const button = page.getByTestId(`do-${command}`).first()
  const more = page.getByTestId('more-actions').first()
  await button.or(more).first().waitFor()
  if (!(await button.isVisible())) await more.click()
  await button.click()
}

export async function submitForm(form: Locator, command: string): Promise<void> {
  await form.getByTestId(`submit-${command}`).click()
  await form.waitFor({ state: 'detached' })
}

/** Everything that the open matter offers, what waits behind 更多 too. */
export async function offered(page: Page): Promise<string[]> {
  await page.locator('[data-testid^="do-"], [data-testid="more-actions"]').first().waitFor()
  const more = page.getByTestId('more-actions').first()
  if (await more.isVisible()) {
    await more.click()
    await page.locator('.el-dropdown-menu:visible').waitFor()
  }
  const marks = await page
    .locator('[data-testid^="do-"]')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('data-testid') ?? ''))
  if (await more.isVisible()) await page.keyboard.press('Escape')
  return marks.map((mark) => mark.replace('do-', ''))
}

/** Types into a picker of several and takes what is called so. */
export async function pickSeveral(page: Page, scope: Locator, name: string, units: readonly string[]): Promise<void> {
  const picker = scope.getByTestId(`field-${name}`)
  await picker.locator('.el-select__wrapper').click()
  for (const unit of units) {
    await page.keyboard.type(unit)
    await page.locator('.el-select-dropdown__item:visible', { hasText: unit }).first().click()
    await picker.locator('.el-tag', { hasText: unit }).waitFor()
  }
  await page.keyboard.press('Tab')
}

/** Marks the document, so that it can be told afterwards that nothing was loaded anew. */
export async function stay(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => document.documentElement.setAttribute('data-stayed', ''))
  return () => page.evaluate(() => document.documentElement.hasAttribute('data-stayed'))
}
