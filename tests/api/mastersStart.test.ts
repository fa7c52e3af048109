import { randomBytes } from 'node:crypto'
import { createLogger } from '@hotline/server/platform/log'
import { migrate, type Migration } from '@hotline/server/platform/migrations'
import { connectMongo, type Database } from '@hotline/server/platform/mongo'
import { createRateLimiter } from '@hotline/server/platform/http/rateLimit'
import { createFixedClock } from '@hotline/server/platform/clock'
import { createJobs, jobMigrations } from '@hotline/server/platform/jobs'
import { wire } from '@hotline/server/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRIDAY, startApp } from '../helpers/app'
import { freshDatabase } from '../helpers/database'

const logger = createLogger('silent')

describe('迁移', () => {
  const fresh = freshDatabase()
  let database: Database
  beforeAll(async () => {
    database = await connectMongo(fresh.uri, logger)
  })
  afterAll(async () => {
    await database.close()
    await fresh.drop()
  })
  const step = (id: number, up: Migration['up'] = async () => {}): Migration => ({ id, name: `第 ${id} 步`, up })

  it('四个进程一起启动，每一步只做一次，按编号', async () => {
    const done: number[] = []
    const steps = [3, 1, 2].map((id) => step(id, async () => void done.push(id)))
    await Promise.all([1, 2, 3, 4].map(() => migrate(database.db, steps, logger)))
    expect(done).toEqual([1, 2, 3])
  })

  it('失败的一步不算完成，下次再做', async () => {
    let isBroken = true
    const steps = [1, 2, 3].map((id) => step(id))
    const fragile = step(4, async () => {
      if (isBroken) throw new Error('断电')
    })
    await expect(migrate(database.db, [...steps, fragile], logger)).rejects.toThrow('断电')
    isBroken = false
    await migrate(database.db, [...steps, fragile], logger)
    expect(await database.db.collection('migrations').countDocuments()).toBe(4)
  })

  it('比程序新的数据库拒绝启动', async () => {
    await expect(migrate(database.db, [step(1), step(2)], logger)).rejects.toThrow('数据库由更新的程序写过')
  })

  it('不认识的查询字段报错，不会变成查全部', async () => {
    const model = database.model<{ _id: string; a: string }>('Strict', 'strict', { _id: String, a: String })
    await expect(model.find({ b: 'x' } as never).lean()).rejects.toThrow(/strictQuery/)
  })
})

describe('频次限制', () => {
  it('多个进程共用一个窗口，过了窗口重新计', async () => {
    const fresh = freshDatabase()
    const database = await connectMongo(fresh.uri, logger)
    const clock = createFixedClock(FRIDAY)
    const limiters = [1, 2].map(() => createRateLimiter(database.db, clock))
    const limit = { name: 'test', max: 10, windowSeconds: 60 }
    const results = await Promise.allSettled(
      Array.from({ length: 14 }, (_, n) => limiters[n % 2]?.hit(limit, '1.2.3.4')),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(10)
    await expect(limiters[0]?.hit(limit, '1.2.3.4')).rejects.toMatchObject({
      code: 'tooMany',
      details: { retryAfter: 60 },
    })
    clock.advance(60_000)
    await limiters[1]?.hit(limit, '1.2.3.4')
    await database.close()
    await fresh.drop()
  })
})

describe('定时任务', () => {
  it('两个进程共有一份，轮流做，停止时等它做完', async () => {
    const fresh = freshDatabase()
    const database = await connectMongo(fresh.uri, logger)
    await migrate(database.db, jobMigrations, logger)
    let runs = 0
    let running = 0
    let mostAtOnce = 0
    const job = {
      name: 'test.tick',
      every: '1 second',
      run: async () => {
        running += 1
        mostAtOnce = Math.max(mostAtOnce, running)
        await database.db.collection('x').insertOne({ n: runs })
        runs += 1
        running -= 1
      },
    }
    const all = [1, 2].map(() => createJobs(database, [job], logger))
    await Promise.all(all.map((jobs) => jobs.start()))
    await expect.poll(() => runs, { timeout: 15_000 }).toBeGreaterThanOrEqual(3)
    await Promise.all(all.map((jobs) => jobs.stop()))
    expect(mostAtOnce).toBe(1)
    expect(await database.db.collection('jobs').countDocuments()).toBe(1)
    await database.close()
    await fresh.drop()
  })
})

async function countIn(uri: string, name: string): Promise<number> {
  const database = await connectMongo(uri, logger)
  const count = await database.db.collection(name).countDocuments()
  await database.close()
  return count
}

describe('启动', () => {
  it('三个进程同时在空库上启动，都起得来，主数据和演示账号不重', async () => {
    const template = await startApp()
    const fresh = freshDatabase()
    const config = { ...template.config, mongoUri: fresh.uri }
    const all = await Promise.all([1, 2, 3].map(() => wire(config, { clock: template.clock, logger })))
    await Promise.all(all.map((wired) => wired.start()))
    const database = await connectMongo(fresh.uri, logger)
    for (const name of ['users', 'units', 'regions', 'matters']) {
      const expected = await countIn(template.uri, name)
      expect(await database.db.collection(name).countDocuments(), name).toBe(expected)
    }
    await database.close()
    await Promise.all(all.map((wired) => wired.stop()))
    await template.stop()
    await fresh.drop()
  })

  it('换了密钥的进程不启动', async () => {
    const app = await startApp()
    const others = [{ hash: randomBytes(32) }, { fieldKeys: new Map([['k1', randomBytes(32)]]) }]
    for (const other of others) {
      const secrets = { ...app.config.secrets, ...other }
      await expect(wire({ ...app.config, secrets }, { clock: app.clock, logger })).rejects.toThrow(
        '密钥与这个数据库不匹配',
      )
    }
    await app.stop()
  })

  it('轮换加密密钥：新的在前、旧的还在，照常启动', async () => {
    const app = await startApp()
    const fieldKeys = new Map([['k2', randomBytes(32)], ...app.config.secrets.fieldKeys])
    const secrets = { ...app.config.secrets, fieldKeys, currentFieldKey: 'k2' }
    const wired = await wire({ ...app.config, secrets }, { clock: app.clock, logger })
    await wired.stop()
    await app.stop()
  })

  it('换了城市的进程不启动', async () => {
    const app = await startApp({ isDemo: false })
    await expect(wire({ ...app.config, cityCode: '370100' }, { clock: app.clock, logger })).rejects.toThrow('不符')
    await app.stop()
  })
})
