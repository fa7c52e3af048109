import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from './child.mjs'
import { problem } from './problem.mjs'

/**
 * The note that a starter leaves in its data folder while it runs, so that a second one can say where the first is.
 * @param {string} dataDir
 */
const noteOf = (dataDir) => join(dataDir, 'running.json')

/**
 * Refuses a folder whose database belongs to a living starter.
 * @param {string} dataDir
 * @returns {Promise<boolean>} whether an earlier starter died without tidying up: what it started may still be ending
 */
export async function assertFolderFree(dataDir) {
  const text = await readFile(noteOf(dataDir), 'utf8').catch(() => '')
  /** @type {{ pid: number, mongodbUri?: string, address?: string } | undefined} */
  let note
  try {
    note = JSON.parse(text)
  } catch {
    return false
  }
  if (!note || note.pid === process.pid) return false
  if (!isAlive(note.pid) || !(await isStarter(note.pid))) return true
  throw problem(
    `系统已在运行（进程 ${note.pid}${note.address ? `，${note.address}` : ''}）。` +
      (note.mongodbUri ? `要再开一个服务进程，请执行 PORT=… MONGODB_URI='${note.mongodbUri}' npm start。` : ''),
    'It is running already; for a second server process give PORT and MONGODB_URI as shown.',
  )
}

/** @param {string} dataDir @param {{ mongodbUri?: string, address?: string }} facts */
export const leaveNote = (dataDir, facts) => writeFile(noteOf(dataDir), JSON.stringify({ pid: process.pid, ...facts }))

/** @param {string} dataDir */
export const removeNote = (dataDir) => rm(noteOf(dataDir), { force: true })

/** A process number may have been given to a stranger since, and a dead one may wait to be reaped. @param {number} pid */
async function isStarter(pid) {
  if (process.platform !== 'linux') return true
  return /scripts\/(start|dev)\.mjs/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
}
