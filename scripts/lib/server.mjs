import { spawn } from 'node:child_process'
import { mkdir, open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SERVER_ENTRY, WEB_DIR } from './build.mjs'
import { problem } from './problem.mjs'
import { detail } from './say.mjs'

const LOG_LIMIT = 20e6
const PATIENCE_MS = 180_000

/**
 * @typedef {{ username: string, password: string, name: string, role: string, roleLabel: string }} DemoAccount
 * @typedef {{ address: string, demoAccounts?: DemoAccount[] }} Ready
 */

/**
 * Starts the built server; its log goes to a file, what it says on stderr to the screen.
 * @param {{ port: number, dataDir: string, mongodbUri: string, isEmbedded: boolean }} settings
 */
export async function spawnServer({ port, dataDir, mongodbUri, isEmbedded }) {
  const logFile = join(dataDir, 'logs', `server-${port}.log`)
  const log = await openLog(logFile)
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, MONGODB_URI: mongodbUri, WEB_DIR }
  const child = spawn(process.execPath, ['--enable-source-maps', SERVER_ENTRY], {
    env: { ...env, NODE_ENV: 'production', HOTLINE_EMBEDDED: isEmbedded ? '1' : '' },
    stdio: ['ignore', log.fd, 'inherit', 'ipc'],
    // Ctrl-C reaches the whole terminal group: the server is told once, by its starter.
    detached: true,
  })
  await log.close()
  return { child, logFile }
}

/**
 * Waits for the server to say that it is ready.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} logFile
 * @returns {Promise<Ready>}
 */
export function untilReady(child, logFile) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(problem(`服务迟迟没有就绪，日志见 ${logFile}。`, 'The server does not get ready, see its log.')),
      PATIENCE_MS,
    )
    child.on('message', (/** @type {any} */ message) => {
      if (message?.type === 'progress') detail(String(message.text))
      if (message?.type !== 'ready') return
      clearTimeout(timer)
      resolve(message)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      reject(
        problem(
          `服务未能启动（${signal ?? code}），日志见 ${logFile}。`,
          'The server did not start, see above and its log.',
        ),
      )
    })
  })
}

/** Appends; a log that has grown long becomes `.old` first. @param {string} file */
async function openLog(file) {
  await mkdir(join(file, '..'), { recursive: true })
  if (((await stat(file).catch(() => undefined))?.size ?? 0) > LOG_LIMIT) await rename(file, `${file}.old`)
  return open(file, 'a')
}

/**
 * Fails when a server that was ready ends by itself.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} logFile
 * @returns {Promise<never>}
 */
export const untilExit = (child, logFile) =>
  new Promise((_, reject) =>
    child.once('exit', (code, signal) =>
      reject(
        problem(
          `服务意外退出（${signal ?? code}），日志见 ${logFile}。`,
          'The server ended unexpectedly, see its log.',
        ),
      ),
    ),
  )
