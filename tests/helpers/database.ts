import { randomBytes } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { inject } from 'vitest'

export interface FreshDatabase {
  name: string
  uri: string
  drop: () => Promise<void>
}

/** An empty database of one's own on the run's MongoDB; what is not dropped is dropped at the end of the run. */
export function freshDatabase(): FreshDatabase {
  const name = `${inject('databasePrefix')}_${randomBytes(6).toString('hex')}`
  // Several hosts in one address are more than URL can read.
  const uri = inject('mongoUri').replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${name}`)
  return {
    name,
    uri,
    drop: async () => {
      const client = await MongoClient.connect(uri)
      await client
        .db(name)
        .dropDatabase()
        .finally(() => client.close())
    },
  }
}
