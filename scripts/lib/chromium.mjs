import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { problem } from './problem.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The browser of the browser tests: CHROMIUM_PATH, else what is on the path. */
export async function findChromium() {
  const wished = process.env.CHROMIUM_PATH
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)))
  for (const path of wished ? [wished] : onPath)
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path
  throw problem(
    wished
      ? `CHROMIUM_PATH=${wished} 无法执行。`
      : '找不到 Chromium，浏览器测试需要它：apt-get install -y chromium fonts-noto-cjk，或用 CHROMIUM_PATH 指定。',
    wished
      ? 'CHROMIUM_PATH cannot be run.'
      : 'No Chromium for the browser tests: install chromium and fonts-noto-cjk, or set CHROMIUM_PATH.',
  )
}
