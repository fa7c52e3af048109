import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from './child.mjs'
import { problem } from './problem.mjs'

/** @typedef {{ pid: number, mongodbUri?: string, address?: string, isEnding?: boolean }} Note */

/**
 * The note that a starter leaves in its data folder while it runs, so that a second one can say where the first is.
 * @param {string} dataDir
 */
const noteOf = (dataDir) => join(dataDir, 'running.json')

/** One that has just been told to end may not have noted it yet. */
const NOTICE_MS = 2_000
const ENDING_MS = 45_000

/**
 * Refuses a folder whose database belongs to a living starter; waits for one that is ending.
 * @param {string} dataDir
 * @returns {Promise<boolean>} whether an earlier starter died without tidying up: what it started may still be ending
 */
export async function assertFolderFree(dataDir) {
  for (let waited = 0; ; waited += 100) {
    const note = await readNote(dataDir)
    if (!note || note.pid === process.pid) return false
    if (!isAlive(note.pid) || !(await isStarter(note.pid))) return true
    if (waited > (note.isEnding ? ENDING_MS : NOTICE_MS)) throw alreadyRunning(note)
    await wait(100)
  }
}

/** @param {Note} note */
const alreadyRunning = ({ pid, address, mongodbUri }) =>
  problem(
    `系统已在运行（进程 ${pid}${address ? `，${address}` : ''}）。` +
      (mongodbUri ? `要再开一个服务进程，请执行 PORT=… MONGODB_URI='${mongodbUri}' npm start。` : ''),
    'It is running already; for a second server process give PORT and MONGODB_URI as shown.',
  )

/** @param {string} dataDir @returns {Promise<Note | undefined>} */
async function readNote(dataDir) {
  try {
    return JSON.parse(await readFile(noteOf(dataDir), 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {string} dataDir @param {Partial<Note>} facts */
export const leaveNote = (dataDir, facts) => writeFile(noteOf(dataDir), JSON.stringify({ pid: process.pid, ...facts }))

/** @param {string} dataDir */
export async function removeNote(dataDir) {
  if ((await readNote(dataDir))?.pid === process.pid) await rm(noteOf(dataDir), { force: true })
}

/** The database that a living starter of this folder has brought up, if one has. @param {string} dataDir */
export async function runningDatabase(dataDir) {
  const note = await readNote(dataDir)
  if (!note?.mongodbUri || note.isEnding || !isAlive(note.pid) || !(await isStarter(note.pid))) return undefined
  return note.mongodbUri
}

/** A process number may have been given to a stranger since, and a dead one may wait to be reaped. @param {number} pid */
async function isStarter(pid) {
  if (process.platform !== 'linux') return true
  return /scripts\/(start|dev)\.mjs/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
}
