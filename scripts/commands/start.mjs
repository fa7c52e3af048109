import { ensureBuilt } from '../lib/build.mjs'
import { end } from '../lib/child.mjs'
import { assertRoom } from '../lib/disk.mjs'
import { ensureInstalled } from '../lib/install.mjs'
import { untilAskedToEnd } from '../lib/lifeline.mjs'
import { startEmbedded } from '../lib/mongod.mjs'
import { assertReplicaSet, withoutPassword } from '../lib/mongoUri.mjs'
import { dataDir as dataDirOf } from '../lib/paths.mjs'
import { assertPortFree, wishedPort } from '../lib/ports.mjs'
import { problem } from '../lib/problem.mjs'
import { assertFolderFree, leaveNote, removeNote } from '../lib/runningNote.mjs'
import { detail, step } from '../lib/say.mjs'
import { spawnServer, untilReady } from '../lib/server.mjs'

const DATABASE = 'hotline'

/** One command starts it: installs, builds, brings MongoDB up, starts the server, and takes all down again. */
export async function main() {
  const asked = untilAskedToEnd()
  const port = wishedPort()
  const dataDir = dataDirOf()
  const givenUri = process.env.MONGODB_URI
  await assertPortFree(port)
  await assertRoom(dataDir, 100)
  if (!givenUri) await assertFolderFree(dataDir)

  /** @type {(() => Promise<unknown>)[]} what has been started, undone in the opposite order */
  const undo = []
  try {
    return await Promise.race([asked.then(() => 0), start({ port, dataDir, givenUri, undo })])
  } finally {
    if (undo.length) step('正在停止 Stopping')
    for (const stop of undo.reverse()) await stop()
    if (undo.length) step('已停止 Stopped')
  }
}

/** @param {{ port: number, dataDir: string, givenUri?: string, undo: (() => Promise<unknown>)[] }} plan */
async function start({ port, dataDir, givenUri, undo }) {
  await ensureInstalled()
  await ensureBuilt()
  const { mongodbUri, lost } = await bringDatabase(dataDir, givenUri, undo)

  step('启动服务 Starting the server')
  const { child, logFile } = await spawnServer({ port, dataDir, mongodbUri, isEmbedded: !givenUri })
  undo.push(() => end(child, 20_000))
  const ready = await Promise.race([untilReady(child, logFile), lost])
  if (!givenUri) await leaveNote(dataDir, { mongodbUri, address: ready.address })
  welcome(ready, { mongodbUri, dataDir, logFile, isEmbedded: !givenUri })
  return Promise.race([lost, untilExit(child, logFile)])
}

/** @param {string} dataDir @param {string | undefined} givenUri @param {(() => Promise<unknown>)[]} undo */
async function bringDatabase(dataDir, givenUri, undo) {
  if (givenUri) {
    step(`连接 MongoDB Connecting to ${withoutPassword(givenUri)}`)
    await assertReplicaSet(givenUri)
    return { mongodbUri: givenUri, lost: new Promise(() => {}) }
  }
  step('启动 MongoDB Starting MongoDB')
  await leaveNote(dataDir, {})
  undo.push(() => removeNote(dataDir))
  const mongod = await startEmbedded(dataDir)
  undo.push(() => mongod.stop())
  /** @type {Promise<never>} */
  const lost = new Promise((_, reject) =>
    mongod.onLost((why) => reject(problem(`MongoDB 反复退出（${why}）。`, 'MongoDB keeps ending.'))),
  )
  return { mongodbUri: mongod.uri(DATABASE), lost }
}

/** @param {import('node:child_process').ChildProcess} child @param {string} logFile @returns {Promise<never>} */
const untilExit = (child, logFile) =>
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

/**
 * @param {import('../lib/server.mjs').Ready} ready
 * @param {{ mongodbUri: string, dataDir: string, logFile: string, isEmbedded: boolean }} facts
 */
function welcome({ address, demoAccounts = [] }, { mongodbUri, dataDir, logFile, isEmbedded }) {
  step(`就绪 Ready: ${address}`)
  if (demoAccounts.length) {
    detail('')
    detail('演示账号 Demo accounts')
    for (const row of table(demoAccounts)) detail(`  ${row}`)
  }
  detail('')
  if (isEmbedded) {
    detail(`数据库 MONGODB_URI=${mongodbUri}`)
    detail('再开一个服务进程 A second server process: PORT=… MONGODB_URI=… npm start')
  }
  detail(`数据 Data: ${dataDir}`)
  detail(`日志 Log:  ${logFile}`)
  detail('按 Ctrl-C 停止 Ctrl-C stops everything')
}

/** @param {import('../lib/server.mjs').DemoAccount[]} accounts */
function table(accounts) {
  const rows = [['角色', '姓名', '账号', '密码'], ...accounts.map((a) => [a.role, a.name, a.username, a.password])]
  const width = (/** @type {string} */ text) => [...text].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0)
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))))
  return rows.map((row) =>
    row
      .map((text, i) => text + ' '.repeat(widths[i] - width(text)))
      .join('  ')
      .trimEnd(),
  )
}
