import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CalendarList } from '@hotline/shared/calendar/view'
import type { RecomputeJobView, RecomputePreview } from '@hotline/shared/limits/recomputeView'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { eventually, ok, openDatabase, openDesk, type Desk } from '../helpers/desk'

let app: TestApp
let second: TestApp
let desk: Desk
let director: Client
beforeAll(async () => {
  app = await startApp()
  second = await startApp({ beside: app })
  desk = openDesk(app)
  director = await app.signIn('director')
})
afterAll(async () => {
  await second.stop()
  await app.stop()
})

const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。`
const list = async () => ok(await director.get('/api/calendar')) as CalendarList
const yearOf = async (year: number) => (await list()).years.find((one) => one.year === year)
const read = async (text: string, year?: number) =>
  ok(await director.post('/api/calendar/read-notice', { text, ...(year ? { year } : {}) }))
const done = (id: string) =>
  eventually(
    async () => ok(await director.get(`/api/recomputes/${id}`)) as RecomputeJobView,
    ({ state }) => state === 'done',
    '重算没有做完',
  )

describe('工作日历', () => {
  it('已公布的年份都在，注明通知', async () => {
    const { years } = await list()
    expect(years.map(({ year, published }) => [year, published?.source.includes('国务院办公厅')])).toEqual([
      [2025, true],
      [2026, true],
    ])
  })

  it('读一份通知：先看读到什么，什么也没有保存', async () => {
    const result = await read(NOTICE)
    expect(result).toMatchObject({ year: 2027, work: ['2027-02-14'], problems: [] })
    expect(result.off).toEqual(expect.arrayContaining(['2027-01-01', '2027-02-11']))
    expect((await read('1月1日至3日放假，共4天', 2027)).problems.join()).toContain('写明 4 天，读到 3 天')
    expect(await yearOf(2027)).toBeUndefined()
  })

  it('草稿不参与计算', async () => {
    app.clock.set('2026-12-28T10:00:00+08:00')
    const { year, off, work, source } = await read(NOTICE)
    const draft = { calendar: { year, off, work, source }, basedOn: 0, note: '先存着' }
    expect(ok(await director.post('/api/calendar/drafts', draft))).toMatchObject({ isPublished: false, version: 1 })
    expect(await yearOf(2027)).toMatchObject({ version: 1, draft: { version: 1 } })
    const ticket = await desk.handling()
    expect(ticket.isProvisional).toBe(true)
  })

  it('公布：先看在办工单会怎样，再在后台重算；暂定的确定下来，两个进程都用新的', async () => {
    const ticket = await desk.handling()
    const { year, off, work, source } = await read(NOTICE)
    const calendar = { year, off, work, source }
    const preview = ok(await director.post('/api/calendar/preview', { calendar })) as RecomputePreview
    expect(preview.changing).toBeGreaterThanOrEqual(2)
    expect(preview.later).toBe(preview.changing)
    const sample = preview.samples.find(({ id }) => id === ticket.id)
    expect(sample).toMatchObject({ direction: 'later', no: ticket.no, from: ticket.resolveBy })

    const { job, year: saved } = ok(
      await director.post('/api/calendar/publish', { calendar, basedOn: 1, note: '国办通知已发' }),
    )
    expect(saved).toMatchObject({ year: 2027, version: 2, isPublished: true })
    expect(job.cause).toBe('公布 2027 年工作日历')
    const report = await done(job.id)
    expect([report.changed, report.seen]).toEqual([preview.changing, preview.total])
    const now = ok(await desk.see('director', ticket)) as TicketView
    expect([now.isProvisional, now.resolveBy]).toEqual([false, sample?.to])
    expect(now.assignments[0]).toMatchObject({ isProvisional: false, resolveBy: sample?.to })
    expect(now.assignments[0]?.explain.join()).toContain('2027-01-01（周五）至 2027-01-03（周日）法定节假日，不计')
    expect(now.history.at(-1)).toMatchObject({
      type: 'ticket.deadlinesRecomputed',
      jobId: job.id,
      by: { name: director.user.name },
    })
    await eventually(
      async () => (await openDesk(second).dispatched()).isProvisional,
      (isProvisional) => isProvisional === false,
    )
    const audit = ok(await director.get('/api/audit?action=calendar.published'))
    expect(audit.items[0]).toMatchObject({ target: 'calendar/2027', reason: '国办通知已发' })
  })

  it('两人先后公布同一年，后到的被告知；没有差别的不收', async () => {
    const published = (await yearOf(2027))?.published
    if (!published) throw new Error('2027 is published')
    const { year, off, work, source } = published
    const calendar = { year, off: [...off, '2027-04-05'], work, source }
    const stale = await director.post('/api/calendar/publish', { calendar, basedOn: 1, note: '旧页面' })
    expect([stale.status, stale.body.code]).toEqual([409, 'staleVersion'])
    const same = await director.post('/api/calendar/publish', {
      calendar: { year, off, work, source },
      basedOn: 2,
      note: '没有改',
    })
    expect(same.body.message).toContain('没有差别')
  })

  it('公布之后、重算之前进程中断的，再公布一次就接着做完', async () => {
    const { db, close } = await openDatabase(app)
    const jobs = await db.collection('recomputeJobs').find().toArray()
    await db.collection('recomputeJobs').deleteMany({})
    const { year, off, work, source } = (await yearOf(2027))!.published!
    const again = { calendar: { year, off, work, source }, basedOn: 2, note: '接着做' }
    const { job, year: saved } = ok(await director.post('/api/calendar/publish', again))
    expect(saved).toMatchObject({ year: 2027, version: 2 })
    await done(job.id)
    expect((await director.post('/api/calendar/publish', again)).body.message).toContain('没有差别')
    await db.collection('recomputeJobs').insertMany(jobs)
    await close()
  })

  it('不合理的年份，逐项指出', async () => {
    const calendar = { year: 2028, off: ['2028-01-01', '2030-05-01'], work: ['2028-01-04'], source: '通知草稿' }
    const answer = await director.post('/api/calendar/publish', { calendar, basedOn: 0, note: '试试' })
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body.details.fields)).toContain('2030-05-01 不属于 2028 年')
    expect(JSON.stringify(answer.body.details.fields)).toContain('本来就上班')
    const clash = { year: 2028, off: ['2027-12-31', '2028-01-01'], work: [], source: '通知草稿' }
    ok(await director.post('/api/calendar/drafts', { calendar: clash, basedOn: 0, note: '跨年的' }))
  })

  it('主任之外的人只能看', async () => {
    const body = {
      calendar: { year: 2029, off: ['2029-01-01'], work: [], source: '通知' },
      basedOn: 0,
      note: '不该成功',
    }
    for (const username of ['admin', 'dispatcher1', 'clerk@371602-ZJ']) {
      const client = await app.signIn(username)
      expect((await client.get('/api/calendar')).status).toBe(200)
      for (const path of ['publish', 'drafts', 'preview', 'read-notice'])
        expect([username, path, (await client.post(`/api/calendar/${path}`, body)).status]).toEqual([
          username,
          path,
          403,
        ])
    }
  })
})
