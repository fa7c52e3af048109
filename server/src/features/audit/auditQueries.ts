import { AUDIT_LABELS, targetLabel, type AuditQuery, type AuditView } from '@hotline/shared/audit/audit'
import { TOTAL_CAP, type Page } from '@hotline/shared/page'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import type { AuditRow } from './auditChain'

export interface AuditQueryDeps {
  db: Db
  unitName(unitId: string): string
  /** The id of the ticket with this number; a number is never in the log's own columns. */
  ticketIdOf(no: string): Promise<string | undefined>
}

/** Reads of the log, the newest first. */
export interface AuditQueries {
  list(query: AuditQuery): Promise<Page<AuditView>>
  /** Counts no further than `most`. */
  count(query: AuditQuery, most: number): Promise<number>
  each(query: AuditQuery): AsyncIterable<AuditView>
  /** The number of the newest entry. */
  newest(): Promise<number>
}

/** Read at the pace of whoever takes it along. */
const LONG_READ = { batchSize: 500, maxTimeMS: 120_000 } as const

export function createAuditQueries({ db, unitName, ticketIdOf }: AuditQueryDeps): AuditQueries {
  const rows = db.collection<AuditRow>('audit')

  async function filterOf({ actorId, person, action, target, ticket, from, to, upTo }: AuditQuery) {
    const ticketId = ticket && (/^\d{18,20}$/.test(ticket) ? ((await ticketIdOf(ticket)) ?? ticket) : ticket)
    return {
      ...(actorId ? { actorId } : {}),
      ...(person ? { actorName: { $gte: person, $lt: `${person}\uffff` } } : {}),
      ...(action ? { action } : {}),
      ...(ticketId ? { target: `tickets/${ticketId}` } : target ? { target } : {}),
      ...(upTo === undefined ? {} : { _id: { $lte: upTo } }),
      ...(from || to ? { at: { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) } } : {}),
    } as never
  }

  function present({ _id, at, prevHash: _prevHash, key: _key, ...row }: AuditRow): AuditView {
    return {
      seq: _id,
      at: at.toISOString(),
      ...row,
      unitName: unitName(row.unitId),
      actionLabel: AUDIT_LABELS[row.action] ?? row.action,
      targetLabel: targetLabel(row.actorId, row.target, row.details),
    }
  }

  return {
    async list(query) {
      const filter = await filterOf(query)
      const { page, pageSize } = query
      const [items, total] = await Promise.all([
        rows
          .find(filter, READ_LIMIT)
          .sort({ _id: -1 })
          .skip((page - 1) * pageSize)
          .limit(pageSize)
          .toArray(),
        rows.countDocuments(filter, { limit: TOTAL_CAP + 1, ...READ_LIMIT }),
      ])
      return { items: items.map(present), total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP }
    },
    count: async (query, most) => rows.countDocuments(await filterOf(query), { limit: most, ...READ_LIMIT }),
    newest: async () => (await rows.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } }))?._id ?? 0,
    async *each(query) {
      for await (const row of rows.find(await filterOf(query), LONG_READ).sort({ _id: -1 })) yield present(row)
    },
  }
}
