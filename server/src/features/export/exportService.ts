import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Actor } from '@hotline/shared/actor'
import { hasRole } from '@hotline/shared/actor'
import { DAY, HOUR } from '@hotline/shared/calendar/millis'
import { AppError } from '@hotline/shared/error'
import type { Cell } from '@hotline/shared/export/cell'
import {
  DIRECT_ROWS,
  EXPORT_KEPT_DAYS,
  MOST_ROWS,
  type ExportInput,
  type ExportList,
} from '@hotline/shared/export/export'
import { exportRolesOf } from '@hotline/shared/export/roles'
import type { Clock } from '../../platform/clock'
import type { Live } from '../../platform/live'
import type { Logger } from '../../platform/log'
import { isOutage } from '../../platform/mongo'
import type { Transact, Tx } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import type { Notices } from '../notice/noticeService'
import type { ExportSource } from './exportSource'
import type { ExportRow, ExportStore } from './exportStore'
import { writeWorkbook } from './workbook'

export interface ExportServiceDeps {
  store: ExportStore
  sources: Readonly<Record<ExportList, ExportSource>>
  /** The account as it is now; nothing for one that is closed. */
  actorOf(userId: string): Promise<Actor | undefined>
  audit: Audit
  notices: Notices
  transact: Transact
  hint: Live['hint']
  /** Files are kept by the machine's time, not by a drill's. */
  clock: Clock
  logger: Logger
}

export interface ExportService {
  /** @throws AppError forbidden, invalidInput, ruleViolated */
  ask(input: ExportInput, actor: Actor, ip?: string): Promise<ExportRow>
  list(actor: Actor): Promise<ExportRow[]>
  find(id: string, actor: Actor): Promise<ExportRow>
  /** The spreadsheet: written now, or as it was written. @throws AppError notFound, forbidden, ruleViolated */
  open(id: string, actor: Actor): Promise<{ row: ExportRow; bytes: Readable }>
  /** Writes what waits, one after another. */
  work(touch: () => Promise<void>): Promise<void>
  /** Takes away what has been kept long enough. */
  sweep(): Promise<void>
}

const MOST_PENDING = 3
const MOST_LISTED = 50
const ATTEMPTS = 3
const EVERY_ROWS = 500
/** A direct one is taken at once, or once more; its rows are those of the moment when it is taken. */
const DIRECT_KEPT = HOUR

export function createExportService(deps: ExportServiceDeps): ExportService {
  const { store, sources, audit, notices, transact, hint, clock, logger } = deps
  const openList = (row: ExportRow, actor: Actor) => sources[row.list as ExportList](actor, row.query, row.columns)
  function assertMayTake(list: ExportList, actor: Actor): void {
    if (!hasRole(actor, ...exportRolesOf(list))) throw new AppError('forbidden', '您的岗位不能导出')
  }
  const changed = ({ _id: id, ownerId }: ExportRow) => hint([`user:${ownerId}`], 'export.changed', { id })

  async function find(id: string, actor: Actor): Promise<ExportRow> {
    const row = await store.find(id, actor.userId)
    if (!row || row.expiresAt < clock.now()) throw new AppError('notFound', '没有这份导出，或已过保存期，请重新导出')
    if (row.sightKey !== sightKeyOf(actor)) throw new AppError('forbidden', '您的岗位已变动，请重新导出')
    return row
  }

  async function write(row: ExportRow, touch: () => Promise<void>): Promise<void> {
    const actor = await deps.actorOf(row.ownerId)
    if (!actor || sightKeyOf(actor) !== row.sightKey) return fail(row, '账号已停用或岗位已变动，请重新导出')
    if (row.fileId) await store.removeFile(row.fileId)
    const fileId = store.newFileId()
    await store.update(row._id, { state: 'running', rows: 0, fileId })
    const list = openList(row, actor)
    let rows = 0
    const counted = async function* (): AsyncGenerator<readonly Cell[]> {
      for await (const cells of list.rows()) {
        if (rows === MOST_ROWS) return
        yield cells
        rows += 1
        if (rows % EVERY_ROWS > 0) continue
        await store.update(row._id, { rows })
        changed(row)
        await touch()
      }
    }
    const size = await store.putFile(fileId, writeWorkbook(list.title, list.columns, counted()))
    const expiresAt = new Date(clock.now().getTime() + EXPORT_KEPT_DAYS * DAY)
    const isCut = rows === MOST_ROWS
    const message = isCut ? `只写了前 ${MOST_ROWS} 行，请缩小条件分次导出` : undefined
    const done = { state: 'done' as const, rows, total: rows, size, expiresAt, ...(message ? { message } : {}) }
    const isMine = await transact(async (tx) => {
      const isFinished = await store.finish(row._id, fileId, done, tx)
      if (isFinished) tell(tx, row, '导出已完成', `${row.title}共 ${rows} 行，${EXPORT_KEPT_DAYS} 天内可下载`)
      return isFinished
    })
    if (isMine) changed(row)
    else await store.removeFile(fileId)
  }

  async function fail(row: ExportRow, message: string): Promise<void> {
    if (row.fileId) await store.removeFile(row.fileId)
    await transact(async (tx) => {
      if (await store.fail(row._id, message, tx)) tell(tx, row, '导出未完成', `${row.title}：${message}`)
    })
    changed(row)
  }

  function tell(tx: Tx, row: ExportRow, title: string, text: string): void {
    const recipients = [{ userId: row.ownerId }]
    const key = `export:${row._id}`
    notices.sendWith(tx, [{ key, recipients, kind: 'export.done', title, text, link: '/exports' }])
  }

  return {
    async ask({ list, query: asked, columns, reason }, actor, ip) {
      assertMayTake(list, actor)
      const found = sources[list](actor, asked, columns)
      const query = found.moment ? { ...asked, ...(await found.moment()) } : asked
      const opened = found.moment ? sources[list](actor, query, columns) : found
      const total = await opened.count(MOST_ROWS)
      const isDirect = total <= DIRECT_ROWS
      if (!isDirect && (await store.countPending(actor.userId)) >= MOST_PENDING)
        throw new AppError('ruleViolated', `您已有 ${MOST_PENDING} 份导出正在生成，请等它们完成后再导出`)
      const now = clock.now()
      const row: ExportRow = {
        _id: randomUUID(),
        ownerId: actor.userId,
        sightKey: sightKeyOf(actor),
        list,
        query,
        ...(columns ? { columns } : {}),
        reason,
        title: opened.title,
        state: isDirect ? 'direct' : 'waiting',
        rows: isDirect ? total : 0,
        total,
        attempts: 0,
        at: now,
        expiresAt: new Date(now.getTime() + (isDirect ? DIRECT_KEPT : EXPORT_KEPT_DAYS * DAY)),
      }
      await audit.append({
        actor,
        action: 'list.exported',
        target: `exports/${row._id}`,
        reason,
        ip,
        details: { ...asked, title: opened.title, list, total },
      })
      await store.insert(row)
      return row
    },

    list: async (actor) => {
      const now = clock.now()
      const mine = await store.ofOwner(actor.userId, MOST_LISTED)
      return mine.filter(({ expiresAt }) => expiresAt > now)
    },

    find,

    async open(id, actor) {
      const row = await find(id, actor)
      assertMayTake(row.list as ExportList, actor)
      if (row.state === 'direct') {
        const list = openList(row, actor)
        return { row, bytes: writeWorkbook(list.title, list.columns, list.rows()) }
      }
      if (row.state !== 'done' || !row.fileId) throw new AppError('ruleViolated', row.message ?? '这份导出还没有写完')
      return { row, bytes: store.readFile(row.fileId) }
    },

    async work(touch) {
      for (let row = await store.next(); row; row = await store.next()) {
        await touch()
        if (row.attempts >= ATTEMPTS) {
          await fail(row, '多次生成失败，请缩小条件后重试，或告诉管理员')
          continue
        }
        await store.update(row._id, { attempts: row.attempts + 1 })
        try {
          await write(row, touch)
        } catch (error) {
          // Without the database nothing can be noted: the next run takes it up from its beginning.
          if (isOutage(error)) throw error
          logger.error({ err: error, export: row._id }, '导出失败，将再试')
          if (error instanceof AppError) await fail(row, error.message)
        }
      }
    },

    async sweep() {
      for (const row of await store.expired(clock.now(), 100)) {
        if (row.fileId) await store.removeFile(row.fileId)
        await store.remove(row._id)
      }
    },
  }
}

function sightKeyOf({ unitId, roles }: Actor): string {
  return [unitId, ...[...roles].sort()].join('|')
}
