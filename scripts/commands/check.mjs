import { join } from 'node:path'
import { run } from '../lib/child.mjs'
import { ensureInstalled } from '../lib/install.mjs'
import { ROOT } from '../lib/paths.mjs'
import { detail, step } from '../lib/say.mjs'

const bin = (/** @type {string} */ path) => join(ROOT, path)
const CACHE = bin('node_modules/.cache/hotline')
const TSC = bin('node_modules/typescript/bin/tsc')

/** The longest first, so that two at a time end together. */
const CHECKS = [
  {
    name: '格式检查 lint',
    args: [
      bin('node_modules/eslint/bin/eslint.js'),
      '.',
      '--cache',
      '--cache-location',
      join(CACHE, 'eslint'),
      '--cache-strategy',
      'content',
      '--max-warnings',
      '0',
    ],
  },
  {
    name: '单元测试 unit tests',
    args: [bin('node_modules/vitest/vitest.mjs'), 'run', '--project', 'unit', '--project', 'web', '--reporter', 'dot'],
  },
  { name: '类型 types (web)', args: [bin('web/node_modules/vue-tsc/bin/vue-tsc.js'), '-p', 'web', '--noEmit'] },
  { name: '首次加载 first load', args: [bin('scripts/budget.mjs')], isShown: true },
  { name: '类型 types', args: [TSC, '-p', '.', '--noEmit'] },
  { name: '类型 types (shared)', args: [TSC, '-p', 'shared', '--noEmit'] },
  {
    name: '排版 format',
    args: [
      bin('node_modules/prettier/bin/prettier.cjs'),
      '--check',
      '.',
      '--cache',
      '--cache-location',
      join(CACHE, 'prettier'),
      '--log-level',
      'warn',
    ],
  },
]

/** Types, lint, format, the weight of the first load and the tests that need nothing but Node; two at a time. */
export async function main() {
  await ensureInstalled()
  step('检查 Checking')
  const queue = [...CHECKS]
  /** @type {string[]} */
  const failed = []
  const work = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const began = performance.now()
      const { code, output } = await run(process.execPath, check.args, { cwd: ROOT })
      detail(`${code === 0 ? '✓' : '✗'} ${check.name} ${((performance.now() - began) / 1000).toFixed(1)} s`)
      if (check.isShown && code === 0) detail(`  ${output.trim().split('\n').at(-1)}`)
      if (code === 0) continue
      failed.push(check.name)
      console.log(output.trimEnd())
    }
  }
  await Promise.all([work(), work()])
  step(failed.length ? `未通过 Failed: ${failed.join(', ')}` : '全部通过 All checks passed')
  return failed.length ? 1 : 0
}
