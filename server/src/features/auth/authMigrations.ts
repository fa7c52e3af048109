import type { Migration } from '../../platform/migrations'

export const authMigrations: Migration[] = [
  {
    id: 110,
    name: '登录会话和登录失败次数的索引',
    up: async (db) => {
      const sessions = db.collection('sessions')
      await sessions.createIndex({ userId: 1 })
      await sessions.createIndex({ revokedAt: 1 }, { sparse: true })
      await sessions.createIndex({ purgeAt: 1 }, { expireAfterSeconds: 0 })
      await db.collection('signInAttempts').createIndex({ purgeAt: 1 }, { expireAfterSeconds: 0 })
    },
  },
]
