import type { SessionUser, UserItem } from '@hotline/shared/user/account'
import { maskPhone } from '@hotline/shared/user/masking'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Crypto } from '../../platform/crypto'
import type { UserRow } from './userStore'

export function phoneContext(userId: string): string {
  return `users/${userId}/phone`
}

export function presentMe(user: UserRow, units: UnitTree): SessionUser {
  const { _id, username, name, roles, unitId, jobNo } = user
  return { id: _id, username, name, roles, unitId, unitName: units.name(unitId), jobNo }
}

/** For pickers: who and where, nothing to administer. */
export function presentColleague(user: UserRow, units: UnitTree): UserItem {
  return { ...presentMe(user, units), isActive: user.isActive }
}

/** For those who administer accounts. */
export function presentAccount(user: UserRow, units: UnitTree, crypto: Crypto, locked: ReadonlySet<string>): UserItem {
  const phone = user.phone && maskPhone(crypto.open(user.phone, phoneContext(user._id)))
  return { ...presentColleague(user, units), isLocked: locked.has(user.usernameKey), phone }
}
