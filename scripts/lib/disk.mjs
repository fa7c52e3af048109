import { access, constants, mkdir, statfs } from 'node:fs/promises'
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
 * Makes the folder where needed; refuses a full disk or a folder that cannot be written.
 * @param {string} dir
 * @param {number} neededMB
 */
export async function assertRoom(dir, neededMB) {
  try {
    await mkdir(dir, { recursive: true })
    await access(dir, constants.W_OK)
  } catch (cause) {
    throw problem(`无法写入 ${dir}（${cause.code}）。`, `${dir} cannot be written (${cause.code}).`, cause)
  }
  assertSpace(await statfs(dir), neededMB, dir)
}
