import { hasRole } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import {
  ChangePasswordInput,
  CreateUserInput,
  DisableUserInput,
  ResetPasswordInput,
  SessionUser,
  UpdateUserInput,
  UserItem,
} from '@hotline/shared/user/account'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Crypto } from '../../platform/crypto'
import { actorOf, assertRole, principalOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import { UserQuery, type UserQueries } from './userQueries'
import type { UserService } from './userService'
import type { UserRow, UserStore } from './userStore'
import { presentAccount, presentColleague, presentMe } from './userView'

export interface UserRouteDeps {
  service: UserService
  queries: UserQueries
  store: UserStore
  units: UnitTree
  crypto: Crypto
  write: Write
  attempts: { lockedAmong(usernameKeys: readonly string[]): Promise<Set<string>> }
}

const NONE: ReadonlySet<string> = new Set()
const adminOf = (req: Request) => {
  const actor = actorOf(req)
  assertRole(actor, 'administrator', 'countyAdmin')
  return actor
}
const idOf = (req: Request) => String(req.params.id)

export function createUserRoutes(deps: UserRouteDeps): Router {
  const { service, queries, units, crypto, write } = deps
  const router = Router()
  const present = (user: UserRow, locked = NONE) => presentAccount(user, units, crypto, locked)

  router.get('/', async (req, res) => {
    const actor = actorOf(req)
    const page = await queries.list(actor, parse(UserQuery, req.query))
    if (!hasRole(actor, 'administrator', 'countyAdmin')) {
      res.json({ ...page, items: page.items.map((user) => presentColleague(user, units)) })
      return
    }
    const locked = await deps.attempts.lockedAmong(page.items.map((user) => user.usernameKey))
    res.json({ ...page, items: page.items.map((user) => present(user, locked)) })
  })

  router.post(
    '/',
    write(async (req) => {
      const actor = adminOf(req)
      return { status: 201, body: present(await service.create(parse(CreateUserInput, req.body), actor)) }
    }),
  )

  router.patch(
    '/:id',
    write(async (req) => {
      const actor = adminOf(req)
      return { body: present(await service.update(idOf(req), parse(UpdateUserInput, req.body), actor)) }
    }),
  )

  router.post(
    '/:id/disable',
    write(async (req) => {
      const actor = adminOf(req)
      const { handOverTo } = parse(DisableUserInput, req.body ?? {})
      return { body: present(await service.disable(idOf(req), actor, handOverTo)) }
    }),
  )
  router.post(
    '/:id/enable',
    write(async (req) => ({ body: present(await service.enable(idOf(req), adminOf(req))) })),
  )
  router.post(
    '/:id/reset-password',
    write(async (req) => {
      const actor = adminOf(req)
      await service.resetPassword(idOf(req), parse(ResetPasswordInput, req.body).password, actor)
      return { body: {} }
    }),
  )
  router.post(
    '/:id/unlock',
    write(async (req) => {
      await service.unlock(idOf(req), adminOf(req))
      return { body: {} }
    }),
  )
  return router
}

/** `/api/me`: the signed-in person. */
export function createMeRoutes({ service, store, units, write }: UserRouteDeps): Router {
  const router = Router()

  router.get('/', async (req, res) => {
    const user = await store.find(actorOf(req).userId)
    if (!user) throw new AppError('unauthenticated', '请先登录')
    res.json(presentMe(user, units))
  })

  router.post(
    '/password',
    write(async (req) => {
      const { currentPassword, newPassword } = parse(ChangePasswordInput, req.body)
      const { actor, sessionId } = principalOf(req)
      await service.changePassword(actor, currentPassword, newPassword, sessionId)
      return { body: {} }
    }),
  )
  return router
}

const tag = '账号'
const Items = z.object({ items: z.array(UserItem), total: z.number(), isTotalCapped: z.boolean() })

export const userApi: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/users',
    summary: '账号列表（管理员），或本单位可选的同事',
    tag,
    query: UserQuery,
    response: Items,
  },
  {
    method: 'post',
    path: '/api/users',
    summary: '新建账号',
    tag,
    body: CreateUserInput,
    response: UserItem,
    status: 201,
    isWrite: true,
  },
  {
    method: 'patch',
    path: '/api/users/{id}',
    summary: '修改姓名、角色、单位、工号、电话',
    tag,
    body: UpdateUserInput,
    response: UserItem,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/users/{id}/disable',
    summary: '停用账号，在办工单一并移交本单位同事',
    tag,
    body: DisableUserInput,
    response: UserItem,
    isWrite: true,
  },
  { method: 'post', path: '/api/users/{id}/enable', summary: '启用账号', tag, response: UserItem, isWrite: true },
  {
    method: 'post',
    path: '/api/users/{id}/reset-password',
    summary: '重置密码',
    tag,
    body: ResetPasswordInput,
    isWrite: true,
  },
  { method: 'post', path: '/api/users/{id}/unlock', summary: '解除登录锁定', tag, isWrite: true },
]

export const meApi: RouteDoc[] = [
  { method: 'get', path: '/api/me', summary: '当前登录人', tag: '登录', response: SessionUser },
  {
    method: 'post',
    path: '/api/me/password',
    summary: '修改自己的密码',
    tag: '登录',
    body: ChangePasswordInput,
    isWrite: true,
  },
]
