import { readFile, writeFile, readdir, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from './child.mjs'
import { problem } from './problem.mjs'

/**
 * The embedded database of a data folder: its files in mongo/, what is known of them in mongo.json beside.
 * @typedef {import('./version.mjs').Written & { port: number }} Memory
 */

/** @param {string} dataDir */
export const dbPathOf = (dataDir) => join(dataDir, 'mongo')

/** @param {string} dataDir @returns {Promise<Memory | undefined>} */
export async function recall(dataDir) {
  const text = await readFile(join(dataDir, 'mongo.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw problem(
      `${join(dataDir, 'mongo.json')} 已损坏，请删除后再试（数据不受影响）。`,
      'The file is damaged: remove it and try again (the data stay).',
    )
  }
}

/** @param {string} dataDir @param {Memory} memory */
export async function remember(dataDir, memory) {
  const file = join(dataDir, 'mongo.json')
  await writeFile(`${file}.new`, JSON.stringify(memory))
  await rename(`${file}.new`, file)
}

/** @param {string} dataDir */
export async function holdsDatabase(dataDir) {
  /** @type {string[]} */
  const files = await readdir(dbPathOf(dataDir)).catch(() => [])
  return files.includes('WiredTiger')
}

/**
 * After a kill -9 of the starter its mongod needs a moment to end; until then it holds the folder.
 * @param {string} dataDir
 * @param {(text: string) => void} say
 */
export async function waitForRelease(dataDir, say) {
  for (let waited = 0; ; waited += 100) {
    const holder = await holderOf(dataDir)
    if (!holder) return
    if (waited === 0) say(`等待上一个 mongod（${holder}）结束 waiting for the previous mongod to end`)
    if (waited > 20_000)
      throw problem(
        `数据目录 ${dataDir} 正被另一个 mongod（进程 ${holder}）使用。`,
        `The data folder is in use by another mongod (process ${holder}).`,
      )
    await wait(100)
  }
}

/** The process that mongod's lock file names, if it lives and is no stranger with a reused number. @param {string} dataDir */
async function holderOf(dataDir) {
  const dbPath = dbPathOf(dataDir)
  const pid = Number(await readFile(join(dbPath, 'mongod.lock'), 'utf8').catch(() => ''))
  if (!pid || !isAlive(pid)) return undefined
  if (process.platform !== 'linux') return pid
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  return command.some((word) => resolve(word) === resolve(dbPath)) ? pid : undefined
}
