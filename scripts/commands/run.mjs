import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureInstalled } from '../lib/install.mjs'
import { ROOT } from '../lib/paths.mjs'
import { problem } from '../lib/problem.mjs'

/**
 * Runs scripts/NAME.ts with the rest of the arguments, in the folder where it was called.
 * @param {string[]} args
 */
export async function main([name = '', ...args]) {
  const script = join(ROOT, 'scripts', `${name}.ts`)
  if (!/^[\w-]+$/.test(name) || !existsSync(script)) {
    const names = (await readdir(join(ROOT, 'scripts'))).filter((file) => /^[\w-]+\.ts$/.test(file))
    throw problem(
      `没有名为“${name}”的脚本。`,
      `No such script; there are: ${names.map((file) => file.slice(0, -3)).join(', ')}.`,
    )
  }
  await ensureInstalled()
  const tsx = join(ROOT, 'node_modules/tsx/dist/loader.mjs')
  const child = spawn(process.execPath, ['--import', tsx, script, ...args], { stdio: 'inherit' })
  // The script decides what a signal means; this process only waits for it.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}
