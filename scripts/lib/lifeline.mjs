import { readFileSync } from 'node:fs'
import { step } from './say.mjs'

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * @typedef {object} Lifeline
 * @property {(stop: () => Promise<unknown>) => void} onEnd what has been started; undone in the opposite order
 * @property {() => void} goOn leaves the work when the end has begun meanwhile
 */

/**
 * Does the work until it is done, fails, or this command is asked to end: by a signal, or by the death of the npm that
 * started it (a killed npm cannot pass anything on). Then undoes in any case what the work has started.
 * @param {(life: Lifeline) => Promise<number | void>} work
 * @returns {Promise<number>} the exit code
 */
export async function live(work) {
  /** @type {(() => Promise<unknown>)[]} */
  const undo = []
  let isEnding = false
  const life = {
    onEnd: (/** @type {() => Promise<unknown>} */ stop) => void undo.push(stop),
    goOn: () => {
      if (isEnding) throw new Error('ending')
    },
  }
  const crashed = new Promise((_, reject) => process.on('uncaughtException', reject))
  // A closed terminal must not keep the end from being orderly.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  try {
    return (await Promise.race([untilAskedToEnd(), crashed, work(life)])) || 0
  } finally {
    isEnding = true
    if (undo.length) step('正在停止 Stopping')
    for (const stop of undo.reverse()) await stop()
    if (undo.length) step('已停止 Stopped')
  }
}

/** @returns {Promise<void>} */
function untilAskedToEnd() {
  return new Promise((resolve) => {
    // npm passes on what the terminal has sent to everybody, so each signal may come twice: the first one counts.
    for (const signal of SIGNALS) process.on(signal, () => resolve())
    if (!process.env.npm_lifecycle_event) return
    const ancestry = parents()
    setInterval(() => {
      if (parents() !== ancestry) resolve()
    }, 1_000).unref()
  })
}

/** Between npm and us stands a shell, which outlives a killed npm: its parent tells. */
function parents() {
  try {
    return `${process.ppid} ${/^PPid:.*$/m.exec(readFileSync(`/proc/${process.ppid}/status`, 'utf8'))}`
  } catch {
    return String(process.ppid)
  }
}
