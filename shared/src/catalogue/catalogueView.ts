import { z } from 'zod'
import { PageQuery } from '../page'
import { RULE_STATE_LABELS, type RuleState } from './searchRules'
import { CataloguePartInput } from './ruleInput'

const states = Object.keys(RULE_STATE_LABELS) as [RuleState, ...RuleState[]]

export const RuleQuery = PageQuery.extend({
  version: z.coerce.number().int().min(1).optional(),
  q: z.string().trim().max(60).optional(),
  matterCode: z.string().max(6).optional(),
  regionCode: z.string().max(12).optional(),
  unitId: z.string().max(40).optional(),
  state: z.enum(states).optional(),
})

/** A row with everything named, as lists and forms show it. */
export const RuleView = z.object({
  id: z.string(),
  matterCode: z.string(),
  matterName: z.string(),
  regionCode: z.string().optional(),
  regionName: z.string(),
  lead: CataloguePartInput,
  leadText: z.string(),
  co: z.array(CataloguePartInput),
  coTexts: z.array(z.string()),
  cityUnitId: z.string(),
  cityUnitName: z.string(),
  limit: z.object({ unit: z.enum(['workdays', 'hours']), n: z.number() }).optional(),
  isLimitStatutory: z.boolean().optional(),
  complexity: z.enum(['simple', 'general', 'complex', 'difficult']).optional(),
  basis: z.string(),
  standard: z.string(),
  task: z.string().optional(),
  validFrom: z.string().optional(),
  validTo: z.string().optional(),
  version: z.number(),
  state: z.enum(states),
})
export type RuleView = z.infer<typeof RuleView>

export const VersionView = z.object({
  version: z.number(),
  at: z.iso.datetime(),
  authorName: z.string(),
  note: z.string(),
  changes: z.array(z.string()),
})
export type VersionView = z.infer<typeof VersionView>

export const ProblemView = z.object({
  level: z.enum(['error', 'warning']),
  message: z.string(),
  ruleId: z.string().optional(),
})

const AnswerView = z.object({
  unitName: z.string(),
  limit: z.object({ unit: z.enum(['workdays', 'hours']), n: z.number() }).optional(),
  isLimitStatutory: z.boolean().optional(),
})
export const CheckView = z.object({
  problems: z.array(ProblemView),
  effect: z.object({
    changed: z.number(),
    leads: z.number(),
    samples: z.array(
      z.object({
        matterName: z.string(),
        regionName: z.string(),
        day: z.string(),
        before: AnswerView,
        after: AnswerView,
      }),
    ),
  }),
  texts: z.array(z.string()),
})
export type CheckView = z.infer<typeof CheckView>

/** A department that every county has, for the choice 属地…局. */
export const CountyBureauView = z.object({ suffix: z.string(), text: z.string() })
export type CountyBureauView = z.infer<typeof CountyBureauView>

export const DutyView = z.object({
  version: z.number(),
  rows: z.array(
    z.object({
      matterCode: z.string(),
      matterName: z.string(),
      lowest: z.enum(['county', 'town', 'village']),
      basis: z.string(),
      part: z.string().optional(),
    }),
  ),
})
export type DutyView = z.infer<typeof DutyView>
