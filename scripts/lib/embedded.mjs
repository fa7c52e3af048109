import { findMongodFor, startEmbedded } from './mongod.mjs'
import { assertReplicaSet, withoutPassword } from './mongoUri.mjs'
import { problem } from './problem.mjs'
import { assertFolderFree, leaveNote, removeNote } from './runningNote.mjs'
import { step } from './say.mjs'

const DATABASE = 'hotline'

/**
 * The database to work on: the one of MONGODB_URI, else the embedded one of the data folder.
 * @param {string} dataDir
 * @param {import('./lifeline.mjs').Lifeline} life takes what has to be stopped
 * @returns {Promise<{ mongodbUri: string, isEmbedded: boolean, lost: Promise<never> }>} `lost` rejects when it is gone for good
 */
export async function bringDatabase(dataDir, life) {
  const givenUri = process.env.MONGODB_URI
  if (givenUri) {
    step(`连接 MongoDB Connecting to ${withoutPassword(givenUri)}`)
    await assertReplicaSet(givenUri)
    return { mongodbUri: givenUri, isEmbedded: false, lost: new Promise(() => {}) }
  }
  step('启动 MongoDB Starting MongoDB')
  await assertFolderFree(dataDir)
  await leaveNote(dataDir, {})
  life.onEnd(() => removeNote(dataDir))
  const binary = await findMongodFor(dataDir)
  life.goOn()
  const starting = startEmbedded(dataDir, binary)
  // Named before it runs: whoever is asked to end meanwhile waits for it and stops it.
  life.onEnd(async () => (await starting.catch(() => undefined))?.stop())
  const mongod = await starting
  /** @type {Promise<never>} */
  const lost = new Promise((_, reject) =>
    mongod.onLost((why) => reject(problem(`MongoDB 反复退出（${why}）。`, 'MongoDB keeps ending.'))),
  )
  lost.catch(() => {})
  return { mongodbUri: mongod.uri(DATABASE), isEmbedded: true, lost }
}
