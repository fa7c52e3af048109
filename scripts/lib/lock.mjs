import { createHash } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from './child.mjs'
import { ROOT } from './paths.mjs'

/**
 * Two commands at once in one checkout must not install or build over each other: the second waits for the first.
 * A lock whose holder is dead is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const place = createHash('sha256').update(ROOT).digest('hex').slice(0, 12)
  const file = join(tmpdir(), `hotline-${place}-${name}.lock`)
  const mine = `${file}.${process.pid}`
  await writeFile(mine, String(process.pid))
  try {
    // A link appears whole or not at all: nobody ever reads a lock without its holder.
    while (!(await link(mine, file).then(() => true, isTaken))) {
      const holder = Number(await readFile(file, 'utf8').catch(() => process.pid))
      if (isAlive(holder)) await wait(200)
      else await rm(file, { force: true })
    }
  } finally {
    await rm(mine, { force: true })
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** @param {NodeJS.ErrnoException} error */
function isTaken(error) {
  if (error.code === 'EEXIST') return false
  throw error
}
