import { createMatters } from '@hotline/shared/catalogue/createMatters'
import { MATTERS } from '@hotline/shared/catalogue/matterData'
import { catalogueMigrations, openCatalogue } from '@hotline/server/features/catalogue/catalogueStore'
import { createLogger } from '@hotline/server/platform/log'
import { migrate } from '@hotline/server/platform/migrations'
import { connectMongo, type Database } from '@hotline/server/platform/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../helpers/database'

const logger = createLogger('silent')
const BEFORE = catalogueMigrations.filter(({ id }) => id <= 431)

describe('用过的库升级', () => {
  const fresh = freshDatabase()
  let database: Database
  beforeAll(async () => {
    database = await connectMongo(fresh.uri, logger)
  })
  afterAll(async () => {
    await database.close()
    await fresh.drop()
  })

  it('旧表里的条目原样成为第一版', async () => {
    await migrate(database.db, BEFORE, logger)
    const rules = database.db.collection<{ _id: string; basis: string }>('catalogueRules')
    await rules.updateOne({ _id: 'R0106' }, { $set: { basis: '本市改过的依据' } })
    await migrate(database.db, catalogueMigrations, logger)
    const catalogue = await openCatalogue(database.db, createMatters(MATTERS), logger)
    expect([catalogue.version, catalogue.rules().length]).toEqual([1, 311])
    expect(catalogue.rules().find(({ id }) => id === 'R0106')?.basis).toBe('本市改过的依据')
    expect(await rules.countDocuments()).toBe(0)
  })

  it('做到一半断电，再做一遍：第一版还在，不变', async () => {
    await database.db.collection<{ _id: number }>('migrations').deleteOne({ _id: 432 })
    await migrate(database.db, catalogueMigrations, logger)
    const catalogue = await openCatalogue(database.db, createMatters(MATTERS), logger)
    expect(catalogue.rules().find(({ id }) => id === 'R0106')?.basis).toBe('本市改过的依据')
  })
})
