import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { end } from '../lib/child.mjs'
import { bringDatabase } from '../lib/embedded.mjs'
import { ensureInstalled } from '../lib/install.mjs'
import { live } from '../lib/lifeline.mjs'
import { ROOT, dataDir as dataDirOf } from '../lib/paths.mjs'
import { runningDatabase } from '../lib/runningNote.mjs'

/**
 * Runs scripts/NAME.ts on the database of MONGODB_URI, else on that of the running system, else brings the embedded one
 * of the data folder up for as long as it takes.
 * @param {string[]} args
 */
export async function main([name = '', ...args]) {
  const dataDir = dataDirOf()
  await ensureInstalled()
  const script = { name, args, dataDir }
  // A copy in a file needs no database, and must not start one.
  const isAboutFile = args.some((arg) => arg === '--help' || arg === '--file' || arg.startsWith('--file='))
  const uri = process.env.MONGODB_URI || (await runningDatabase(dataDir)) || (isAboutFile ? '' : undefined)
  if (uri !== undefined) {
    const child = run(script, uri)
    // The script decides what a signal means; this process only waits for it.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => child.kill(signal))
    return untilExit(child)
  }
  return live(async (life) => {
    const { mongodbUri } = await bringDatabase(dataDir, life)
    life.goOn()
    const child = run(script, mongodbUri)
    life.onEnd(() => end(child, 10_000))
    return untilExit(child)
  })
}

/** @param {{ name: string, args: string[], dataDir: string }} script @param {string} mongodbUri */
function run({ name, args, dataDir }, mongodbUri) {
  const tsx = join(ROOT, 'node_modules/tsx/dist/loader.mjs')
  return spawn(process.execPath, ['--import', tsx, join(ROOT, 'scripts', `${name}.ts`), ...args], {
    env: { ...process.env, DATA_DIR: dataDir, MONGODB_URI: mongodbUri },
    stdio: 'inherit',
  })
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} */
const untilExit = (child) => new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
