import {
  CallSettings,
  ExchangeInput,
  ExchangeView,
  LinesInput,
  NewExchange,
  SaveNumbersInput,
} from '@hotline/shared/call/settings'
import { Router } from 'express'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { CallSettingsService } from './callSettings'

const tag = '话务接口'

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/call-settings',
    tag,
    summary: '交换机、分机、话务参数（热线主任、系统管理员）',
    response: CallSettings,
  },
  {
    method: 'put',
    path: '/api/call-settings/numbers',
    tag,
    summary: '保存话后整理时长、无挂断关闭时长',
    body: SaveNumbersInput,
    response: CallSettings,
    isWrite: true,
  },
  {
    method: 'put',
    path: '/api/call-settings/lines',
    tag,
    summary: '保存分机与坐席的对应，整表替换',
    body: LinesInput,
    response: CallSettings,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/call-settings/exchanges',
    tag,
    summary: '接入一台交换机；令牌只在这次给出',
    body: ExchangeInput,
    response: NewExchange,
    status: 201,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/call-settings/exchanges/{id}/revoke',
    tag,
    summary: '停用令牌，立即生效',
    response: ExchangeView,
    isWrite: true,
  },
]

export function createCallSettingsFeature(service: CallSettingsService, write: Write): Feature {
  const router = Router()
  router.use((req, _res, next) => {
    assertRole(actorOf(req), 'director', 'administrator')
    next()
  })

  router.get('/', async (_req, res) => {
    res.json(await service.read())
  })
  router.put(
    '/numbers',
    write(async (req) => {
      const { version, ...numbers } = parse(SaveNumbersInput, req.body)
      return { body: await service.saveNumbers(numbers, version, actorOf(req), req.ip) }
    }),
  )
  router.put(
    '/lines',
    write(async (req) => ({ body: await service.saveLines(parse(LinesInput, req.body), actorOf(req), req.ip) })),
  )
  router.post(
    '/exchanges',
    write(
      async (req) => {
        const { name } = parse(ExchangeInput, req.body)
        return { status: 201, body: await service.addExchange(name, actorOf(req), req.ip) }
      },
      { withoutBody: true },
    ),
  )
  router.post(
    '/exchanges/:id/revoke',
    write(async (req) => ({ body: await service.revokeExchange(String(req.params.id), actorOf(req), req.ip) })),
  )
  return { path: '/api/call-settings', router, api }
}
