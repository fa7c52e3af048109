import { z } from 'zod'
import type { Actor } from '../actor'
import { namesNumber } from '../export/export'
import { TICKET_COLUMN_IDS, type TicketColumnId } from '../ticket/columns'
import { HOTLINE_ROLES, ROLE_LABELS, UNIT_ROLES, type Role } from '../user/roles'

/** Lists whose shape a person keeps. Views are of 全部工单 only. */
export const KEPT_LISTS = { tickets: '全部工单', statsTickets: '统计明细' } as const
export type KeptList = keyof typeof KEPT_LISTS
const list = z.enum(Object.keys(KEPT_LISTS) as [KeptList, ...KeptList[]])

export const MOST_VIEWS = 50
export const PAGE_SIZES = [20, 50, 100] as const

const column = z.strictObject({
  id: z.enum(TICKET_COLUMN_IDS as [TicketColumnId, ...TicketColumnId[]], { error: '没有这一列' }),
  width: z.int().min(48).max(800).optional(),
})
const columns = z
  .array(column)
  .min(1, '至少保留一列')
  .max(TICKET_COLUMN_IDS.length)
  .refine((chosen) => new Set(chosen.map(({ id }) => id)).size === chosen.length, '同一列只能选一次')
export type ChosenColumn = z.output<typeof column>

/** A search as its address holds it. */
const query = z
  .record(z.string().regex(/^\w{1,40}$/, '不认识的条件'), z.string().max(400))
  .refine((asked) => Object.keys(asked).length <= 20, '条件过多')
  .refine((asked) => !namesNumber(asked), '视图不能保存电话或证件号码')

/** Whom a view is shared with beside its owner: everybody of a role, or a unit with those under it. */
export const ViewAudience = z.strictObject({
  roles: z
    .array(z.enum(Object.keys(ROLE_LABELS) as [Role, ...Role[]]))
    .max(12)
    .default([]),
  isForUnit: z.boolean().default(false),
})
export type ViewAudience = z.output<typeof ViewAudience>

const name = z.string({ error: '请填写视图名称' }).trim().min(1, '请填写视图名称').max(20, '名称最多 20 个字')

export const SaveViewInput = z.strictObject({
  list: list.default('tickets'),
  name,
  query,
  columns: columns.optional(),
  audience: ViewAudience.optional(),
})
export type SaveViewInput = z.output<typeof SaveViewInput>

export const ChangeViewInput = z.strictObject({
  name: name.optional(),
  query: query.optional(),
  columns: columns.optional(),
  audience: ViewAudience.optional(),
})
export type ChangeViewInput = z.output<typeof ChangeViewInput>

/** How one person looks at one list. */
export const ListShape = z.strictObject({
  columns: columns.optional(),
  pageSize: z.union([z.literal(20), z.literal(50), z.literal(100)]).optional(),
  /** Shown when the list is opened without a search; null: none. */
  defaultViewId: z.string().max(64).nullable().optional(),
  /** Views in this person's order, shared ones among them. */
  order: z.array(z.string().max(64)).max(200).optional(),
})
export type ListShape = z.output<typeof ListShape>
export const ListQuery = z.strictObject({ list: list.default('tickets') })
export const KeepShapeInput = ListShape.extend({ list: list.default('tickets') })
export type KeepShapeInput = z.output<typeof KeepShapeInput>

export const SavedView = z.object({
  id: z.string(),
  name: z.string(),
  query: z.record(z.string(), z.string()),
  columns: z.array(column).optional(),
  audience: ViewAudience,
  isMine: z.boolean(),
  ownerName: z.string(),
})
export type SavedView = z.infer<typeof SavedView>
/** `GET /api/views`: this person's and those shared with him, in his order. */
export const ViewsAnswer = z.object({ items: z.array(SavedView), shape: ListShape })
export type ViewsAnswer = z.infer<typeof ViewsAnswer>

const SHARERS: readonly Role[] = ['shiftLead', 'supervisor', 'director']
const UNIT_SHARERS: readonly Role[] = ['unitLead', 'unitHead']

/** With which roles this person may share: the hotline's leaders with the hotline and the units. */
export function rolesToShareWith(actor: Pick<Actor, 'roles'>): readonly Role[] {
  if (!SHARERS.some((role) => actor.roles.includes(role))) return []
  return [...new Set<Role>(['agent', ...HOTLINE_ROLES, 'cityLeader', ...UNIT_ROLES])]
}

/** A unit's leaders share with their unit and those under it; the hotline's with their own house. */
export function mayShareWithUnit(actor: Pick<Actor, 'roles'>): boolean {
  return [...SHARERS, ...UNIT_SHARERS].some((role) => actor.roles.includes(role))
}

export function mayShare(actor: Actor, { roles, isForUnit }: ViewAudience): boolean {
  const allowed = rolesToShareWith(actor)
  return roles.every((role) => allowed.includes(role)) && (!isForUnit || mayShareWithUnit(actor))
}
