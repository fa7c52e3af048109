import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterEach, describe, expect, it } from 'vitest'
import { startEphemeral } from '../../scripts/lib/mongod.mjs'
import { dataDir } from '../../scripts/lib/paths.mjs'
import { connectTo, type Answer, type Client } from '../helpers/app'
import { aRegistration, ok } from '../helpers/desk'
import { aRoom, startServer } from './server'

const PATIENCE_MS = 180_000
/** Of each kind, one after the other, while the database comes and goes. */
const ROUNDS = 15

type Ask = (n: number, key: string) => Promise<Answer>

describe('数据库断开又回来的那一刻', { timeout: PATIENCE_MS }, () => {
  const undo: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })

  it('每个请求都得到说得清、可以重试的答复；带同一幂等键重试，只做一次', async () => {
    const mongod = await startEphemeral({ binDir: join(dataDir(), 'bin') })
    const room = await aRoom()
    undo.push(room.clear, mongod.stop)
    const server = await startServer(room, mongod.uri('outage'))
    undo.push(server.stop)
    const { request, signIn } = connectTo(server.url)
    const [director, agent, supervisor] = await Promise.all(
      ['director', 'agent1', 'supervisor1'].map((who) => signIn(who)),
    )
    const people = { director, agent, supervisor } as Record<'director' | 'agent' | 'supervisor', Client>

    const failures: Answer[] = []
    /** The same key again until it is answered, as a careful client does. */
    async function untilDone(ask: Ask, n: number): Promise<void> {
      const key = randomUUID()
      for (;;) {
        const answer = await ask(n, key)
        if (answer.status < 300) return
        failures.push(answer)
        // It was done before, and the answer was lost.
        if (answer.status === 409) return
        if (answer.status !== 503) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
        await new Promise((resolve) => setTimeout(resolve, Number(answer.headers.get('Retry-After')) * 1000))
      }
    }
    const asks: Ask[] = [
      (n, key) => people.director.post('/api/call-settings/exchanges', { name: `机房${n}` }, { key }),
      (n, key) => {
        const day = `2027-03-${String(n + 1).padStart(2, '0')}`
        const duties = [{ post: 'leader', name: '李明', title: '副市长' }]
        return people.supervisor.post(`/api/roster/${day}/duties`, { version: 0, duties }, { key })
      },
      (n, key) => people.agent.post('/api/tickets', aRegistration({ title: `断电时的诉求${n}` }), { key }),
      () => people.supervisor.get('/api/tickets?pageSize=20'),
      () => people.director.get('/api/limits'),
      () => request('GET', '/api/public/notices'),
      () => request('POST', '/api/auth/sign-in', { body: { username: 'agent2', password: 'Hotline@12345' } }),
    ]
    const working = Promise.all(
      asks.map(async (ask) => {
        for (let n = 0; n < ROUNDS; n += 1) await untilDone(ask, n)
      }),
    )
    const before = mongod.pid()
    await expect
      .poll(async () => (await people.director.get('/api/call-settings')).body.exchanges.length)
      .toBeGreaterThan(2)
    process.kill(before, 'SIGKILL')
    await working

    expect(mongod.pid()).not.toBe(before)
    for (const { status, body, headers } of failures) {
      expect(body.message).toMatch(/请(稍后再试|重试|刷新后查看结果)/)
      if (status === 503) expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
    }
    const client = await MongoClient.connect(mongod.uri('outage'))
    undo.push(() => client.close())
    const db = client.db()
    const names = ok(await people.director.get('/api/call-settings')).exchanges.map(
      ({ name }: { name: string }) => name,
    )
    expect([...names].sort()).toEqual(Array.from({ length: ROUNDS }, (_, n) => `机房${n}`).sort())
    expect(await db.collection('roster').countDocuments({ version: 1 })).toBe(ROUNDS)
    expect(await db.collection('tickets').countDocuments({ 't.title': /^断电时的诉求/ })).toBe(ROUNDS)
    for (const action of ['calls.exchangeAdded', 'roster.saved'])
      await expect.poll(() => db.collection('audit').countDocuments({ action }), { timeout: 30_000 }).toBe(ROUNDS)
    expect(ok(await people.director.get('/api/audit/verify'))).toMatchObject({ isIntact: true })
  })
})
