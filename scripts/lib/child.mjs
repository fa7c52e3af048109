import { spawn } from 'node:child_process'

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

// Whoever is asked to end in the middle of an installation must not leave it running.
process.on('exit', () => {
  for (const child of running) child.kill()
})

/**
 * Runs a program to its end. Never throws: a program that cannot be started has code -1 and says so in `output`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string, stdout: string }>}
 */
export function run(command, args, { cwd, env, timeout, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, timeout, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let output = ''
    let stdout = ''
    let rest = ''
    const take = (/** @type {string} */ text) => {
      output += text
      if (!onLine) return
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim()) onLine(line.trimEnd())
    }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
      take(text)
    })
    child.stderr.setEncoding('utf8').on('data', take)
    child.on('error', (error) => resolve({ code: -1, output: output + error.message, stdout }))
    child.on('exit', () => running.delete(child))
    child.on('close', (code) => resolve({ code: code ?? -1, output, stdout }))
  })
}

/** @param {import('node:child_process').ChildProcess} child */
export const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null

/**
 * Asks a process to end and waits for it; one that does not in time is killed.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} patienceMs
 */
export function end(child, patienceMs) {
  if (hasEnded(child)) return Promise.resolve()
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    child.once('exit', () => {
      clearTimeout(kill)
      resolve(undefined)
    })
    child.kill('SIGTERM')
  })
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
