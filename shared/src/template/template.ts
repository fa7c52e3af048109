import { z } from 'zod'
import { hasRole, type Actor } from '../actor'
import type { Role } from '../user/roles'
import { keys } from '../ticket/commandInputs'

/** 常用语与模板: for which kind of text. */
export const TEMPLATE_KINDS = {
  handling: '办理情况',
  publicReply: '公开答复',
  progress: '办理进展',
  returnBasis: '退单依据',
  extensionReason: '延期理由',
  dispatchTask: '办理任务',
  dispatchStandard: '办理标准',
  dispatchNote: '派单意见',
  reviewOpinion: '审核意见',
} as const
export type TemplateKind = keyof typeof TEMPLATE_KINDS

/** Whose it is: one's own, one's unit's, everybody's. */
export const TEMPLATE_SCOPES = { personal: '个人', unit: '本单位', city: '全市' } as const
export type TemplateScope = keyof typeof TEMPLATE_SCOPES

export const TEMPLATE_TITLE_MAX = 40
export const TEMPLATE_TEXT_MAX = 5000
/** Of each owner: more is a drawer in which nobody finds anything. */
export const MOST_TEMPLATES: Record<TemplateScope, number> = { personal: 100, unit: 200, city: 200 }

const title = z
  .string({ error: '请填写名称' })
  .trim()
  .min(1, '请填写名称')
  .max(TEMPLATE_TITLE_MAX, `名称最多 ${TEMPLATE_TITLE_MAX} 个字`)
const text = z
  .string({ error: '请填写内容' })
  .trim()
  .min(1, '请填写内容')
  .max(TEMPLATE_TEXT_MAX, `内容最多 ${TEMPLATE_TEXT_MAX} 个字`)

export const TemplateInput = z.strictObject({
  kind: keys(TEMPLATE_KINDS, '请选择用在哪里'),
  scope: keys(TEMPLATE_SCOPES, '请选择给谁用'),
  title,
  text,
})
export type TemplateInput = z.output<typeof TemplateInput>
export const TemplateEdit = z.strictObject({ kind: TemplateInput.shape.kind.optional(), title, text })

export const TemplateQuery = z.strictObject({ kind: keys(TEMPLATE_KINDS, '没有这一种').optional() })

export const TemplateView = z.object({
  id: z.string(),
  kind: TemplateInput.shape.kind,
  scope: TemplateInput.shape.scope,
  title: z.string(),
  text: z.string(),
  /** How often this person has used it, and everybody. */
  myUses: z.int(),
  uses: z.int(),
  updatedAt: z.iso.datetime(),
  updatedByName: z.string(),
  /** Whether this person may change it. */
  canEdit: z.boolean(),
})
export type TemplateView = z.output<typeof TemplateView>

/** Who writes for others: in a unit whoever answers for its texts, for the city the hotline's own. */
const WRITERS: Record<Exclude<TemplateScope, 'personal'>, readonly Role[]> = {
  unit: ['clerk', 'unitLead', 'unitHead', 'dispatcher', 'director'],
  city: ['director', 'knowledgeEditor'],
}

export function mayWriteTemplates(scope: TemplateScope, actor: Actor): boolean {
  return scope === 'personal' || hasRole(actor, ...WRITERS[scope])
}

/** Whose a template is: `userId`, `unitId`, or the city. */
export interface Owned {
  scope: TemplateScope
  ownerId: string
}

export function ownerOf(scope: TemplateScope, { userId, unitId }: Pick<Actor, 'userId' | 'unitId'>): string {
  return scope === 'personal' ? userId : scope === 'unit' ? unitId : 'city'
}

export function mayEditTemplate({ scope, ownerId }: Owned, actor: Actor): boolean {
  return ownerOf(scope, actor) === ownerId && mayWriteTemplates(scope, actor)
}
