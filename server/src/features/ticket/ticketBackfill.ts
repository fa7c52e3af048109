import { exhaustedAt } from '@hotline/shared/ticket/callbackTargets'
import type { Staff } from '@hotline/shared/ticket/context'
import { keptFromOf } from '@hotline/shared/ticket/decide/merging'
import { deskDueOf } from '@hotline/shared/ticket/deskDue'
import { desksOf } from '@hotline/shared/ticket/desks'
import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import { createStaffDirectory } from '../user/staffDirectory'
import type { TicketDoc } from './ticketDocument'

const BATCH = 500

/**
 * Index fields are made at each commit. Where a rule is younger than a ticket's last commit, they are made here: what is
 * overdue may never see another one by itself.
 */
export const backfillMigrations: Migration[] = [
  {
    id: 570,
    name: '在办工单按现行规则列入各办件台（建议督办、待提级、代审）',
    up: listOpenTickets,
  },
  {
    id: 571,
    name: '统计：甄别后仍计的重办次数',
    up: countStandingReworks,
  },
  {
    id: 860,
    name: '审核退回的反馈列入“待补充”',
    up: listOpenTickets,
  },
  {
    id: 595,
    name: '一人多岗单位的差评整改列入上级的“代审”',
    up: listOpenTickets,
  },
  {
    id: 596,
    name: '并入的举报保密件记下要对谁保密',
    up: keepMergedReports,
  },
]

/** Merged before the main ticket kept it: as it stands with the report itself. */
async function keepMergedReports(db: Db): Promise<void> {
  const tickets = db.collection<TicketDoc>('tickets')
  const mains = tickets.find(
    { 't.confidentiality': 2, 't.participants.0': { $exists: true }, status: { $in: [...OPEN_STATUSES] } },
    { projection: { version: 1, 't.participants': 1 } },
  )
  for await (const { _id, version, t } of mains) {
    const ids = t.participants?.map(({ ticketId }) => ticketId) ?? []
    const of = { 't.confidentiality': 1, 't.accusedUnitIds': 1 } as const
    const joined = await tickets.find({ _id: { $in: ids } }, { projection: of }).toArray()
    const keptBy = new Map(joined.map((one) => [one._id, keptFromOf(one.t)]))
    const participants = t.participants?.map((one) => {
      const keptFrom = one.keptFrom ?? keptBy.get(one.ticketId)
      return keptFrom ? { ...one, keptFrom } : one
    })
    await tickets.updateOne({ _id, version }, { $set: { 't.participants': participants } })
  }
}

async function listOpenTickets(db: Db): Promise<void> {
  const staff = createStaffDirectory({ db }, { warn: () => undefined })
  await staff.poll()
  const tickets = db.collection<TicketDoc>('tickets')
  let updates: Parameters<typeof tickets.bulkWrite>[0][number][] = []
  const flush = async () => {
    if (updates.length > 0) await tickets.bulkWrite(updates, { ordered: false })
    updates = []
  }
  const open = tickets.find({ status: { $in: [...OPEN_STATUSES] } }, { projection: { t: 1, desks: 1 } })
  for await (const { _id, t, desks } of open) {
    const set = changesOf(t, desks, staff)
    if (set) updates.push({ updateOne: { filter: { _id, version: t.version }, update: { $set: set } } })
    if (updates.length >= BATCH) await flush()
  }
  await flush()
}

function changesOf(ticket: Ticket, before: readonly string[], staff: Staff): Record<string, unknown> | undefined {
  const desks = desksOf(ticket, staff)
  const isSame = desks.length === before.length && desks.every((desk) => before.includes(desk))
  const { status, callbackBy, pendingJudgement, nextCheckAt } = ticket
  // Who was called in vain is out of reach when the callback's last day is over.
  const isOver = status === 'callback' && !pendingJudgement && !nextCheckAt && callbackBy !== undefined
  const check = isOver && exhaustedAt(ticket, new Date(0))?.getTime() === callbackBy.getTime() ? callbackBy : undefined
  if (isSame && !check) return undefined
  return {
    ...(isSame ? {} : { desks, deskDue: deskDueOf(ticket, desks) }),
    ...(check ? { nextCheckAt: check, 't.nextCheckAt': check } : {}),
  }
}

/** Before there were appeals, all of them. */
async function countStandingReworks(db: Db): Promise<void> {
  await db
    .collection('tickets')
    .updateMany({ 'facts.standingReworkCount': { $exists: false }, 'facts.reworkCount': { $exists: true } }, [
      { $set: { 'facts.standingReworkCount': '$facts.reworkCount' } },
    ])
}
