import { MongoClient } from 'mongodb'
import { afterEach, describe, expect, it } from 'vitest'
import type { RecomputeJobView } from '@hotline/shared/limits/recomputeView'
import { seed } from '../../scripts/bench/seed'
import { connectTo } from '../helpers/app'
import { freshDatabase } from '../helpers/database'
import { eventually, ok } from '../helpers/desk'
import { aRoom, startServer } from './server'

const PATIENCE_MS = 240_000
const COUNT = 6000

describe('重算途中断电', { timeout: PATIENCE_MS }, () => {
  const undo: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })

  it('正在重算的进程被 kill -9，另一个进程接着做完：每张恰好一次，数目对得上', async () => {
    const database = freshDatabase()
    const room = await aRoom()
    undo.push(room.clear, database.drop)
    const server = await startServer(room, database.uri)
    undo.push(server.stop)
    const client = await MongoClient.connect(database.uri, { ignoreUndefined: true })
    undo.push(() => client.close())
    const tickets = client.db().collection('tickets')
    await seed(client.db(), COUNT, '371600-ZJ', false)

    const director = await connectTo(server.url).signIn('director')
    const { seq } = ok(await director.get('/api/limits'))
    const body = { id: 'shenyang', version: 1, basedOn: seq, note: '断电演练', isForOpen: true }
    const { job } = ok(await director.post('/api/limits/apply', body)) as { job: RecomputeJobView }
    const stored = () =>
      client.db().collection<{ _id: string; seen: number; state: string }>('recomputeJobs').findOne({ _id: job.id })
    await eventually(stored, (doc) => (doc?.seen ?? 0) > 0, '没有开始重算')
    await server.crash()
    expect((await stored())?.state).toBe('running')

    const again = await connectTo(server.url).signIn('director')
    const giveUpAt = Date.now() + PATIENCE_MS / 2
    let report = ok(await again.get(`/api/recomputes/${job.id}`)) as RecomputeJobView
    while (report.state !== 'done' && Date.now() < giveUpAt) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      report = ok(await again.get(`/api/recomputes/${job.id}`)) as RecomputeJobView
    }
    expect(report).toMatchObject({ state: 'done', seen: COUNT, changed: COUNT })
    const times = await tickets
      .aggregate([
        { $project: { n: { $size: { $filter: { input: '$events', cond: { $eq: ['$$this.jobId', job.id] } } } } } },
        { $group: { _id: '$n', count: { $sum: 1 } } },
      ])
      .toArray()
    expect(times).toEqual([{ _id: 1, count: COUNT }])
  })
})
