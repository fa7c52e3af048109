import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { RecomputeJobView, RecomputePreview } from '@hotline/shared/limits/recomputeView'
import type { LimitList, ProfileView } from '@hotline/shared/limits/view'
import { fold } from '@hotline/shared/ticket/evolve'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'
import { documentOf, type TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import { FRIDAY, startApp, type Client, type TestApp } from '../helpers/app'
import { eventually, ok, openDatabase, openDesk, type Desk } from '../helpers/desk'
import { listen } from '../helpers/socket'

let app: TestApp
let second: TestApp
let desk: Desk
let director: Client
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  app = await startApp()
  second = await startApp({ beside: app })
  desk = openDesk(app)
  director = await app.signIn('director')
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await second.stop()
  await app.stop()
})

const tickets = () => database.db.collection<TicketDoc>('tickets')
const seq = async () => (ok(await director.get('/api/limits')) as LimitList).seq
const now = async (ticket: { id: string }) => ok(await desk.see('director', ticket)) as TicketView
const preview = async (id: string, version = 1) =>
  ok(await director.post('/api/limits/preview', { id, version })) as RecomputePreview
const apply = async (id: string, version = 1): Promise<RecomputeJobView> =>
  ok(
    await director.post('/api/limits/apply', {
      id,
      version,
      basedOn: await seq(),
      note: '改用新方案',
      isForOpen: true,
    }),
  ).job
const done = (id: string) =>
  eventually(
    async () => ok(await director.get(`/api/recomputes/${id}`)) as RecomputeJobView,
    ({ state }) => state === 'done',
    '重算没有做完',
  )
/** A further version of the default, with all general matters in so many workdays. */
async function version(n: number): Promise<number> {
  const { profile, versions } = ok(await director.get('/api/limits/default')) as ProfileView
  const { id: _id, version: _version, ...content } = profile as LimitProfile
  const changed = { ...content, resolve: [{ limit: { unit: 'workdays', n } }] }
  const body = { profile: changed, basedOn: versions[0]?.version, note: `${n} 个工作日` }
  return (ok(await director.post('/api/limits/default/versions', body)) as ProfileView).profile.version
}
const idsOf = (job: RecomputeJobView) =>
  tickets()
    .find({ events: { $elemMatch: { jobId: job.id } } } as never, { projection: { _id: 1 } })
    .toArray()

describe('换了方案，重算在办工单', () => {
  it('预览说的，就是重算做的：延后的、维持的、样本；每张各一次，写明旧时限、新时限、任务号', async () => {
    const late = await desk.handling()
    app.clock.set(new Date(new Date(late.resolveBy ?? '').getTime() + 1000))
    const open = await desk.handling()
    const byHand = await desk.dispatched({}, { limit: { kind: 'workdays', n: 2 } })
    const queued = await desk.register()
    const met = await desk.inHotlineReview()
    const closed = await desk.closed()
    const told = await preview('guangdong-2022-zhanjiang')
    expect(told).toMatchObject({ total: 5, changing: 1, later: 1, earlier: 0, missed: 1, manual: 1 })
    expect(told.samples).toHaveLength(1)
    expect(told.samples[0]).toMatchObject({ id: open.id, from: open.resolveBy, title: open.title, direction: 'later' })
    expect((await now(open)).version).toBe(open.version)

    const job = await apply('guangdong-2022-zhanjiang')
    const report = await done(job.id)
    expect(report).toMatchObject({ total: 5, seen: 5, changed: 1, missed: 1, cause: expect.stringContaining('广东') })
    expect((await idsOf(job)).map(({ _id }) => _id)).toEqual([open.id])
    const after = await now(open)
    expect(after.history.at(-1)).toMatchObject({
      type: 'ticket.deadlinesRecomputed',
      jobId: job.id,
      clocks: [{ from: open.assignments[0]?.resolveBy, limit: { unit: 'workdays', n: 15 } }],
      rules: { profileId: 'guangdong-2022-zhanjiang', profileVersion: 1 },
    })
    expect(after.resolveBy).toBe(told.samples[0]?.to)
    expect(after.promises.at(-1)?.reason).toBe('recomputed')
    for (const ticket of [late, byHand, queued, met, closed])
      expect((await now(ticket)).history.map(({ type }) => type)).not.toContain('ticket.deadlinesRecomputed')
  })

  it('存下来的和从历史重放的一模一样，列表、时钟、统计用的字段也是', async () => {
    app.clock.set(FRIDAY)
    const made = [
      await desk.handling(),
      await desk.dispatched({}, { coUnitIds: ['371602-CG'], copyUnitIds: ['371602'] }),
      await desk.inReview(),
      await desk.handling({ urgency: 'urgent' }),
    ]
    await done((await apply('shandong-provincial-2017')).id)
    await done((await apply('beijing-standard-draft-2021')).id)
    for (const { id } of made) {
      const doc = await tickets().findOne({ _id: id })
      if (!doc) throw new Error('it is gone')
      const ticket = fold(doc.events as TicketEvent[])
      if (!ticket) throw new Error('no history')
      expect(doc.t).toEqual(ticket)
      const whole = documentOf(ticket, doc.events, doc, {
        matterPath: () => doc.matterPath,
        regionPath: () => doc.regionPath,
      })
      for (const field of ['deskDue', 'dueBy', 'unmetBy', 'nextCheckAt', 'facts', 'scope', 'desks', 'excerpt'] as const)
        expect([field, doc[field]]).toEqual([field, whole[field]])
      expect(doc.version).toBe(ticket.version)
    }
    await eventually(
      () => tickets().countDocuments({ hasNews: true }),
      (count) => count === 0,
    )
  })

  it('只沿着在办的工单走，不翻已办结的', async () => {
    const { queryPlanner, executionStats } = await tickets()
      .find({ status: { $in: [...OPEN_STATUSES] }, _id: { $gt: '' } })
      .sort({ _id: 1 })
      .hint('underWay')
      .limit(2)
      .explain('executionStats')
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('SORT_MERGE')
    expect(JSON.stringify(queryPlanner.winningPlan)).not.toMatch(/COLLSCAN|"SORT"/)
    expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(2)
  })

  it('收文员写了二十分钟的反馈，不因重算作废', async () => {
    const ticket = await desk.handling()
    await done((await apply('default', await version(12))).id)
    const { version: newest } = await now(ticket)
    expect(newest).toBeGreaterThan(ticket.version)
    const late = await (
      await desk.as('handler@371602-ZJ')
    ).post(`/api/tickets/${ticket.id}/recordProgress`, {
      version: ticket.version,
      note: '已现场核实',
    })
    expect(late.status).toBe(200)
  })

  it('同时有人在办：一张也不漏，一张也不重，别人的操作也不丢', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => desk.handling()))
    const n = await version(9)
    const job = await apply('default', n)
    const notes = await Promise.all(
      made.map(async (ticket, index) => {
        const handler = await (index % 2 ? second : app).signIn('handler@371602-ZJ')
        return handler.post(`/api/tickets/${ticket.id}/recordProgress`, {
          version: ticket.version,
          note: `第 ${index} 件`,
        })
      }),
    )
    for (const answer of notes) ok(answer)
    await done(job.id)
    for (const ticket of made) {
      const { history, assignments } = await now(ticket)
      expect(
        history.filter((event) => event.type === 'ticket.deadlinesRecomputed' && event.jobId === job.id),
      ).toHaveLength(1)
      expect(history.filter((event) => event.type === 'ticket.progressRecorded')).toHaveLength(1)
      expect(assignments[0]?.limit.n).toBe(9)
    }
  })

  it('做到一半的进程死了，接手的从断处做下去：先前做过的不再做，数目对得上', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => desk.handling()))
    ok(
      await director.post('/api/limits/apply', {
        id: 'default',
        version: await version(11),
        basedOn: await seq(),
        note: '先只用于新工单',
        isForOpen: false,
      }),
    )
    const ids = made.map(({ id }) => id).sort()
    const jobId = '000000-left-by-a-dead-process'
    await database.db.collection<{ _id: string }>('recomputeJobs').insertOne({
      _id: jobId,
      cause: '接着做',
      state: 'running',
      createdAt: app.clock.now(),
      startedAt: app.clock.now(),
      notBefore: app.clock.now(),
      by: { userId: director.user.id, name: director.user.name, unitId: director.user.unitId },
      owner: 'dead',
      cursor: ids[2],
      total: 6,
      seen: 3,
      changed: 3,
      retried: 0,
      missed: 0,
      wouldBeOver: 0,
    } as never)
    const report = await done(jobId)
    expect(report).toMatchObject({ seen: 6, changed: 6 })
    const touched = await tickets()
      .find({ events: { $elemMatch: { jobId } } } as never, { projection: { _id: 1 } })
      .toArray()
    expect(touched.map(({ _id }) => _id).sort()).toEqual(ids.slice(3))
  })

  it('进度和结束都有提示；最近的几次看得到', async () => {
    const ear = await listen(app, await app.signIn('dispatcher1'))
    await desk.handling()
    const job = await apply('default', await version(8))
    await done(job.id)
    await eventually(
      async () => ear.heard.filter(({ event }) => event === 'recompute.changed').map(({ payload }) => payload),
      (hints) => hints.some((hint) => JSON.stringify(hint) === JSON.stringify({ id: job.id, isDone: true })),
    )
    ear.close()
    const { items } = ok(await director.get('/api/recomputes')) as { items: RecomputeJobView[] }
    expect(items.find(({ id }) => id === job.id)).toMatchObject({ state: 'done', byName: director.user.name })
    expect((await (await app.signIn('clerk@371602-ZJ')).get('/api/recomputes')).status).toBe(403)
    expect((await director.get('/api/recomputes/nowhere')).status).toBe(404)
  })
})
