import { AppError } from '@hotline/shared/error'
import type { InspectionState, RoundInput, RoundState, Scored } from '@hotline/shared/inspection/inspection'
import { FIRST_SHEETS, type InspectionKind, type ScoreSheet } from '@hotline/shared/inspection/sheet'
import type { Migration } from '../../platform/migrations'
import { isDuplicate, READ_LIMIT, type Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'

interface Person {
  userId: string
  name: string
}

/** Never changed once it stands. */
export interface SheetRow extends ScoreSheet {
  /** `handling:3` */
  _id: string
  note: string
  at: Date
  byName: string
}

export interface RoundRow extends Omit<RoundInput, 'inspectorIds'> {
  _id: string
  inspectors: { id: string; name: string }[]
  seed: string
  population: number
  populationHash: string
  passedOver: string[]
  sheetVersion: number
  state: RoundState
  drawnAt: Date
  drawnBy: Person
  closedAt?: Date
  version: number
}

export interface InspectionRow {
  /** `{roundId}:{ticketId}` */
  _id: string
  roundId: string
  roundName: string
  kind: InspectionKind
  ticketId: string
  no: string
  unitId?: string
  agentId?: string
  /** Unit or agent: what summaries are made by. */
  subject: string
  subjectName: string
  inspectorId: string
  inspectorName: string
  sheetVersion: number
  state: InspectionState
  isClosed: boolean
  version: number
  drawnAt: Date
  scoredAt?: Date
  scored?: Scored
  objection?: { words: string; at: Date; by: Person }
  review?: { result: 'upheld' | 'changed'; words: string; at: Date; by: Person; before?: Scored }
  rectified?: { words: string; at: Date; by: Person }
}

export interface InspectionStore {
  sheets(kind?: InspectionKind): Promise<SheetRow[]>
  sheet(kind: InspectionKind, version: number): Promise<SheetRow>
  newestSheet(kind: InspectionKind): Promise<SheetRow>
  /** @throws AppError staleVersion */
  addSheet(sheet: SheetRow): Promise<void>
  /** The round and what was drawn for it. */
  addRound(round: RoundRow, inspections: readonly InspectionRow[], tx: Tx): Promise<void>
  round(id: string): Promise<RoundRow>
  rounds(): Promise<RoundRow[]>
  /** @throws AppError staleVersion */
  closeRound(id: string, version: number, at: Date, tx: Tx): Promise<void>
  one(id: string): Promise<InspectionRow>
  /** @throws AppError staleVersion */
  change(row: InspectionRow, change: Partial<InspectionRow>, tx?: Tx): Promise<InspectionRow>
}

const ROUNDS = 'inspectionRounds'
const INSPECTIONS = 'inspections'
const SHEETS = 'inspectionSheets'
/** Years of monthly rounds. */
const MOST_ROUNDS = 200
const MOST_SHEETS = 100

export function createInspectionStore(db: Db): InspectionStore {
  const rounds = db.collection<RoundRow>(ROUNDS)
  const inspections = db.collection<InspectionRow>(INSPECTIONS)
  const sheets = db.collection<SheetRow>(SHEETS)
  const missing = (what: string) => new AppError('notFound', `没有这${what}，可能已被删除`)

  return {
    sheets: (kind) =>
      sheets
        .find(kind ? { kind } : {}, READ_LIMIT)
        .sort({ kind: 1, version: -1 })
        .limit(MOST_SHEETS)
        .toArray(),
    async sheet(kind, version) {
      const found = await sheets.findOne({ _id: `${kind}:${version}` })
      if (!found) throw missing('张评分表')
      return found
    },
    async newestSheet(kind) {
      const [found] = await sheets.find({ kind }).sort({ version: -1 }).limit(1).toArray()
      if (!found) throw missing('张评分表')
      return found
    },
    async addSheet(sheet) {
      try {
        await sheets.insertOne(sheet)
      } catch (error) {
        throw isDuplicate(error) ? new AppError('staleVersion', '评分表刚被别人修改，请看过最新的再改') : error
      }
    },
    async addRound(round, drawn, { session }) {
      await inspections.insertMany([...drawn], { session })
      await rounds.insertOne(round, { session })
    },
    async round(id) {
      const found = await rounds.findOne({ _id: id })
      if (!found) throw missing('轮检查')
      return found
    },
    rounds: () => rounds.find({}, READ_LIMIT).sort({ drawnAt: -1 }).limit(MOST_ROUNDS).toArray(),
    async closeRound(id, version, at, { session }) {
      const set = { $set: { state: 'closed', closedAt: at }, $inc: { version: 1 } } as const
      const closed = await rounds.updateOne({ _id: id, version, state: 'open' }, set, { session })
      if (closed.matchedCount === 0) {
        const round = await rounds.findOne({ _id: id }, { session })
        if (round?.state !== 'closed') throw new AppError('staleVersion', '这一轮刚有变化，请刷新后再试')
      }
      await inspections.updateMany({ roundId: id }, { $set: { isClosed: true }, $inc: { version: 1 } }, { session })
    },
    async one(id) {
      const found = await inspections.findOne({ _id: id })
      if (!found) throw missing('件检查')
      return found
    },
    async change({ _id, version }, change, tx) {
      const changed = await inspections.findOneAndUpdate(
        { _id, version, isClosed: false },
        { $set: { ...change, version: version + 1 } },
        { returnDocument: 'after', ...(tx ? { session: tx.session } : {}) },
      )
      if (!changed) throw new AppError('staleVersion', '这件检查刚有变化或已归档，请看过最新的再提交')
      return changed
    },
  }
}

export const inspectionMigrations: Migration[] = [
  {
    id: 900,
    name: '双随机检查',
    up: async (db) => {
      await db.collection(ROUNDS).createIndex({ drawnAt: -1 }, { name: 'newest' })
      await db.collection(INSPECTIONS).createIndexes([
        { key: { roundId: 1, state: 1, drawnAt: -1, _id: -1 }, name: 'round' },
        { key: { inspectorId: 1, state: 1, drawnAt: -1, _id: -1 }, name: 'inspector' },
        {
          key: { unitId: 1, drawnAt: -1, _id: -1 },
          name: 'unit',
          partialFilterExpression: { unitId: { $exists: true } },
        },
        {
          key: { agentId: 1, drawnAt: -1, _id: -1 },
          name: 'agent',
          partialFilterExpression: { agentId: { $exists: true } },
        },
        { key: { drawnAt: -1, _id: -1 }, name: 'objected', partialFilterExpression: { state: 'objected' } },
      ])
      await db.collection(SHEETS).createIndex({ kind: 1, version: -1 }, { name: 'versions' })
    },
  },
  {
    id: 901,
    name: '内置的评分表',
    up: async (db) => {
      const sheets = db.collection<SheetRow>(SHEETS)
      for (const sheet of FIRST_SHEETS) {
        const row = { ...sheet, note: '内置', byName: '系统' }
        // What stands there already wins.
        await sheets.updateOne(
          { _id: `${sheet.kind}:1` },
          [{ $replaceWith: { $mergeObjects: [row, { at: '$$NOW' }, '$$ROOT'] } }],
          { upsert: true },
        )
      }
    },
  },
]
