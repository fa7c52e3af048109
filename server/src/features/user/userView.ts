import type { SessionUser, UserItem } from '@hotline/shared/user/account'
import { maskPhone } from '@hotline/shared/user/masking'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Crypto } from '../../platform/crypto'
import type { SealedPlace } from '../../platform/reseal'
import type { UserRow } from './userStore'

export function phoneContext(userId: string): string {
  return `users/${userId}/phone`
}

export function presentMe(user: UserRow, units: UnitTree): SessionUser {
  return { ...presentPerson(user, units), ...(user.mustChangePassword ? { mustChangePassword: true } : {}) }
}

function presentPerson({ _id, username, name, roles, unitId, jobNo }: UserRow, units: UnitTree): SessionUser {
  return { id: _id, username, name, roles, unitId, unitName: units.name(unitId), jobNo }
}

/** For pickers: who and where, nothing to administer. */
export function presentColleague(user: UserRow, units: UnitTree): UserItem {
  return { ...presentPerson(user, units), isActive: user.isActive }
}

/** For those who administer accounts. */
export function presentAccount(user: UserRow, units: UnitTree, crypto: Crypto, locked: ReadonlySet<string>): UserItem {
  const phone = user.phone && maskedPhone(user._id, user.phone, crypto)
  return { ...presentColleague(user, units), isLocked: locked.has(user.usernameKey), phone }
}

/** One that cannot be opened must not keep the list of accounts from being shown. */
function maskedPhone(userId: string, sealed: string, crypto: Crypto): string {
  try {
    return maskPhone(crypto.open(sealed, phoneContext(userId)))
  } catch {
    return '无法解密'
  }
}

/** Where accounts' sealed telephones stand, for a change of keys. */
export const SEALED_IN_USERS: SealedPlace<Pick<UserRow, '_id' | 'phone'>> = {
  collection: 'users',
  label: '账号电话',
  projection: { phone: 1 },
  valuesOf: ({ _id, phone }) => (phone ? [{ path: 'phone', value: phone, context: phoneContext(_id) }] : []),
}
