import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { problem } from './problem.mjs'

/**
 * @param {{ bavail: number, bsize: number }} space as statfs tells it
 * @param {number} neededMB
 * @param {string} dir
 */
export function assertSpace(space, neededMB, dir) {
  const freeMB = Math.floor((space.bavail * space.bsize) / 1e6)
  if (freeMB >= neededMB) return
  throw problem(
    `磁盘空间不足：${dir} 只剩 ${freeMB} MB，至少需要 ${neededMB} MB。`,
    `The disk is full: ${dir} has ${freeMB} MB left, ${neededMB} MB are needed.`,
  )
}

/**
 * Step by step: Node's own recursive way never ends in a place such as /proc, which is there and takes no folder.
 * @param {string} dir
 */
export async function makeFolder(dir) {
  try {
    await mkdir(dir)
  } catch (error) {
    if (error.code === 'EEXIST') return
    if (error.code !== 'ENOENT' || (await isThere(dirname(dir)))) throw error
    await makeFolder(dirname(dir))
    await makeFolder(dir)
  }
}

/** @param {string} path */
const isThere = (path) =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * Makes the folder where needed; refuses a full disk or a folder that cannot be written.
 * @param {string} dir
 * @param {number} neededMB
 */
export async function assertRoom(dir, neededMB) {
  try {
    await makeFolder(dir)
    await access(dir, constants.W_OK)
  } catch (cause) {
    throw problem(`无法写入 ${dir}（${cause.code}）。`, `${dir} cannot be written (${cause.code}).`, cause)
  }
  assertSpace(await statfs(dir), neededMB, dir)
}
