import { randomUUID } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { dayOf, shiftDay, type Day } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import { readPasted } from '@hotline/shared/roster/paste'
import {
  CopyDays,
  DayDuties,
  DayInput,
  DutyView,
  ImportText,
  inRosterOrder,
  isOnDuty,
  MOST_DUTIES,
  mayEditRoster,
  mayLogPatrol,
  PatrolInput,
  PatrolView,
  RosterDay,
  RosterQuery,
  type DutyInput,
} from '@hotline/shared/roster/roster'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Audit } from '../audit/auditService'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import { idempotencyKeyOf, type Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { Transact } from '../../platform/outbox'
import { assertMayRead, emptyOn, type RosterReader } from './rosterReader'
import { phoneContext, type DayChange, type DutyRow, type RosterStore } from './rosterStore'

const PATH = '/api/roster'
const tag = '值班'
const Days = z.object({ items: z.array(RosterDay) })
const Saved = z.object({ days: z.array(z.string()), skipped: z.array(z.string()) })
const Imported = z.object({
  lines: z.array(z.object({ n: z.int(), text: z.string(), problem: z.string().optional() })),
  days: z.array(z.string()),
  isSaved: z.boolean(),
})

const api: RouteDoc[] = [
  { method: 'get', path: PATH, tag, summary: '一段时间的值班表和巡查记录', query: RosterQuery, response: Days },
  {
    method: 'get',
    path: `${PATH}/now`,
    tag,
    summary: '此刻谁当班；电话给班长、派单员、督办员、主任、市领导看',
    response: z.object({ at: z.iso.datetime(), items: z.array(DutyView) }),
  },
  {
    method: 'post',
    path: `${PATH}/copy`,
    tag,
    summary: '把几天的值班照抄到另几天；已有安排的不动，除非说明替换',
    body: CopyDays,
    response: Saved,
    isWrite: true,
  },
  {
    method: 'post',
    path: `${PATH}/import`,
    tag,
    summary: '粘贴导入：逐行核对，有一行不对就一行都不存',
    body: ImportText,
    response: Imported,
    isWrite: true,
  },
  {
    method: 'post',
    path: `${PATH}/{day}/duties`,
    tag,
    summary: '写定一天的值班',
    body: DayDuties,
    response: RosterDay,
    isWrite: true,
  },
  {
    method: 'post',
    path: `${PATH}/{day}/patrols`,
    tag,
    summary: '记一次巡查',
    body: PatrolInput,
    response: PatrolView,
    status: 201,
    isWrite: true,
  },
]

export interface RosterDeps {
  store: RosterStore
  reader: RosterReader
  crypto: Crypto
  audit: Audit
  transact: Transact
  clock: Clock
  write: Write
}

/** 值班表: who leads, who patrols, and what the patrols found. */
export function createRosterFeature({ store, reader, crypto, audit, transact, clock, write }: RosterDeps): Feature {
  const { rowsOf, rowOf, dutyOf, present } = reader
  const router = Router()

  const sealed = (day: Day, { phone, section, title, ...duty }: DutyInput): DutyRow => {
    const id = randomUUID()
    return {
      id,
      ...duty,
      ...(duty.post === 'section' && section ? { section } : {}),
      ...(title ? { title } : {}),
      ...(phone ? { phone: crypto.seal(phone, phoneContext(day, id)) } : {}),
    }
  }
  const opened = (day: Day, { id, phone, ...duty }: DutyRow): DutyInput => ({
    ...duty,
    ...(phone ? { phone: crypto.open(phone, phoneContext(day, id)) } : {}),
  })

  async function save(changes: readonly DayChange[], req: Request, reason: string): Promise<void> {
    if (changes.length === 0) return
    const actor = actorOf(req)
    const days = changes.map(({ _id }) => _id)
    const target = `roster/${days[0]}`
    await transact(async (tx) => {
      await store.saveDays(changes, { at: clock.now(), name: actor.name }, tx)
      audit.appendWith(tx, { actor, action: 'roster.saved', target, reason, ip: req.ip, details: { days } })
    })
  }

  router.get('/', async (req, res) => {
    const actor = readerOf(req)
    res.json({ items: await reader.days(parse(RosterQuery, req.query), actor) })
  })
  router.get('/now', async (req, res) => {
    const actor = readerOf(req)
    const at = clock.now()
    const today = dayOf(at)
    // Last night's duty lasts into this morning.
    const rows = await store.between(shiftDay(today, -1), today)
    const items = rows.flatMap(({ _id, duties }) =>
      duties.filter((duty) => isOnDuty(_id, duty, at)).map((duty) => dutyOf(_id, duty, actor)),
    )
    res.json({ at: at.toISOString(), items: inRosterOrder(items) })
  })

  router.post(
    '/copy',
    write(async (req) => {
      editorOf(req)
      const { from, to, days, replaces } = parse(CopyDays, req.body)
      if (from === to) throw new AppError('invalidInput', '不能照抄到同一天')
      const last = days - 1
      const [source, target] = await Promise.all([rowsOf(from, shiftDay(from, last)), rowsOf(to, shiftDay(to, last))])
      const skipped: Day[] = []
      const changes: DayChange[] = []
      for (let n = 0; n < days; n += 1) {
        const [day, model] = [shiftDay(to, n), source.get(shiftDay(from, n))]
        const there = target.get(day) ?? emptyOn(day)
        if (!model || model.duties.length === 0) continue
        if (there.duties.length > 0 && !replaces) skipped.push(day)
        else {
          const duties = model.duties.map((duty) => sealed(day, opened(model._id, duty)))
          changes.push({ _id: day, version: there.version, duties })
        }
      }
      await save(changes, req, `照抄 ${from} 起 ${days} 天`)
      return { body: { days: changes.map(({ _id }) => _id), skipped } }
    }),
  )

  // Telephones are in these answers, and must not lie in the database in plain until their keys are forgotten.
  const once = { withoutBody: true }
  router.post(
    '/import',
    write(async (req) => {
      editorOf(req)
      const { text, isCheck } = parse(ImportText, req.body)
      const lines = readPasted(text, dayOf(clock.now()))
      if (lines.length === 0) throw new AppError('invalidInput', '没有读到值班安排，请粘贴表格的内容')
      const byDay = new Map<Day, DutyInput[]>()
      for (const { day, duty } of lines) if (day && duty) byDay.set(day, [...(byDay.get(day) ?? []), duty])
      const days = [...byDay.keys()].sort()
      const body = {
        lines: lines.map(({ n, text: line, problem }) => ({ n, text: line, ...(problem ? { problem } : {}) })),
        days,
      }
      if (days.some((day) => (byDay.get(day)?.length ?? 0) > MOST_DUTIES))
        throw new AppError('invalidInput', `一天最多 ${MOST_DUTIES} 人`)
      const [from, to] = [days[0], days.at(-1)]
      if (isCheck || lines.some(({ problem }) => problem) || !from || !to) return { body: { ...body, isSaved: false } }
      const there = await rowsOf(from, to)
      const changes = days.map((day) => ({
        _id: day,
        version: there.get(day)?.version ?? 0,
        duties: (byDay.get(day) ?? []).map((duty) => sealed(day, duty)),
      }))
      await save(changes, req, '粘贴导入')
      return { body: { ...body, isSaved: true } }
    }, once),
  )

  router.post(
    '/:day/duties',
    write(async (req) => {
      const actor = editorOf(req)
      const day = parse(DayInput, req.params.day)
      const { version, duties } = parse(DayDuties, req.body)
      const there = await rowOf(day)
      if (there.version !== version)
        throw new AppError('staleVersion', '这一天的值班刚被别人修改，请看过最新的再改', {
          version: there.version,
          by: there.updatedByName,
        })
      await save([{ _id: day, version, duties: duties.map((duty) => sealed(day, duty)) }], req, '编排值班')
      return { body: present(await rowOf(day), actor) }
    }, once),
  )

  router.post(
    '/:day/patrols',
    write(async (req) => {
      const actor = actorOf(req)
      if (!mayLogPatrol(actor)) throw new AppError('forbidden', '您的岗位不能记巡查')
      const day = parse(DayInput, req.params.day)
      const input = parse(PatrolInput, req.body)
      if (dayOf(input.at) !== day) throw new AppError('invalidInput', '巡查时间不在这一天')
      if (input.at > clock.now()) throw new AppError('invalidInput', '巡查时间不能晚于现在')
      // Named by the request, so that its replay finds it.
      const id = crypto.hashOf('patrol', `${actor.userId} ${idempotencyKeyOf(req)}`).slice(0, 24)
      const patrol = { id, ...input, byName: actor.name, byId: actor.userId }
      await store.addPatrol(day, patrol)
      const { byId: _byId, at, ...rest } = patrol
      return { status: 201, body: { ...rest, at: at.toISOString() } satisfies PatrolView }
    }),
  )

  return { path: PATH, router, api }
}

/** @throws AppError forbidden */
function readerOf(req: Request): Actor {
  const actor = actorOf(req)
  assertMayRead(actor)
  return actor
}

/** @throws AppError forbidden */
function editorOf(req: Request): Actor {
  const actor = actorOf(req)
  if (!mayEditRoster(actor)) throw new AppError('forbidden', '值班表由督办员、热线主任编排')
  return actor
}
