import { randomBytes, randomUUID } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { assignInspectors, drawOrder } from '@hotline/shared/inspection/draw'
import {
  inspectionActs,
  mayDrawRounds,
  sampleSize,
  scoredBy,
  scoreProblems,
  type Inspected,
  type InspectionAct,
  type ObjectionInput,
  type RectifiedInput,
  type ReviewInput,
  type RoundInput,
  type ScoreInput,
} from '@hotline/shared/inspection/inspection'
import { INSPECTION_KINDS, type ScoreSheet, type SheetInput } from '@hotline/shared/inspection/sheet'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Audit } from '../audit/auditService'
import type { NewNotice, Notices } from '../notice/noticeService'
import type { Clock } from '../../platform/clock'
import type { Transact, Tx } from '../../platform/outbox'
import type { InspectionQueries, Populated } from './inspectionQueries'
import type { InspectionRow, InspectionStore, RoundRow, SheetRow } from './inspectionStore'

export interface InspectionServiceDeps {
  store: InspectionStore
  queries: InspectionQueries
  units: UnitTree
  audit: Audit
  notices: Pick<Notices, 'sendWith'>
  transact: Transact
  clock: Clock
}

export interface InspectionService {
  /** @throws AppError forbidden, ruleViolated when nothing can be drawn */
  draw(input: RoundInput, actor: Actor, ip?: string): Promise<RoundRow>
  /** What has not been scored stays so. @throws AppError staleVersion */
  close(id: string, version: number, actor: Actor, ip?: string): Promise<RoundRow>
  saveSheet(input: SheetInput, actor: Actor): Promise<SheetRow>
  score(id: string, input: ScoreInput, actor: Actor): Promise<InspectionRow>
  object(id: string, input: ObjectionInput, actor: Actor): Promise<InspectionRow>
  review(id: string, input: ReviewInput, actor: Actor): Promise<InspectionRow>
  rectify(id: string, input: RectifiedInput, actor: Actor): Promise<InspectionRow>
}

/** Of those drawn first some are passed over because everybody had a hand in them: so many more are looked at. */
const SPARE = 100

export function inspectedOf(row: InspectionRow): Inspected {
  const { kind, state, isClosed, inspectorId, unitId, agentId, scoredAt, objection, scored, rectified } = row
  return {
    ...{ kind, state, isClosed, inspectorId, unitId, agentId, scoredAt },
    hasObjected: objection !== undefined,
    demand: scored?.demand || undefined,
    isRectified: rectified !== undefined,
  }
}

const WHY_NOT: Record<InspectionAct, string> = {
  score: '只有抽到的检查人能评分，申诉以后和归档以后不能再改',
  object: '只有被检查的单位或话务员本人能申诉，评分后五日内一次',
  review: '申诉由督办员或主任复核，检查人本人和被检查单位不能',
  rectify: '没有要整改的，或不由您回复',
}

export function createInspectionService(deps: InspectionServiceDeps): InspectionService {
  const { store, queries, units, audit, notices, transact, clock } = deps
  const by = ({ userId, name }: Actor) => ({ userId, name })

  function leadOnly(actor: Actor): void {
    if (!mayDrawRounds(actor)) throw new AppError('forbidden', '由督办员或热线主任抽取、归档和修改评分表')
  }

  async function peopleOf(input: RoundInput): Promise<{ id: string; name: string }[]> {
    const known = new Map((await queries.inspectors()).map((person) => [person.id, person.name]))
    return input.inspectorIds.map((id) => {
      const name = known.get(id)
      if (name === undefined)
        throw new AppError('invalidInput', '检查人应是在职的质检员、班长、督办员或主任', {
          fields: [{ path: 'inspectorIds', message: '有不能做检查人的' }],
        })
      return { id, name }
    })
  }

  async function actable(id: string, version: number, act: InspectionAct, actor: Actor): Promise<InspectionRow> {
    const row = await store.one(id)
    if (row.version !== version)
      throw new AppError('staleVersion', '这件检查刚有变化，请看过最新的再提交', { version: row.version })
    if (!inspectionActs(actor, inspectedOf(row), clock.now()).includes(act))
      throw new AppError('forbidden', WHY_NOT[act])
    return row
  }

  function assertScores(sheet: ScoreSheet, input: Omit<ScoreInput, 'version'>): void {
    const fields = scoreProblems(sheet, input)
    if (fields.length > 0) throw new AppError('invalidInput', fields[0]?.message ?? '评分不完整', { fields })
  }

  /** The inspected hears of it; an inspector's words he reads where they are masked for him. */
  function tell(tx: Tx, row: InspectionRow, what: string, text: string): void {
    const recipients: NewNotice['recipients'] = row.agentId
      ? [{ userId: row.agentId }]
      : row.unitId
        ? [
            { unitId: row.unitId, role: 'clerk' },
            { unitId: row.unitId, role: 'unitLead' },
          ]
        : []
    const { ticketId, no: ticketNo } = row
    const title = `${INSPECTION_KINDS[row.kind]}检查${what}`
    const key = `inspection:${row._id}:${row.version}`
    notices.sendWith(tx, [
      { key, recipients, kind: 'inspection', title, text, ticketId, ticketNo, link: '/inspection?desk=inspected' },
    ])
  }

  function rowOf(round: RoundRow, ticket: Populated, inspectorId: string, names: Names): InspectionRow {
    const { _id: roundId, name: roundName, kind, sheetVersion, drawnAt } = round
    const isHandling = kind === 'handling'
    return {
      _id: `${roundId}:${ticket.id}`,
      ...{ roundId, roundName, kind, sheetVersion, drawnAt },
      ...{ ticketId: ticket.id, no: ticket.no },
      ...(isHandling ? { unitId: ticket.layer } : { agentId: ticket.layer }),
      subject: ticket.layer,
      subjectName: isHandling ? units.name(ticket.layer) : (names.agents.get(ticket.layer) ?? ticket.layer),
      inspectorId,
      inspectorName: names.inspectors.get(inspectorId) ?? inspectorId,
      ...{ state: 'toScore', isClosed: false, version: 1 },
    }
  }

  return {
    async draw(input, actor, ip) {
      leadOnly(actor)
      const inspectors = await peopleOf(input)
      const [{ items, hash }, sheet, agents] = await Promise.all([
        queries.population(actor, input),
        store.newestSheet(input.kind),
        queries.agents(),
      ])
      const size = sampleSize(input.sample, items.length)
      if (size === 0) throw new AppError('ruleViolated', '这个范围里没有可抽的工单，请换时间、单位或类型')
      const seed = randomBytes(16).toString('hex')
      const order = drawOrder(items, seed, input.hasLayers).slice(0, size + SPARE) as Populated[]
      const candidates = await queries.candidates(order.map(({ id }) => id))
      const people = inspectors.map(({ id }) => id)
      const { drawn, passedOver } = assignInspectors(candidates, size, people, seed)
      if (drawn.length === 0)
        throw new AppError('ruleViolated', '选的检查人都经手过这些工单，没有一件能检查，请换检查人')
      const { inspectorIds: _ids, ...rest } = input
      const known = new Map(order.map((one) => [one.id, one]))
      const round: RoundRow = {
        _id: randomUUID(),
        ...rest,
        ...{ inspectors, seed, population: items.length, populationHash: hash },
        passedOver: passedOver.flatMap((id) => known.get(id)?.no ?? []),
        ...{ sheetVersion: sheet.version, state: 'open', drawnAt: clock.now(), drawnBy: by(actor), version: 1 },
      }
      const names: Names = {
        inspectors: new Map(inspectors.map(({ id, name }) => [id, name])),
        agents: new Map(agents.map(({ id, name }) => [id, name])),
      }
      const rows = drawn.flatMap(({ id, inspectorId }) => {
        const ticket = known.get(id)
        return ticket ? [rowOf(round, ticket, inspectorId, names)] : []
      })
      const details = { name: round.name, population: items.length, drawn: rows.length, seed, hash }
      const told = inspectors
        .filter(({ id }) => rows.some(({ inspectorId }) => inspectorId === id))
        .map(({ id: userId }) => ({
          key: `inspection:${round._id}:${userId}`,
          recipients: [{ userId }],
          kind: 'inspection',
          title: `抽到您检查：${round.name}`,
          text: `${rows.filter(({ inspectorId }) => inspectorId === userId).length} 件待评分`,
          link: '/inspection?desk=toScore',
        }))
      await transact(async (tx) => {
        await store.addRound(round, rows, tx)
        audit.appendWith(tx, { actor, action: 'inspection.drawn', target: `inspections/${round._id}`, ip, details })
        notices.sendWith(tx, told)
      })
      return round
    },

    async close(id, version, actor, ip) {
      leadOnly(actor)
      const { name } = await store.round(id)
      await transact(async (tx) => {
        await store.closeRound(id, version, clock.now(), tx)
        audit.appendWith(tx, { actor, action: 'inspection.closed', target: `inspections/${id}`, ip, details: { name } })
      })
      return store.round(id)
    },

    async saveSheet({ basedOn, ...sheet }, actor) {
      leadOnly(actor)
      const newest = await store.newestSheet(sheet.kind)
      if (newest.version !== basedOn)
        throw new AppError('staleVersion', '评分表刚被别人修改，请看过最新的再改', { version: newest.version })
      const version = newest.version + 1
      const row = { _id: `${sheet.kind}:${version}`, ...sheet, version, at: clock.now(), byName: actor.name }
      await store.addSheet(row)
      return row
    },

    async score(id, { version, ...input }, actor) {
      const row = await actable(id, version, 'score', actor)
      const sheet = await store.sheet(row.kind, row.sheetVersion)
      assertScores(sheet, input)
      const scored = scoredBy(sheet, input)
      const verdict = scored.isPassed ? '合格' : '不合格'
      const text = `${row.roundName}：${scored.total} 分，${verdict}${scored.demand ? '，请按要求整改' : ''}`
      return transact(async (tx) => {
        const done = await store.change(row, { state: 'scored', scored, scoredAt: row.scoredAt ?? clock.now() }, tx)
        tell(tx, done, '有了结果', text)
        return done
      })
    },

    async object(id, { version, words }, actor) {
      const row = await actable(id, version, 'object', actor)
      return store.change(row, { state: 'objected', objection: { words, at: clock.now(), by: by(actor) } })
    },

    async review(id, { version, result, words, score }, actor) {
      const row = await actable(id, version, 'review', actor)
      const sheet = await store.sheet(row.kind, row.sheetVersion)
      if (result === 'changed' && !score) throw new AppError('invalidInput', '改分须给出新的评分')
      if (result === 'changed' && score) assertScores(sheet, score)
      const isChanged = result === 'changed' && score !== undefined
      const scored = isChanged ? scoredBy(sheet, score) : row.scored
      const before = isChanged ? row.scored : undefined
      const review = { result, words, at: clock.now(), by: by(actor), ...(before ? { before } : {}) }
      const end = isChanged ? `改为 ${scored?.total} 分` : '维持原评分'
      return transact(async (tx) => {
        const done = await store.change(row, { state: 'reviewed', review, scored }, tx)
        tell(tx, done, '申诉已复核', `${row.roundName}：${end}`)
        return done
      })
    },

    async rectify(id, { version, words }, actor) {
      const row = await actable(id, version, 'rectify', actor)
      return store.change(row, { rectified: { words, at: clock.now(), by: by(actor) } })
    },
  }
}

interface Names {
  inspectors: ReadonlyMap<string, string>
  agents: ReadonlyMap<string, string>
}
