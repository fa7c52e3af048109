import { createAudit } from '@hotline/server/features/audit/auditService'
import { verifyChain } from '@hotline/server/features/audit/auditFeature'
import { createFixedClock } from '@hotline/server/platform/clock'
import { CLOCK } from '@hotline/shared/actor'
import { MongoClient, type Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRIDAY, startApp, type TestApp } from '../helpers/app'

let app: TestApp
let client: MongoClient
let db: Db
beforeAll(async () => {
  app = await startApp()
  client = await MongoClient.connect(app.uri)
  db = client.db()
})
afterAll(async () => {
  await client.close()
  await app.stop()
})

describe('审计日志', () => {
  it('登录、停用账号都留痕，新的在前，可按对象查', async () => {
    const admin = await app.signIn('admin')
    const { user } = await app.signIn('clerk@371602')
    await admin.post(`/api/users/${user.id}/disable`)
    const { body } = await admin.get(`/api/audit?target=users/${user.id}`)
    expect(body.items.map((item: { action: string }) => item.action)).toEqual(['user.disabled', 'auth.signedIn'])
    expect(body.items[0]).toMatchObject({ actorName: admin.user.name, details: { username: 'clerk@371602' } })
    expect(body.items[0].at).toBe('2026-11-20T02:00:00.000Z')
  })

  it('只有系统管理员和主任能看', async () => {
    expect((await (await app.signIn('director')).get('/api/audit')).status).toBe(200)
    for (const username of ['agent1', 'supervisor1', 'clerk@371603']) {
      expect((await (await app.signIn(username)).get('/api/audit')).status).toBe(403)
    }
  })

  it('多个进程同时追加，一条不少，链不断', async () => {
    const clock = createFixedClock(FRIDAY)
    const before = (await verifyChain(db as never)).count
    const processes = [1, 2, 3].map(() => createAudit(db as never, clock))
    await Promise.all(
      processes.flatMap((audit, process) =>
        Array.from({ length: 20 }, (_, n) =>
          audit.append({ actor: CLOCK, action: 'test', target: `p${process}/${n}` }),
        ),
      ),
    )
    expect(await verifyChain(db as never)).toEqual({ isIntact: true, count: before + 60 })
    expect(await db.collection('audit').distinct('target', { action: 'test' })).toHaveLength(60)
  })

  it('改一条、删一条都会被发现', async () => {
    const admin = await app.signIn('admin')
    const audit = db.collection<{ _id: number; actorName: string }>('audit')
    const third = await audit.findOne({ _id: 3 })
    await audit.updateOne({ _id: 3 }, { $set: { actorName: '别人' } })
    expect((await admin.get('/api/audit/verify')).body).toEqual({ isIntact: false, count: 2, brokenAt: 3 })
    await audit.deleteOne({ _id: 3 })
    expect((await admin.get('/api/audit/verify')).body.brokenAt).toBe(3)
    if (third) await audit.insertOne(third)
    expect((await admin.get('/api/audit/verify')).body.isIntact).toBe(true)
  })
})
