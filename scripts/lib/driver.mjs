import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

/**
 * Opens a connection by the driver that the memory server brings, works and closes it.
 * @template T
 * @param {string} uri
 * @param {(client: any) => Promise<T>} work
 * @param {{ directConnection?: boolean, patienceMs?: number }} [options]
 */
export async function withClient(uri, work, { directConnection, patienceMs = 5_000 } = {}) {
  const library = realpathSync(join(ROOT, 'node_modules/mongodb-memory-server-core/package.json'))
  const { MongoClient } = createRequire(library)('mongodb')
  const client = new MongoClient(uri, {
    serverSelectionTimeoutMS: patienceMs,
    ...(directConnection === undefined ? {} : { directConnection }),
  })
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.close()
  }
}
