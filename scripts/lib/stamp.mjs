import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT, stampDir } from './paths.mjs'

const NOT_SOURCE = new Set(['node_modules', 'dist', '.vite', '.git'])

/**
 * One sum over the content of files and folders (tests and built things left out).
 * @param {string[]} paths below the root
 * @param {string} [salt]
 */
export async function fingerprint(paths, salt = '') {
  const hash = createHash('sha256').update(salt)
  const add = async (/** @type {string} */ path) => {
    const full = join(ROOT, path)
    const kind = await stat(full).catch(() => undefined)
    if (!kind) return
    if (kind.isDirectory()) {
      const names = (await readdir(full)).sort()
      for (const name of names) if (!NOT_SOURCE.has(name) && !/\.test\.ts$/.test(name)) await add(join(path, name))
    } else hash.update(`\0${path}\0`).update(await readFile(full))
  }
  for (const path of paths) await add(path)
  return hash.digest('hex')
}

/** @param {string} name */
export const readStamp = (name) => readFile(join(stampDir, name), 'utf8').catch(() => '')

/** @param {string} name @param {string} sum */
export async function writeStamp(name, sum) {
  await mkdir(stampDir, { recursive: true })
  await writeFile(join(stampDir, name), sum)
}
