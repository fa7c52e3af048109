import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { CreateUserInput, UpdateUserInput } from '@hotline/shared/user/account'
import { isPhone, normalizePhone } from '@hotline/shared/user/masking'
import { HOTLINE_ROLES, UNIT_ROLES, type AccountRole } from '@hotline/shared/user/roles'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Transact, Tx } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import { assertGoodPassword, hashPassword, verifyPassword } from './passwords'
import { usernameKeyOf, type UserChange, type UserRow, type UserStore } from './userStore'
import { phoneContext } from './userView'

export interface UserService {
  create(input: CreateUserInput, actor: Actor): Promise<UserRow>
  update(id: string, input: UpdateUserInput, actor: Actor): Promise<UserRow>
  /** @throws AppError ruleViolated while open work is assigned */
  /** Refused while there is work in hand and nobody named to take it. */
  disable(id: string, actor: Actor, handOverTo?: string): Promise<UserRow>
  enable(id: string, actor: Actor): Promise<UserRow>
  resetPassword(id: string, password: string, actor: Actor): Promise<void>
  unlock(id: string, actor: Actor): Promise<void>
  /** One's own; other sessions end, this one stays. */
  changePassword(actor: Actor, current: string, next: string, sessionId: string): Promise<void>
}

export interface UserDeps {
  store: UserStore
  units: UnitTree
  audit: Audit
  transact: Transact
  crypto: Crypto
  clock: Clock
  /** What the account still has in hand, as a sentence ("3 件在办工单"); undefined when nothing. */
  openWorkOf(user: UserRow): Promise<string | undefined>
  /** All that the account has in hand to a colleague of its unit. @returns how many tickets */
  handOver(user: UserRow, toUserId: string, reason: string): Promise<number>
  /** Sessions end with the change that is the cause, all but one, when named. */
  revoke(tx: Tx, user: UserRow, exceptSessionId?: string): Promise<void>
  /** The account changed: sessions only see the new roles. */
  onChanged(userId: string): Promise<void>
  /** Wrong passwords by account name: a session that was left open is no way to try them. */
  attempts: {
    assertOpen(usernameKey: string): Promise<void>
    fail(usernameKey: string): Promise<unknown>
    clear(usernameKey: string): Promise<void>
  }
}

export function createUserService(deps: UserDeps): UserService {
  const { store, units, audit, transact, crypto, clock } = deps

  /** The account, if it is the actor's to administer. */
  async function load(id: string, actor: Actor): Promise<UserRow> {
    const user = await store.find(id)
    if (!user) throw new AppError('notFound', '没有这个账号')
    if (!hasRole(actor, 'administrator')) {
      if (!units.isWithin(user.unitId, actor.unitId)) throw new AppError('notFound', '没有这个账号')
      if (!user.roles.every(isUnitRole)) throw new AppError('forbidden', '只有系统管理员可以管理这个账号')
    }
    return user
  }

  function assertGrantable(roles: readonly AccountRole[], unitId: string, actor: Actor): void {
    if (!units.isOpen(unitId)) throw new AppError('ruleViolated', '单位不存在或已停用')
    if (!hasRole(actor, 'administrator')) {
      if (!units.isWithin(unitId, actor.unitId)) throw new AppError('forbidden', '只能管理本单位及下级的账号')
      if (!roles.every(isUnitRole)) throw new AppError('forbidden', '区县管理员只能授予承办单位的角色')
    }
    // Whoever sees every ticket must not sit in a unit that a report may accuse.
    if (roles.some((role) => HOTLINE_ROLES.includes(role)) && !isOfHotline(unitId))
      throw new AppError('ruleViolated', '热线的岗位只能授予热线中心的账号')
  }

  function isOfHotline(unitId: string): boolean {
    return ['hotline', 'hotlineGroup'].includes(units.get(unitId)?.kind ?? '')
  }

  async function assertNotLastAdministrator(user: UserRow): Promise<void> {
    if (user.roles.includes('administrator') && user.isActive && (await store.countAdministrators()) <= 1) {
      throw new AppError('ruleViolated', '这是最后一个系统管理员，不能停用或改变角色')
    }
  }

  type Details = Record<string, string | string[]>
  interface Deed {
    actor: Actor
    action: string
    details?: (updated: UserRow) => Details
    ends?: { exceptSessionId?: string }
  }
  const entryOf = (actor: Actor, action: string, user: UserRow, details?: Details) => {
    const target = `users/${user._id}`
    return { actor, action, target, details: { username: user.username, ...details } }
  }
  const placeOf = ({ roles, unitId }: UserRow): Details => ({ roles, unitId })

  /** The change, its entry in the audit and, with `ends`, the end of the sessions (but one, when named), which are one. */
  function change(
    { actor, action, details, ends }: Deed,
    user: UserRow,
    change: UserChange,
    revokes: boolean,
  ): Promise<UserRow> {
    return transact(async (tx) => {
      const updated = await store.update(user._id, change, { revokes, ends: ends !== undefined, tx })
      if (!updated) throw new AppError('notFound', '没有这个账号')
      if (ends) await deps.revoke(tx, updated, ends.exceptSessionId)
      audit.appendWith(tx, entryOf(actor, action, updated, details?.(updated)))
      return updated
    })
  }

  const sealPhone = (id: string, phone: string) => {
    if (phone === '') return ''
    if (!isPhone(phone)) {
      throw new AppError('invalidInput', '电话号码不正确', { fields: [{ path: 'phone', message: '电话号码不正确' }] })
    }
    return crypto.seal(normalizePhone(phone), phoneContext(id))
  }

  return {
    async create({ phone, password, ...input }, actor) {
      assertGrantable(input.roles, input.unitId, actor)
      assertGoodPassword(password, input.username)
      const _id = globalThis.crypto.randomUUID()
      const sealed = phone ? sealPhone(_id, phone) : undefined
      const passwordHash = await hashPassword(password)
      const row = { ...input, _id, passwordHash, mustChangePassword: true, ...(sealed ? { phone: sealed } : {}) }
      const created = await transact(async (tx) => {
        const user = await store.insert(row, clock.now(), tx)
        audit.appendWith(tx, entryOf(actor, 'user.created', user, placeOf(user)))
        return user
      })
      // Known at once to the rules on handlers and reviewers, not only at the next look into the directory.
      await deps.onChanged(_id)
      return created
    },

    async update(id, { phone, ...input }, actor) {
      const user = await load(id, actor)
      const roles = input.roles ?? user.roles
      const unitId = input.unitId ?? user.unitId
      const isMoved = unitId !== user.unitId || roles.join() !== user.roles.join()
      if (isMoved) {
        if (id === actor.userId) throw new AppError('ruleViolated', '不能改变自己的角色或单位')
        assertGrantable(roles, unitId, actor)
        if (!roles.includes('administrator')) await assertNotLastAdministrator(user)
        const isGivingUp = unitId !== user.unitId || (user.roles.includes('handler') && !roles.includes('handler'))
        const work = isGivingUp ? await deps.openWorkOf(user) : undefined
        if (work) throw new AppError('ruleViolated', `还有 ${work}，请先移交再调整单位或岗位`)
      }
      const sealed = phone === undefined ? {} : { phone: sealPhone(id, phone) }
      const deed = { actor, action: 'user.updated', details: placeOf }
      const updated = await change(deed, user, { ...input, ...sealed }, isMoved)
      await deps.onChanged(id)
      return updated
    },

    async disable(id, actor, handOverTo) {
      const user = await load(id, actor)
      if (id === actor.userId) throw new AppError('ruleViolated', '不能停用自己的账号')
      await assertNotLastAdministrator(user)
      const work = await deps.openWorkOf(user)
      if (work && handOverTo === undefined)
        throw new AppError('ruleViolated', `还有 ${work}，请先移交再停用`, { openWork: work })
      if (work && handOverTo === id) throw new AppError('ruleViolated', '接手的不能是他自己')
      const moved = work && handOverTo ? await deps.handOver(user, handOverTo, `${user.name}停用账号`) : 0
      const details = (): Details => (moved && handOverTo ? { handOverTo, tickets: String(moved) } : {})
      return change({ actor, action: 'user.disabled', details, ends: {} }, user, { isActive: false }, true)
    },

    async enable(id, actor) {
      const user = await load(id, actor)
      const updated = await change({ actor, action: 'user.enabled' }, user, { isActive: true }, true)
      await deps.onChanged(id)
      return updated
    },

    async resetPassword(id, password, actor) {
      const user = await load(id, actor)
      assertGoodPassword(password, user.username)
      // To one's own there is nobody else who knows it.
      const mustChangePassword = id !== actor.userId
      const passwordHash = await hashPassword(password)
      await change({ actor, action: 'user.passwordReset', ends: {} }, user, { passwordHash, mustChangePassword }, true)
      await deps.attempts.clear(user.usernameKey)
    },

    async unlock(id, actor) {
      const user = await load(id, actor)
      await deps.attempts.clear(usernameKeyOf(user.username))
      await audit.append(entryOf(actor, 'user.unlocked', user))
    },

    async changePassword(actor, current, next, sessionId) {
      const user = await store.find(actor.userId)
      if (!user) throw new AppError('notFound', '没有这个账号')
      await deps.attempts.assertOpen(user.usernameKey)
      if (!(await verifyPassword(user.passwordHash, current))) {
        await deps.attempts.fail(user.usernameKey)
        const message = '当前密码不正确'
        throw new AppError('invalidInput', message, { fields: [{ path: 'currentPassword', message }] })
      }
      assertGoodPassword(next, user.username, { path: 'newPassword', current })
      const changed = { passwordHash: await hashPassword(next), mustChangePassword: false }
      const ends = { exceptSessionId: sessionId }
      await change({ actor, action: 'user.passwordChanged', ends }, user, changed, true)
    },
  }
}

function isUnitRole(role: AccountRole): boolean {
  return UNIT_ROLES.includes(role) && role !== 'countyAdmin'
}
