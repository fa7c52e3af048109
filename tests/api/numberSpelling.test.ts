import { HASHED_IN_CALLS } from '@hotline/server/features/call/callStore'
import { HASHED_IN_TICKETS } from '@hotline/server/features/ticket/sealedContact'
import { createCrypto, type Crypto } from '@hotline/server/platform/crypto'
import { createLogger } from '@hotline/server/platform/log'
import { createRehash, type HashedPlace } from '@hotline/server/platform/rehash'
import type { ReturnRow } from '@hotline/shared/call/view'
import type { Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXTENSION, openExchange } from '../helpers/calls'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, eventually, NUMBER, ok, openDatabase, openDesk, type Desk } from '../helpers/desk'

const PLACES = [HASHED_IN_TICKETS, HASHED_IN_CALLS] as readonly HashedPlace[]

const CALLER = '13754300001'

interface Row {
  _id: string
}
let app: TestApp
let desk: Desk
let db: Db
let crypto: Crypto
let close: () => Promise<void>
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  crypto = createCrypto(app.config.secrets)
  ;({ db, close } = await openDatabase(app))
})
afterAll(async () => {
  await close()
  await app.stop()
})

const rehash = () => createRehash(db as never, crypto, PLACES, createLogger('silent'))
/** As if the program had not yet spelled numbers as it does today. */
async function anew(): Promise<void> {
  await db.collection('rehashes').deleteMany({})
  await rehash().run()
}
const hashed = (text: string) => crypto.hashOf('phone', text)

describe('号码写法变了以后', () => {
  it('新建的库没有要重算的，不去读一遍', async () => {
    const done = await db.collection('rehashes').find({ isDone: true, renewed: 0 }).toArray()
    expect(done.map(({ _id }) => String(_id).split(':')[0]).sort()).toEqual(['calls', 'tickets'])
  })

  it('以前按别的写法存的工单，按号码又查得到；没有变的不动', async () => {
    const old = await desk.register({ caller: aCaller() })
    const same = await desk.register({ caller: aCaller({ number: '13900001111' }) })
    const tickets = db.collection<Row>('tickets')
    const before = await tickets.findOne({ _id: same.id })
    await tickets.updateOne({ _id: old.id }, { $set: { callerHashes: [hashed(`0${NUMBER}`)] } })
    await anew()
    expect(await tickets.findOne({ _id: old.id })).toMatchObject({
      callerHashes: [hashed(NUMBER)],
      version: old.version,
    })
    expect(await tickets.findOne({ _id: same.id })).toEqual(before)
    const found = ok(await (await desk.as('agent1')).get(`/api/tickets?q=${NUMBER}`)) as {
      items: { id: string }[]
    }
    expect(found.items.map(({ id }) => id)).toContain(old.id)
  })

  it('通话和待回拨的也一样，回拨的记录跟着过去', async () => {
    const exchange = await openExchange(app)
    const agent = await desk.as('agent1')
    const miss = async () => (await exchange.ring({ from: CALLER, to: EXTENSION })).hangup('noAnswer')
    const waiting = async (): Promise<ReturnRow[]> => ok(await agent.get('/api/calls/returns')).items
    await miss()
    const [row] = await eventually(waiting, ({ length }) => length === 1)
    ok(await agent.post(`/api/calls/returns/${row?.id}/unreached`, {}))
    const calls = db.collection<Row>('calls')
    const call = await calls.findOne({ numberHash: hashed(CALLER) })
    const old = hashed(`0${CALLER}`)
    const number = crypto.seal(`0${CALLER}`, `calls/${call?._id}/number`)
    await calls.updateOne({ _id: call?._id ?? '' }, { $set: { numberHash: old, number } as object })
    const states = db.collection<Row & { attempts: number }>('callReturns')
    const state = await states.findOneAndDelete({ _id: hashed(CALLER) })
    await states.insertOne({ _id: old, attempts: state?.attempts ?? 0 })

    await anew()
    app.clock.advance(60_000)
    await miss()
    const rows = await eventually(waiting, ([one]) => one?.tries === 2)
    expect(rows).toMatchObject([{ id: hashed(CALLER), tries: 2, attempts: 1, number: '137****0001' }])
    expect(await states.countDocuments({ _id: old })).toBe(0)
  })

  it('正在改的一条也不落下：读过以后别人又写了，再读再改', async () => {
    const exchange = await openExchange(app)
    await (await exchange.ring({ from: '13754300009', to: EXTENSION })).hangup('noAnswer')
    const calls = db.collection<Row & { version: number }>('calls')
    const call = await eventually(() => calls.findOne({ numberHash: hashed('13754300009') }), Boolean)
    const _id = call?._id ?? ''
    await calls.updateOne({ _id }, { $set: { numberHash: hashed('旧') } as object })
    let writes = 0
    const busy = {
      ...HASHED_IN_CALLS,
      before: async () => {
        if (writes++ === 0) await calls.updateOne({ _id }, { $inc: { version: 1 } })
      },
    } as HashedPlace
    await db.collection('rehashes').deleteMany({})
    await createRehash(db as never, crypto, [busy], createLogger('silent')).run()
    expect(await calls.findOne({ _id })).toMatchObject({ numberHash: hashed('13754300009') })
  })

  it('解不开的略过，其余照做；做过的不再做', async () => {
    const lost = await desk.register({ caller: aCaller({ number: '13900002222' }) })
    const tickets = db.collection<Row>('tickets')
    const set = { 'sealed.number': 'gone.AAAA', callerHashes: [hashed('旧')] }
    await tickets.updateOne({ _id: lost.id }, { $set: set })
    await anew()
    expect(await tickets.findOne({ _id: lost.id })).toMatchObject({ callerHashes: [hashed('旧')] })
    expect(await db.collection('rehashes').findOne({ unreadable: 1 })).toMatchObject({ isDone: true })
  })
})
