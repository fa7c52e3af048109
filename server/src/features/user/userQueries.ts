import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { PageQuery, TOTAL_CAP, type Page } from '@hotline/shared/page'
import { ACCOUNT_ROLES, HOTLINE_ROLES, type AccountRole } from '@hotline/shared/user/roles'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { z } from 'zod'
import type { Model } from '../../platform/mongo'
import type { UserRow } from './userStore'

export const UserQuery = PageQuery.extend({
  q: z
    .string()
    .trim()
    .max(40)
    .regex(/^\P{Cc}*$/u, '含有无效字符')
    .optional(),
  unitId: z.string().max(40).optional(),
  role: z.enum(ACCOUNT_ROLES).optional(),
  isActive: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
})
export type UserQuery = z.infer<typeof UserQuery>

export interface UserQueries {
  /** Accounts that the actor may administer, or colleagues whom he may pick. */
  list(actor: Actor, query: UserQuery): Promise<Page<UserRow>>
  /** Counts no further than `most`. */
  count(actor: Actor, query: UserQuery, most: number): Promise<number>
  each(actor: Actor, query: UserQuery): AsyncIterable<UserRow>
}

const ORDER = { unitId: 1, usernameKey: 1 } as const

/** Units in whose accounts the actor may look; undefined for all. */
function visibleRoot(actor: Actor): string | undefined {
  const seesAll = hasRole(actor, 'administrator', 'agent', ...HOTLINE_ROLES)
  return seesAll ? undefined : actor.unitId
}

export function createUserQueries(users: Model<UserRow>, units: UnitTree): UserQueries {
  function filterOf(actor: Actor, query: UserQuery) {
    const root = visibleRoot(actor)
    const asked = query.unitId
    if (asked && root && !units.isWithin(asked, root)) throw new AppError('forbidden', '只能查看本单位及下级的人员')
    // A picker wants the people of one unit; an administrator the whole subtree.
    const isAdmin = hasRole(actor, 'administrator', 'countyAdmin')
    const unitIds = asked ? (isAdmin ? units.subtree(asked) : [asked]) : root ? units.subtree(root) : undefined
    const isActive = isAdmin ? query.isActive : true
    return {
      ...(unitIds ? { unitId: { $in: unitIds } } : {}),
      ...(query.role ? { roles: query.role satisfies AccountRole } : {}),
      ...(isActive === undefined ? {} : { isActive }),
      ...(query.q ? { terms: { $regex: `^${escape(query.q.toLowerCase())}` } } : {}),
    }
  }

  return {
    async list(actor, query) {
      const filter = filterOf(actor, query)
      const [items, total] = await Promise.all([
        users
          .find(filter)
          .sort(ORDER)
          .skip((query.page - 1) * query.pageSize)
          .limit(query.pageSize)
          .lean<UserRow[]>(),
        users.countDocuments(filter).limit(TOTAL_CAP + 1),
      ])
      return { items, total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP }
    },
    count: async (actor, query, most) => users.countDocuments(filterOf(actor, query)).limit(most),
    each: (actor, query) => users.find(filterOf(actor, query)).sort(ORDER).lean<UserRow>().cursor({ batchSize: 500 }),
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
