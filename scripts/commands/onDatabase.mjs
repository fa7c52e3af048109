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
export const main = ([name = '', ...args]) =>
  live(async (life) => {
    const dataDir = dataDirOf()
    await ensureInstalled()
    life.goOn()
    // A copy in a file needs no database, and must not start one.
    const isAboutFile = args.some((arg) => arg === '--file' || arg.startsWith('--file='))
    const uri =
      process.env.MONGODB_URI ??
      (await runningDatabase(dataDir)) ??
      (isAboutFile ? '' : (await bringDatabase(dataDir, life)).mongodbUri)
    life.goOn()
    const tsx = join(ROOT, 'node_modules/tsx/dist/loader.mjs')
    const child = spawn(process.execPath, ['--import', tsx, join(ROOT, 'scripts', `${name}.ts`), ...args], {
      env: { ...process.env, DATA_DIR: dataDir, MONGODB_URI: uri },
      stdio: 'inherit',
    })
    life.onEnd(() => end(child, 10_000))
    return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  })
