import { z } from 'zod'
import { hasRole, type Actor } from '../actor'
import { startOfDay } from '../calendar/day'
import { PageQuery } from '../page'
import { DayInput } from '../roster/roster'
import { KIND_LABELS, type Kind } from '../ticket/labels'
import type { Role } from '../user/roles'
import { INSPECTION_KINDS, type InspectionKind, type ScoreSheet } from './sheet'
import { keys, required } from '../ticket/commandInputs'

/** 检查: to be scored → scored → (objected → reviewed); the round's closing ends all. */
export const INSPECTION_STATES = {
  toScore: '待评分',
  scored: '已评分',
  objected: '申诉待复核',
  reviewed: '已复核',
} as const
export type InspectionState = keyof typeof INSPECTION_STATES
export const ROUND_STATES = { open: '检查中', closed: '已归档' } as const
export type RoundState = keyof typeof ROUND_STATES

export const MOST_DRAWN = 500
export const MOST_POPULATION = 50_000
export const WORDS_MAX = 1000
/** Round and objection live within these: later it is too late to remember. */
export const OBJECTION_DAYS = 5

export const RoundInput = z
  .strictObject({
    name: required('名称', 40),
    kind: keys(INSPECTION_KINDS, '请选择检查对象'),
    /** Days, both included: registered then (受理质量), closed then (办件质量). */
    from: DayInput,
    to: DayInput,
    /** Lead units with all below them; for 受理质量 the agents. Empty: all. */
    unitIds: z.array(z.string().max(64)).max(50, '单位最多选 50 个').default([]),
    agentIds: z.array(z.string().max(64)).max(200, '话务员最多选 200 人').default([]),
    kinds: z.array(keys(KIND_LABELS, '请选择诉求类型')).max(10).default([]),
    sample: z.discriminatedUnion('by', [
      z.strictObject({
        by: z.literal('count'),
        n: z.int().min(1, '至少抽 1 件').max(MOST_DRAWN, `一轮最多抽 ${MOST_DRAWN} 件`),
      }),
      z.strictObject({
        by: z.literal('percent'),
        n: z.number().min(0.1, '比例至少 0.1%').max(100, '比例不能超过 100%'),
      }),
    ]),
    hasLayers: z.boolean().default(true),
    inspectorIds: z.array(z.string().max(64)).min(1, '请选择检查人').max(50, '检查人最多 50 人'),
  })
  .superRefine(({ from, to, inspectorIds }, context) => {
    if (to < from) context.addIssue({ code: 'custom', path: ['to'], message: '结束日期不能早于开始日期' })
    if (startOfDay(to).getTime() - startOfDay(from).getTime() > 366 * 86_400_000)
      context.addIssue({ code: 'custom', path: ['to'], message: '一轮最多一年' })
    if (new Set(inspectorIds).size < inspectorIds.length)
      context.addIssue({ code: 'custom', path: ['inspectorIds'], message: '检查人选了两次' })
  })
export type RoundInput = z.output<typeof RoundInput>

export const ScoreInput = z.strictObject({
  version: z.int().min(0),
  scores: z
    .array(
      z.strictObject({
        key: z.string().max(20),
        points: z.number({ error: '请打分' }).min(0, '不能低于 0 分').multipleOf(0.5, '以 0.5 分为单位'),
        words: z.string().trim().max(WORDS_MAX, `说明不能超过 ${WORDS_MAX} 字`).default(''),
      }),
    )
    .max(20),
  vetoes: z.array(z.string().max(60)).max(10).default([]),
  opinion: required('评语', WORDS_MAX),
  /** What the unit is to put right; a deadline goes with it. */
  demand: z.string().trim().max(WORDS_MAX, `整改要求不能超过 ${WORDS_MAX} 字`).default(''),
  rectifyBy: DayInput.optional(),
})
export type ScoreInput = z.output<typeof ScoreInput>

export const ObjectionInput = z.strictObject({ version: z.int().min(0), words: required('申诉理由', WORDS_MAX) })
export type ObjectionInput = z.output<typeof ObjectionInput>
export const ReviewInput = z.strictObject({
  version: z.int().min(0),
  result: z.enum(['upheld', 'changed'], { error: '请选择维持或改分' }),
  words: required('复核意见', WORDS_MAX),
  score: ScoreInput.omit({ version: true }).optional(),
})
export type ReviewInput = z.output<typeof ReviewInput>
export const RectifiedInput = z.strictObject({ version: z.int().min(0), words: required('整改情况', WORDS_MAX) })
export type RectifiedInput = z.output<typeof RectifiedInput>

export const InspectionQuery = PageQuery.extend({
  roundId: z.string().max(64).optional(),
  state: keys(INSPECTION_STATES, '没有这个状态').optional(),
  /** `toScore`: mine to score; `inspected`: of my unit or of my own calls; `toReview`: objections that I may review. */
  desk: z.enum(['toScore', 'inspected', 'toReview']).optional(),
}).strict()
export type InspectionQuery = z.output<typeof InspectionQuery>

export interface Scored {
  scores: { key: string; points: number; words: string }[]
  vetoes: string[]
  opinion: string
  demand: string
  rectifyBy?: string
  total: number
  isPassed: boolean
}

/** @returns what is wrong with the scores for this sheet, by path, in Chinese */
export function scoreProblems(
  { items, vetoes }: ScoreSheet,
  input: Omit<ScoreInput, 'version'>,
): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = []
  for (const { key, label, max } of items) {
    const index = input.scores.findIndex((score) => score.key === key)
    const score = input.scores[index]
    const path = `scores.${key}`
    if (!score) problems.push({ path, message: `${label}还没有打分` })
    else if (score.points > max) problems.push({ path, message: `${label}最多 ${max} 分` })
    else if (score.points < max && score.words === '') problems.push({ path, message: `${label}扣了分，请写明原因` })
  }
  const known = new Set(items.map(({ key }) => key))
  if (input.scores.some(({ key }) => !known.has(key)) || input.scores.length > items.length)
    problems.push({ path: 'scores', message: '有不属于这张评分表的项目' })
  if (input.vetoes.some((veto) => !vetoes.includes(veto)))
    problems.push({ path: 'vetoes', message: '有不属于这张评分表的否决情形' })
  if (input.rectifyBy && input.demand === '') problems.push({ path: 'demand', message: '定了整改期限，请写明整改要求' })
  if (input.demand !== '' && !input.rectifyBy) problems.push({ path: 'rectifyBy', message: '请定整改期限' })
  return problems
}

/** A veto brings everything to nothing. */
export function scoredBy({ passAt }: ScoreSheet, input: Omit<ScoreInput, 'version'>): Scored {
  const sum = input.scores.reduce((total, { points }) => total + points, 0)
  const total = input.vetoes.length > 0 ? 0 : sum
  return { ...input, total, isPassed: total >= passAt }
}

/** How many of so many. A part of a ticket is a whole one. */
export function sampleSize(sample: RoundInput['sample'], population: number): number {
  const wanted = sample.by === 'count' ? sample.n : Math.ceil((population * sample.n) / 100)
  return Math.min(wanted, population, MOST_DRAWN)
}

const LEADS: readonly Role[] = ['supervisor', 'director']
/** 质检员、班长 inspect; the leads may. */
export const INSPECTORS: readonly Role[] = ['inspector', 'shiftLead', ...LEADS]
const ANSWERS_FOR_UNIT: readonly Role[] = ['clerk', 'unitLead', 'unitHead']
export const INSPECTION_READERS: readonly Role[] = [...INSPECTORS, 'cityLeader']
export const INSPECTED: readonly Role[] = [...ANSWERS_FOR_UNIT, 'agent']

export const mayDrawRounds = (actor: Actor) => hasRole(actor, ...LEADS)
export const maySeeRounds = (actor: Actor) => hasRole(actor, ...INSPECTION_READERS)

/** What the rules look at. */
export interface Inspected {
  kind: InspectionKind
  state: InspectionState
  isClosed: boolean
  inspectorId: string
  /** Whoever is responsible: the lead unit of 办件质量, the agent of 受理质量. */
  unitId?: string
  agentId?: string
  scoredAt?: Date
  reviewerId?: string
  hasObjected: boolean
  demand?: string
  isRectified: boolean
}

export type InspectionAct = 'score' | 'object' | 'review' | 'rectify'

/** Of the agent his own calls, of the unit its own matters; its superiors look, but do not answer for it. */
export function isInspectedBy(actor: Actor, { kind, unitId, agentId }: Inspected): boolean {
  if (kind === 'intake') return agentId === actor.userId
  return unitId === actor.unitId && hasRole(actor, ...ANSWERS_FOR_UNIT)
}

/** What this person may do with it now. */
export function inspectionActs(actor: Actor, inspected: Inspected, now: Date): InspectionAct[] {
  const { state, isClosed, inspectorId, scoredAt, hasObjected, demand, isRectified } = inspected
  if (isClosed) return []
  const acts: InspectionAct[] = []
  const isHis = isInspectedBy(actor, inspected)
  // Scored once more as long as nobody has objected: a slip is put right by whoever made it.
  if (inspectorId === actor.userId && (state === 'toScore' || (state === 'scored' && !hasObjected))) acts.push('score')
  const isInTime = scoredAt !== undefined && now.getTime() - scoredAt.getTime() <= OBJECTION_DAYS * 86_400_000
  if (isHis && state === 'scored' && !hasObjected && isInTime) acts.push('object')
  if (state === 'objected' && hasRole(actor, ...LEADS) && inspectorId !== actor.userId && !isHis) acts.push('review')
  if (isHis && demand && !isRectified && state !== 'objected') acts.push('rectify')
  return acts
}

export interface RoundView {
  id: string
  name: string
  kind: InspectionKind
  state: RoundState
  from: string
  to: string
  unitNames: string[]
  kinds: Kind[]
  sample: RoundInput['sample']
  hasLayers: boolean
  inspectors: { id: string; name: string }[]
  /** Of the draw, for whoever wants to repeat it. */
  seed: string
  population: number
  populationHash: string
  passedOver: string[]
  sheetVersion: number
  drawnAt: string
  drawnByName: string
  closedAt?: string
  version: number
  counts: Record<InspectionState, number>
  canClose: boolean
}

export interface InspectionView {
  id: string
  roundId: string
  roundName: string
  kind: InspectionKind
  ticketId: string
  no: string
  title: string
  unitName?: string
  agentName?: string
  inspectorName: string
  sheetVersion: number
  state: InspectionState
  isClosed: boolean
  version: number
  scoredAt?: string
  scored?: Scored
  objection?: { words: string; at: string; byName: string }
  review?: { result: 'upheld' | 'changed'; words: string; at: string; byName: string; before?: Scored }
  rectified?: { words: string; at: string; byName: string }
  acts: InspectionAct[]
}

/** One unit's, or one agent's, results of a round. */
export interface RoundSummaryRow {
  id: string
  name: string
  n: number
  scored: number
  average?: number
  failed: number
  vetoed: number
}
export interface RoundSummary {
  rows: RoundSummaryRow[]
  average?: number
  /** Items by the share of points lost, the worst first. */
  items: { key: string; label: string; lostShare: number }[]
}
