import { z } from 'zod'
import { REGION_CODE } from '../region/code'
import { required } from '../ticket/commandInputs'
import { isDay } from './isDay'

const unitId = z.string({ error: '请选择单位' }).regex(/^[\w-]{1,40}$/, '请选择单位')
const day = z.string().refine(isDay, '日期应为 2026-11-20 这样的格式')

export const CataloguePartInput = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('bureau'), unitId }),
    z.strictObject({ kind: z.literal('county') }),
    z.strictObject({
      kind: z.literal('countyBureau'),
      suffix: z.string({ error: '请选择部门' }).regex(/^[A-Z]{2,4}$/, '请选择部门'),
    }),
    z.strictObject({ kind: z.literal('town') }),
  ],
  { error: '请选择承办单位' },
)

/** A row as it is written by a person; its number is given when it is kept. */
export const RuleInput = z
  .strictObject({
    matterCode: z.string({ error: '请选择事项' }).regex(/^(\d{2}){1,3}$/, '请选择事项'),
    regionCode: z.string().regex(REGION_CODE, '请选择区划').optional(),
    lead: CataloguePartInput,
    cityUnitId: unitId,
    co: z.array(CataloguePartInput).max(10, '协办不能超过 10 家').default([]),
    limit: z
      .strictObject({ unit: z.enum(['workdays', 'hours']), n: z.number({ error: '请填写时限' }).min(0.5).max(240) })
      .refine(({ unit, n }) => unit === 'hours' || Number.isInteger(n), '工作日应为整数')
      .optional(),
    isLimitStatutory: z.boolean().optional(),
    complexity: z.enum(['simple', 'general', 'complex', 'difficult']).optional(),
    basis: required('依据', 500),
    standard: required('办理标准', 1000),
    task: z.string().trim().max(1000, '办理任务不能超过 1000 字').optional(),
    validFrom: day.optional(),
    validTo: day.optional(),
  })
  .refine(({ limit, isLimitStatutory }) => limit !== undefined || !isLimitStatutory, {
    path: ['limit'],
    message: '法定时限须写明多少',
  })
export type RuleInput = z.output<typeof RuleInput>

const id = z.string().max(64)

/** One thing that is to be different in the next version. */
export const CatalogueChange = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('add'), rule: RuleInput }),
  z.strictObject({ type: z.literal('change'), id, rule: RuleInput }),
  /** The row holds until this day and no longer. */
  z.strictObject({ type: z.literal('end'), id, validTo: day }),
  z.strictObject({ type: z.literal('borderMargin'), metres: z.number().int().min(0).max(5000) }),
])
export type CatalogueChange = z.output<typeof CatalogueChange>

export const CatalogueDraft = z.strictObject({
  /** The version that the author saw. */
  base: z.number().int().min(1),
  changes: z.array(CatalogueChange).min(1, '没有改动').max(200, '一次最多改 200 条'),
})
export const CatalogueSave = CatalogueDraft.extend({ note: required('修改说明', 500) })
