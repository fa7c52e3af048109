import { MongoClient } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { freshDatabase } from '../helpers/database'

describe('测试用的 MongoDB', () => {
  it('是副本集：事务与变更流可用', async () => {
    const { uri, name, drop } = freshDatabase()
    const client = await MongoClient.connect(uri)
    try {
      const rows = client.db(name).collection('rows')
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await rows.insertOne({ n: 1 }, { session })
          await rows.insertOne({ n: 2 }, { session })
        }),
      )
      expect(await rows.countDocuments()).toBe(2)
    } finally {
      await client.close()
      await drop()
    }
  })

  it('每个文件各用各的库', () => {
    expect(freshDatabase().name).not.toBe(freshDatabase().name)
  })
})
