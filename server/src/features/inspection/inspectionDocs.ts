import {
  INSPECTION_STATES,
  InspectionQuery,
  ObjectionInput,
  RectifiedInput,
  ReviewInput,
  ROUND_STATES,
  RoundInput,
  ScoreInput,
} from '@hotline/shared/inspection/inspection'
import { INSPECTION_KINDS, SheetInput, SheetItem } from '@hotline/shared/inspection/sheet'
import { keys } from '@hotline/shared/ticket/commandInputs'
import { z } from 'zod'
import type { RouteDoc } from '../../platform/http/openapi'

export const INSPECTIONS_PATH = '/api/inspections'
const tag = '检查'
const moment = z.iso.datetime()
const Person = z.object({ id: z.string(), name: z.string() })

const Scored = z.object({
  scores: z.array(z.object({ key: z.string(), points: z.number(), words: z.string() })),
  vetoes: z.array(z.string()),
  opinion: z.string(),
  demand: z.string(),
  rectifyBy: z.string().optional(),
  total: z.number(),
  isPassed: z.boolean(),
})
const Round = z.object({
  id: z.string(),
  name: z.string(),
  kind: keys(INSPECTION_KINDS),
  state: keys(ROUND_STATES),
  from: z.string(),
  to: z.string(),
  unitNames: z.array(z.string()),
  kinds: z.array(z.string()),
  sample: z.object({ by: z.enum(['count', 'percent']), n: z.number() }),
  hasLayers: z.boolean(),
  inspectors: z.array(Person),
  seed: z.string(),
  population: z.int(),
  populationHash: z.string(),
  passedOver: z.array(z.string()),
  sheetVersion: z.int(),
  drawnAt: moment,
  drawnByName: z.string(),
  closedAt: moment.optional(),
  version: z.int(),
  counts: z.record(keys(INSPECTION_STATES), z.int()),
  canClose: z.boolean(),
})
const Summary = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      n: z.int(),
      scored: z.int(),
      average: z.number().optional(),
      failed: z.int(),
      vetoed: z.int(),
    }),
  ),
  average: z.number().optional(),
  items: z.array(z.object({ key: z.string(), label: z.string(), lostShare: z.number() })),
})
const said = { words: z.string(), at: moment, byName: z.string() }
const Inspection = z.object({
  id: z.string(),
  roundId: z.string(),
  roundName: z.string(),
  kind: keys(INSPECTION_KINDS),
  ticketId: z.string(),
  no: z.string(),
  title: z.string(),
  unitName: z.string().optional(),
  agentName: z.string().optional(),
  inspectorName: z.string(),
  sheetVersion: z.int(),
  state: keys(INSPECTION_STATES),
  isClosed: z.boolean(),
  version: z.int(),
  scoredAt: moment.optional(),
  scored: Scored.optional(),
  objection: z.object(said).optional(),
  review: z.object({ ...said, result: z.enum(['upheld', 'changed']), before: Scored.optional() }).optional(),
  rectified: z.object(said).optional(),
  acts: z.array(z.enum(['score', 'object', 'review', 'rectify'])),
})
const Sheet = z.object({
  kind: keys(INSPECTION_KINDS),
  version: z.int(),
  items: z.array(SheetItem),
  vetoes: z.array(z.string()),
  passAt: z.int(),
  note: z.string(),
  at: moment,
  byName: z.string(),
})

const at = (path: string) => `${INSPECTIONS_PATH}${path}`
const act = (path: string, summary: string, body: z.ZodType): RouteDoc => ({
  ...{ method: 'post', path: at(`/{id}/${path}`), tag, summary, body, response: Inspection, isWrite: true },
})

export const inspectionApi: RouteDoc[] = [
  {
    method: 'get',
    path: at('/rounds'),
    tag,
    summary: '历次双随机检查',
    response: z.object({ items: z.array(Round) }),
  },
  {
    method: 'post',
    path: at('/rounds'),
    tag,
    summary: '双随机抽取：随机抽工单，随机派检查人；种子和总体留存，可以重抽验证',
    body: RoundInput,
    response: Round,
    status: 201,
    isWrite: true,
  },
  {
    method: 'get',
    path: at('/rounds/{id}'),
    tag,
    summary: '一轮检查和按单位（话务员）的汇总',
    response: z.object({ round: Round, summary: Summary }),
  },
  {
    method: 'post',
    path: at('/rounds/{id}/close'),
    tag,
    summary: '归档一轮：此后不能再改',
    body: z.strictObject({ version: z.int().min(0) }),
    response: Round,
    isWrite: true,
  },
  {
    method: 'get',
    path: at('/people'),
    tag,
    summary: '可以做检查人的、可以被抽的话务员',
    response: z.object({
      inspectors: z.array(Person.extend({ roles: z.array(z.string()) })),
      agents: z.array(Person),
    }),
  },
  { method: 'get', path: at('/sheets'), tag, summary: '评分表的各版', response: z.object({ items: z.array(Sheet) }) },
  {
    method: 'post',
    path: at('/sheets'),
    tag,
    summary: '修改评分表，成为新的一版；已抽的轮次仍用原来那一版',
    body: SheetInput,
    response: Sheet,
    status: 201,
    isWrite: true,
  },
  {
    method: 'get',
    path: INSPECTIONS_PATH,
    tag,
    summary: '一轮里的、待我评分的、本单位（本人）被检查的、待复核申诉的',
    query: InspectionQuery,
    response: z.object({ items: z.array(Inspection), total: z.int(), isTotalCapped: z.boolean() }),
  },
  act('score', '评分', ScoreInput),
  act('object', '对评分申诉', ObjectionInput),
  act('review', '复核申诉', ReviewInput),
  act('rectify', '回复整改情况', RectifiedInput),
]
