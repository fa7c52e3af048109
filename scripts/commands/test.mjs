import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findMongod } from '../lib/binary.mjs'
import { ensureBuilt } from '../lib/build.mjs'
import { findChromium } from '../lib/chromium.mjs'
import { ensureInstalled } from '../lib/install.mjs'
import { ROOT, dataDir } from '../lib/paths.mjs'
import { describe } from '../lib/problem.mjs'
import { step } from '../lib/say.mjs'
import { countCases } from '../lib/testReport.mjs'

/**
 * Every level of tests on a real MongoDB and a real Chromium; the last line is the count.
 * @param {string[]} filters passed on to Vitest
 */
export async function main(filters) {
  const room = await mkdtemp(join(tmpdir(), 'hotline-test-'))
  const reportFile = join(room, 'report.json')
  let code = 1
  try {
    await prepare()
    step('测试 Testing')
    code = await vitest(['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...filters])
  } catch (error) {
    console.error('✗ ' + describe(error))
  }
  const { passed, failed, skipped } = countCases(await readFile(reportFile, 'utf8').then(JSON.parse, () => undefined))
  await rm(room, { recursive: true, force: true })
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  return code || failed || passed === 0 ? 1 : 0
}

async function prepare() {
  await ensureInstalled()
  await ensureBuilt()
  process.env.CHROMIUM_PATH = await findChromium()
  if (process.env.MONGODB_URI) return
  step('准备 MongoDB Preparing MongoDB')
  process.env.MONGOMS_SYSTEM_BINARY = (await findMongod({ binDir: join(dataDir(), 'bin') })).path
}

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function vitest(args) {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'test' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}
