import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import type { TestProject } from 'vitest/node'
import { startEphemeral } from '../../scripts/lib/mongod.mjs'
import { dataDir } from '../../scripts/lib/paths.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string
    databasePrefix: string
  }
}

interface Running {
  uri: string
  users: number
  stop: () => Promise<void>
}

// Every project of a run asks for the database in the same process, but with a module instance of its own.
const shared = globalThis as typeof globalThis & { hotlineTestMongo?: Promise<Running> }

const prefix = `test_${randomBytes(4).toString('hex')}`

/** One real replica set for the whole run: the one of MONGODB_URI, else an embedded one that is gone afterwards. */
export async function setup(project: TestProject): Promise<void> {
  shared.hotlineTestMongo ??= start()
  const running = await shared.hotlineTestMongo
  running.users += 1
  project.provide('mongoUri', running.uri)
  project.provide('databasePrefix', prefix)
}

export async function teardown(): Promise<void> {
  const running = await shared.hotlineTestMongo
  if (!running) return
  await dropLeftovers(running.uri)
  running.users -= 1
  if (running.users > 0) return
  shared.hotlineTestMongo = undefined
  await running.stop()
}

async function start(): Promise<Running> {
  const given = process.env.MONGODB_URI
  if (given) return { uri: given, users: 0, stop: async () => {} }
  const mongod = await startEphemeral({ binDir: join(dataDir(), 'bin') })
  return { uri: mongod.uri('test'), users: 0, stop: mongod.stop }
}

async function dropLeftovers(uri: string): Promise<void> {
  const client = await MongoClient.connect(uri)
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true })
    for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase()
  } finally {
    await client.close()
  }
}
