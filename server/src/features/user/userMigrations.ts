import type { Migration } from '../../platform/migrations'

export const userMigrations: Migration[] = [
  {
    id: 100,
    name: '账号索引',
    up: async (db) => {
      const users = db.collection('users')
      await users.createIndex({ usernameKey: 1 }, { unique: true })
      await users.createIndex({ unitId: 1, usernameKey: 1 })
      await users.createIndex({ roles: 1, unitId: 1 })
      await users.createIndex({ terms: 1 })
      await users.createIndex({ updatedAt: 1 })
    },
  },
]
