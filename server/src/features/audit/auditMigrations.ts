import type { Migration } from '../../platform/migrations'

export const auditMigrations: Migration[] = [
  {
    id: 200,
    name: '审计日志索引',
    up: async (db) => {
      const audit = db.collection('audit')
      await audit.createIndex({ actorId: 1, _id: -1 })
      await audit.createIndex({ target: 1, _id: -1 })
      await audit.createIndex({ action: 1, _id: -1 })
      await audit.createIndex({ at: 1 })
    },
  },
  {
    id: 201,
    name: '审计日志按姓名查询',
    up: async (db) => {
      await db.collection('audit').createIndex({ actorName: 1, _id: -1 })
    },
  },
  {
    id: 591,
    name: '审计日志随变更送达，同一条只记一次',
    up: async (db) => {
      await db.collection('audit').createIndex({ key: 1 }, { unique: true, sparse: true })
    },
  },
]
