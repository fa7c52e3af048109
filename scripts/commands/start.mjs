import { ensureBuilt } from '../lib/build.mjs'
import { end } from '../lib/child.mjs'
import { assertRoom } from '../lib/disk.mjs'
import { bringDatabase } from '../lib/embedded.mjs'
import { ensureInstalled } from '../lib/install.mjs'
import { live } from '../lib/lifeline.mjs'
import { dataDir as dataDirOf } from '../lib/paths.mjs'
import { assertPortFree, wishedPort } from '../lib/ports.mjs'
import { assertFolderFree, leaveNote } from '../lib/runningNote.mjs'
import { step } from '../lib/say.mjs'
import { spawnServer, untilExit, untilReady } from '../lib/server.mjs'
import { welcome } from '../lib/welcome.mjs'

/** One command starts it: installs, builds, brings MongoDB up, starts the server, and takes all down again. */
export const main = () =>
  live(async (life) => {
    const port = wishedPort()
    const dataDir = dataDirOf()
    const wasKilled = !process.env.MONGODB_URI && (await assertFolderFree(dataDir))
    await assertPortFree(port, wasKilled ? 15_000 : 0)
    await assertRoom(dataDir, 100)
    await ensureInstalled()
    await ensureBuilt()
    life.goOn()
    const { mongodbUri, isEmbedded, lost } = await bringDatabase(dataDir, life)
    life.goOn()
    step('启动服务 Starting the server')
    const { child, logFile } = await spawnServer({ port, dataDir, mongodbUri, isEmbedded })
    life.onEnd(() => end(child, 20_000))
    if (isEmbedded) life.onEnd(() => leaveNote(dataDir, { isEnding: true }))
    const ready = await Promise.race([untilReady(child, logFile), lost])
    if (isEmbedded) await leaveNote(dataDir, { mongodbUri, address: ready.address })
    welcome(ready, { mongodbUri, dataDir, logFile, isEmbedded })
    return Promise.race([lost, untilExit(child, logFile)])
  })
