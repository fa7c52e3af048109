import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../scripts/lib/paths.mjs'

/** A server process of one's own, that may be killed. */
export interface Server {
  url: string
  /** kill -9, and the next one on the same port: what a supervisor of processes does. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** What several processes of one installation share: the secrets. */
export interface Room {
  dataDir: string
  clear(): Promise<void>
}

export async function aRoom(): Promise<Room> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hotline-faults-'))
  return { dataDir, clear: () => rm(dataDir, { recursive: true, force: true }) }
}

export async function startServer(
  { dataDir }: Room,
  mongoUri: string,
  settings: NodeJS.ProcessEnv = {},
): Promise<Server> {
  let running = await launch(dataDir, mongoUri, 0, settings)
  const { port } = new URL(running.address)
  return {
    url: running.address,
    async crash() {
      await end(running.child, 'SIGKILL')
      running = await launch(dataDir, mongoUri, Number(port), settings)
    },
    stop: () => end(running.child, 'SIGTERM'),
  }
}

async function launch(dataDir: string, mongoUri: string, port: number, settings: NodeJS.ProcessEnv) {
  const env = { ...process.env, NODE_ENV: 'production', PORT: String(port), DATA_DIR: dataDir, MONGODB_URI: mongoUri }
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'server/src/main.ts')], {
    cwd: ROOT,
    env: { ...env, ...settings, HOTLINE_EMBEDDED: '1', LOG_LEVEL: process.env.TEST_LOG ?? 'fatal' },
    stdio: ['ignore', process.env.TEST_LOG ? 'inherit' : 'ignore', 'inherit', 'ipc'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { type: string; address: string }) => {
      if (message.type === 'ready') resolve(message.address)
    })
    child.once('exit', (code, signal) => reject(new Error(`the server ended at once: ${signal ?? code}`)))
  })
  return { child, address }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
