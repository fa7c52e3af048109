import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { UserItem } from '@hotline/shared/user/account'
import { inBatches } from '../../platform/batches'
import type { Crypto } from '../../platform/crypto'
import type { Model } from '../../platform/mongo'
import { createUserQueries, type UserQuery } from './userQueries'
import type { UserRow } from './userStore'
import { presentAccount } from './userView'

export interface AccountListDeps {
  model: Model<UserRow>
  units: UnitTree
  crypto: Crypto
  attempts: { lockedAmong(usernameKeys: readonly string[]): Promise<Set<string>> }
}

/** All accounts that an administrator looks after, as his list shows them. */
export interface AccountList {
  /** Counts no further than `most`. @throws AppError forbidden */
  count(actor: Actor, query: UserQuery, most: number): Promise<number>
  each(actor: Actor, query: UserQuery): AsyncIterable<UserItem>
}

const AT_ONCE = 200

export function createAccountList({ model, units, crypto, attempts }: AccountListDeps): AccountList {
  const queries = createUserQueries(model, units)
  return {
    async count(actor, query, most) {
      assertAdmin(actor)
      return queries.count(actor, query, most)
    },
    async *each(actor, query) {
      assertAdmin(actor)
      for await (const users of inBatches(queries.each(actor, query), AT_ONCE)) {
        const locked = await attempts.lockedAmong(users.map(({ usernameKey }) => usernameKey))
        for (const user of users) yield presentAccount(user, units, crypto, locked)
      }
    },
  }
}

function assertAdmin(actor: Actor): void {
  if (!hasRole(actor, 'administrator', 'countyAdmin')) throw new AppError('forbidden', '账号由管理员查看')
}
