import { randomUUID } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import type { Day } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import {
  AddItem,
  DoneItem,
  EditItem,
  gathered,
  GATHERED,
  GatherInput,
  HoldMeeting,
  isCarried,
  mayEditMeetings,
  MEETING_STATES,
  MOST_ITEMS,
  OrderItems,
  RemoveItem,
  WeekInput,
  type MeetingSummary,
} from '@hotline/shared/meeting/meeting'
import { keys } from '@hotline/shared/ticket/commandInputs'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Audit } from '../audit/auditService'
import type { TicketQueries } from '../ticket/ticketQueries'
import type { TicketPresenter } from '../ticket/ticketView'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import { parse } from '../../platform/http/validate'
import type { Transact } from '../../platform/outbox'
import { meetingApi, MEETINGS_PATH } from './meetingDocs'
import { assertMayRead, blank, type MeetingReader } from './meetingReader'
import type { FoundTicket, MeetingItem, MeetingRow, MeetingStore } from './meetingStore'

export interface MeetingDeps {
  store: MeetingStore
  reader: MeetingReader
  tickets: Pick<TicketQueries, 'matching'>
  presenter: TicketPresenter
  units: UnitTree
  audit: Audit
  transact: Transact
  clock: Clock
  write: Write
}

const MOST_SHOWN = 60

/** 周例会清单: gathered by rule, put in order by hand, held, followed until everything is done. */
export function createMeetingFeature(deps: MeetingDeps): Feature {
  const { store, reader, tickets, presenter, units, audit, transact, clock, write } = deps
  const { present } = reader
  const router = Router()

  /** @throws AppError staleVersion, ruleViolated when it has been held */
  async function drafted(week: Day, version: number): Promise<MeetingRow> {
    const row = (await store.find(week)) ?? blank(week)
    if (row.version !== version)
      throw new AppError('staleVersion', '清单刚被别人修改，请看过最新的再改', { version: row.version })
    if (row.state === 'held') throw new AppError('ruleViolated', '会已召开，清单不再改动；落实情况可以继续登记')
    return row
  }
  const newItem = ({ _id: ticketId, no, leadUnitId }: FoundTicket, change: Partial<MeetingItem>): MeetingItem => ({
    ...{ id: randomUUID(), ticketId, no, reasons: [], problem: '', demand: '', weeks: 1, state: 'open' },
    ...(leadUnitId ? { unitId: leadUnitId } : {}),
    ...change,
  })
  function within(items: MeetingItem[]): MeetingItem[] {
    if (items.length > MOST_ITEMS) throw new AppError('ruleViolated', `清单最多 ${MOST_ITEMS} 件，请把每类取的件数调小`)
    return items
  }
  function itemOf(row: MeetingRow, id: string): MeetingItem {
    const item = row.items.find((one) => one.id === id)
    if (!item) throw new AppError('notFound', '清单里没有这一件，可能刚被移除')
    return item
  }
  const replaced = (row: MeetingRow, item: MeetingItem): MeetingRow => ({
    ...row,
    items: row.items.map((one) => (one.id === item.id ? item : one)),
  })

  router.get('/', async (req, res) => {
    readerOf(req)
    const rows = await store.newest(MOST_SHOWN)
    const items = rows.map(({ _id: week, state, items: all }): MeetingSummary => {
      const standing = all.filter(({ removed }) => !removed)
      return { week, state, items: standing.length, open: standing.filter(isCarried).length }
    })
    res.json({ items })
  })
  router.get('/:week', async (req, res) => {
    const actor = readerOf(req)
    const week = parse(WeekInput, req.params.week)
    res.json(await reader.of(week, actor))
  })

  /** Reads the list, changes it, writes it if nobody was faster. */
  const change = (edit: (row: MeetingRow, req: Request, actor: Actor) => MeetingRow | Promise<MeetingRow>) =>
    write(async (req) => {
      const actor = editorOf(req)
      const week = parse(WeekInput, req.params.week)
      const { version } = parse(z.looseObject({ version: z.int({ error: '缺少版本号' }).min(0) }), req.body)
      const row = await edit(await drafted(week, version), req, actor)
      return { body: await present(await store.save(row, version), actor) }
    })

  router.post(
    '/:week/gather',
    change(async (row, req, actor) => {
      const { most } = parse(GatherInput, req.body)
      const now = clock.now()
      const [last, ...byReason] = await Promise.all([
        store.lastHeld(row._id),
        ...GATHERED.map((reason) => store.worst(actor, reason, most, now)),
      ])
      const carried = (last?.items ?? []).filter(isCarried).map((item) => ({
        ...item,
        ...{ id: randomUUID(), weeks: item.weeks + 1, reasons: ['carried' as const] },
      }))
      const found = byReason.flatMap((rows, index) => {
        const reason = GATHERED[index]
        return reason ? rows.map((ticket) => newItem(ticket, { reasons: [reason] })) : []
      })
      return { ...row, items: within(gathered(row.items, [...carried, ...found])), gatheredAt: now }
    }),
  )
  router.post(
    '/:week/items',
    change(async (row, req, actor) => {
      const { no, reason } = parse(AddItem, req.body)
      const { items } = await tickets.matching(actor, { no }, { page: 1, pageSize: 1 })
      const ticket = items[0]
      if (!ticket) throw new AppError('notFound', `没有编号 ${no} 的工单`)
      const proposal = { reason, byName: actor.name }
      const there = row.items.find(({ ticketId }) => ticketId === ticket._id)
      // What had been taken away comes back by being proposed.
      if (there) {
        if (!there.removed) throw new AppError('ruleViolated', `${no} 已在清单里`)
        const reasons = [...new Set([...there.reasons, 'hand' as const])]
        return replaced(row, { ...there, removed: undefined, proposal, reasons })
      }
      const found = { _id: ticket._id, no: ticket.t.no, leadUnitId: presenter.row(ticket, actor).leadUnitId }
      return { ...row, items: within([...row.items, newItem(found, { reasons: ['hand'], proposal })]) }
    }),
  )
  router.post(
    '/:week/items/:id',
    change((row, req) => {
      const { version: _version, ...edit } = parse(EditItem, req.body)
      if (edit.unitId && !units.get(edit.unitId)) throw new AppError('invalidInput', '没有这个责任单位')
      return replaced(row, { ...itemOf(row, String(req.params.id)), ...edit })
    }),
  )
  router.post(
    '/:week/items/:id/remove',
    change((row, req, actor) => {
      const { reason } = parse(RemoveItem, req.body)
      const removed = { reason, at: clock.now(), byName: actor.name }
      return replaced(row, { ...itemOf(row, String(req.params.id)), removed })
    }),
  )
  router.post(
    '/:week/order',
    change((row, req) => {
      const { ids } = parse(OrderItems, req.body)
      const known = new Set(row.items.map(({ id }) => id))
      if (ids.length !== known.size || new Set(ids).size !== ids.length || ids.some((id) => !known.has(id)))
        throw new AppError('invalidInput', '次序须包含清单里的每一件，各一次')
      return { ...row, items: ids.map((id) => itemOf(row, id)) }
    }),
  )
  router.post(
    '/:week/hold',
    write(async (req) => {
      const actor = editorOf(req)
      const week = parse(WeekInput, req.params.week)
      const { version } = parse(HoldMeeting, req.body)
      const row = await drafted(week, version)
      const standing = row.items.filter(({ removed }) => !removed)
      if (standing.length === 0) throw new AppError('ruleViolated', '清单是空的，请先归集或提请')
      const unsaid = standing.filter(({ demand }) => demand === '').map(({ no }) => no)
      if (unsaid.length > 0)
        throw new AppError('ruleViolated', `还有 ${unsaid.length} 件没有议定事项：${unsaid.slice(0, 3).join('、')}`)
      const held = { ...row, state: 'held' as const, heldAt: clock.now(), heldByName: actor.name }
      const details = { items: standing.length }
      const saved = await transact(async (tx) => {
        audit.appendWith(tx, { actor, action: 'meeting.held', target: `meetings/${week}`, ip: req.ip, details })
        return store.save(held, version, tx)
      })
      return { body: await present(saved, actor) }
    }),
  )
  router.post(
    '/:week/items/:id/done',
    write(async (req) => {
      const actor = editorOf(req)
      const week = parse(WeekInput, req.params.week)
      const { version, words } = parse(DoneItem, req.body)
      const row = await store.find(week)
      if (!row || row.state !== 'held') throw new AppError('ruleViolated', '会还没有召开，不能登记落实')
      if (row.version !== version)
        throw new AppError('staleVersion', '清单刚被别人修改，请看过最新的再登记', { version: row.version })
      const item = itemOf(row, String(req.params.id))
      if (!isCarried(item)) throw new AppError('ruleViolated', '这一件已经登记落实，或已移除')
      const done = { words, at: clock.now(), byName: actor.name }
      return { body: await present(await store.save(replaced(row, { ...item, state: 'done', done }), version), actor) }
    }),
  )

  return { path: MEETINGS_PATH, router, api: meetingApi(keys(MEETING_STATES)) }
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
  if (!mayEditMeetings(actor)) throw new AppError('forbidden', '周例会清单由督办员、热线主任拟定')
  return actor
}
