import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findMongod } from './binary.mjs'
import { dbPathOf, holdsDatabase, recall, remember, waitForRelease } from './dataFolder.mjs'
import { assertRoom } from './disk.mjs'
import { withClient } from './driver.mjs'
import { freePort } from './ports.mjs'
import { problem } from './problem.mjs'
import { detail } from './say.mjs'

const SET_NAME = 'hotline'
const FIRST_PORT = 27117

/**
 * @typedef {import('./binary.mjs').Binary} Binary
 * @typedef {{
 *   uri: (database: string) => string,
 *   port: number,
 *   pid: () => number,
 *   stop: () => Promise<void>,
 *   onLost: (tell: (why: string) => void) => void,
 * }} Mongod `onLost`: called when mongod ended by itself and could not be brought back
 */

/**
 * A mongod that can read the data folder.
 * @param {string} dataDir
 */
export const findMongodFor = async (dataDir) =>
  findMongod({ binDir: join(dataDir, 'bin'), written: await recall(dataDir) })

/**
 * The embedded database of a data folder as a one-node replica set, on the port that the folder remembers.
 * @param {string} dataDir
 * @param {Binary} binary
 * @returns {Promise<Mongod>}
 */
export async function startEmbedded(dataDir, binary) {
  const memory = await recall(dataDir)
  const dbPath = dbPathOf(dataDir)
  await mkdir(dbPath, { recursive: true })
  await assertRoom(dbPath, (await holdsDatabase(dataDir)) ? 300 : 700)
  await waitForRelease(dataDir, detail)
  const port = await freePort(memory?.port ?? FIRST_PORT)
  if (port !== memory?.port && (await holdsDatabase(dataDir))) await moveSet(binary, dbPath, port)
  // Before it writes: a folder must know its version and port even when its first start is cut short.
  await remember(dataDir, { version: binary.version, compatibility: binary.version, ...memory, port })
  const mongod = await launch({ binary, dbPath, port, cacheGB: 1, oplogMB: 1024 })
  await remember(dataDir, { version: binary.version, compatibility: await compatibilityOf(mongod), port: mongod.port })
  return mongod
}

/**
 * A database for one test run: a folder of its own that goes when it stops.
 * @param {{ binDir: string }} places
 * @returns {Promise<Mongod>}
 */
export async function startEphemeral({ binDir }) {
  const binary = await findMongod({ binDir })
  const dbPath = await mkdtemp(join(tmpdir(), 'hotline-mongo-'))
  const mongod = await launch({ binary, dbPath, cacheGB: 0.5, oplogMB: 256 })
  const stop = async () => {
    await mongod.stop()
    await rm(dbPath, { recursive: true, force: true })
  }
  return { ...mongod, stop }
}

/**
 * @param {{ binary: Binary, dbPath: string, port?: number, cacheGB: number, oplogMB: number }} wish
 * @returns {Promise<Mongod>}
 */
async function launch({ binary, dbPath, port, cacheGB, oplogMB }) {
  const { MongoMemoryReplSet } = await library(binary)
  const set = new MongoMemoryReplSet({
    binary: { systemBinary: binary.path, version: binary.version },
    instanceOpts: [{ dbPath, port, storageEngine: 'wiredTiger', launchTimeout: 120_000 }],
    replSet: {
      name: SET_NAME,
      ip: '127.0.0.1',
      args: [...FIXED_ARGS, '--wiredTigerCacheSizeGB', String(cacheGB), '--oplogSize', String(oplogMB)],
      storageEngine: 'wiredTiger',
      // Ctrl-C reaches the whole terminal group: mongod has to outlive the server that still writes.
      spawn: { detached: true },
    },
  })
  await quietly(() => set.start()).catch((error) => {
    throw problem(
      `MongoDB 未能启动：${reasonOf(error)}。`,
      `MongoDB did not start, data folder ${dbPath}, mongod ${binary.path}.`,
      error,
    )
  })
  return supervise(set)
}

const FIXED_ARGS = ['--setParameter', 'diagnosticDataCollectionEnabled=false']

/** A mongod that dies is brought back on its port; the third time within a minute it is given up. @param {any} set @returns {Mongod} */
function supervise(set) {
  let isStopping = false
  /** @type {number[]} */
  let deaths = []
  let tellLost = (/** @type {string} */ _why) => {}
  let guard = guardOver(set)
  const watch = () =>
    set.servers[0].instanceInfo.instance.once(
      'instanceClosed',
      async (/** @type {number | null} */ code, /** @type {string | null} */ signal) => {
        guard.kill()
        if (isStopping) return
        deaths = [...deaths.filter((at) => Date.now() - at < 60_000), Date.now()]
        const why = signal ?? `code ${code}`
        if (deaths.length > 2) return tellLost(why)
        detail(`mongod 意外退出（${why}），正在重新启动 mongod ended unexpectedly, starting it again`)
        try {
          await quietly(async () => {
            await set.stop({ doCleanup: false })
            await set.start()
          })
          guard = guardOver(set)
          watch()
        } catch (error) {
          tellLost(`${why}, ${reasonOf(error)}`)
        }
      },
    )
  watch()
  return {
    uri: (database) => set.getUri(database),
    port: set.servers[0].instanceInfo.port,
    pid: () => pidOf(set),
    onLost: (tell) => void (tellLost = tell),
    stop: async () => {
      isStopping = true
      await quietly(() => set.stop({ doCleanup: false }))
      guard.kill()
    },
  }
}

/** @param {any} set @returns {number} */
const pidOf = (set) => set.servers[0].instanceInfo.instance.mongodProcess.pid

/** @param {any} set */
function guardOver(set) {
  const script = fileURLToPath(new URL('./guard.mjs', import.meta.url))
  const guard = spawn(process.execPath, [script, String(pidOf(set))], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  guard.unref()
  // A pipe is a socket here; it must not keep this process alive.
  ;/** @type {import('node:net').Socket} */ (guard.stdin).unref()
  return guard
}

/**
 * The set's configuration names the port; when that one is taken, the name has to move before the set comes up,
 * by a mongod that runs outside the set.
 * @param {Binary} binary
 * @param {string} dbPath
 * @param {number} port
 */
async function moveSet(binary, dbPath, port) {
  detail(`MongoDB 端口改为 ${port} MongoDB moves to port ${port}`)
  const { MongoMemoryServer } = await library(binary)
  const alone = await quietly(() =>
    MongoMemoryServer.create({
      binary: { systemBinary: binary.path, version: binary.version },
      instance: { dbPath, storageEngine: 'wiredTiger', args: FIXED_ARGS, launchTimeout: 120_000 },
    }),
  )
  try {
    await withClient(alone.getUri(), (client) =>
      client
        .db('local')
        .collection('system.replset')
        .updateOne({ _id: SET_NAME }, { $set: { 'members.0.host': `127.0.0.1:${port}` } }),
    )
  } finally {
    await quietly(() => alone.stop({ doCleanup: false }))
  }
}

/** The library, made to take our binary: its environment variable would win over its option. @param {Binary} binary */
async function library(binary) {
  process.env.MONGOMS_SYSTEM_BINARY = binary.path
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false'
  return import('mongodb-memory-server-core')
}

/** @param {Mongod} mongod @returns {Promise<string>} */
const compatibilityOf = (mongod) =>
  withClient(mongod.uri('admin'), async (client) => {
    const answer = await client.db('admin').command({ getParameter: 1, featureCompatibilityVersion: 1 })
    return answer.featureCompatibilityVersion.version
  })

/** The library prints whole stacks by console.warn; what matters comes as an error anyway. @template T @param {() => Promise<T>} work */
async function quietly(work) {
  const { warn } = console
  console.warn = () => {}
  try {
    return await work()
  } finally {
    console.warn = warn
  }
}

/** What mongod's exit codes mean, where they do. @type {Record<string, string>} */
const EXIT_CODES = {
  14: '数据文件损坏或磁盘写入失败 damaged data files or a failed write to the disk',
  48: '端口被占用 port taken',
  62: '数据由不兼容的版本写入 data written by an incompatible version',
  100: '数据目录无法打开 the data folder cannot be opened',
}

/** @param {Error} error */
function reasonOf(error) {
  const code = /closed with code "(\d+)"/i.exec(error.message)?.[1]
  return (code && EXIT_CODES[code]) || error.message.split('\n').slice(0, 3).join(' ').slice(0, 300)
}
