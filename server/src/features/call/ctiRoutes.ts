import { CtiEvent } from '@hotline/shared/call/ctiEvent'
import { AppError } from '@hotline/shared/error'
import { Router } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import type { RouteDoc } from '../../platform/http/openapi'
import { networkOf, type RateLimit, type RateLimiter } from '../../platform/http/rateLimit'
import { parse } from '../../platform/http/validate'
import type { CallService } from './callService'
import { readCtiBody } from './ctiBody'
import type { ExchangeStore } from './exchangeStore'

export interface CtiDeps {
  service: Pick<CallService, 'receive'>
  exchanges: ExchangeStore
  crypto: Pick<Crypto, 'hashOf'>
  clock: Clock
  rateLimiter: RateLimiter
}

/** Counts wrong tokens only, so that nobody can keep an exchange out. */
const WRONG_TOKENS: RateLimit = { name: 'cti.wrongToken', max: 30, windowSeconds: 60 }

const api: RouteDoc[] = [
  {
    method: 'post',
    path: '/api/cti/{token}',
    tag: '通话',
    summary: '交换机推送来电事件（Zammad 通用 CTI 格式）：newCall、answer、hangup；JSON 或表单',
    description:
      'callId（或 call_id）相同即同一通电话；重复、乱序的事件不产生影响。号码写法不限。坐席按 answeringNumber、user、被叫（呼出为主叫）里的分机认定。令牌在“设置 → 话务接口”中生成。',
    body: z.object({
      event: z.enum(['newCall', 'answer', 'hangup']),
      callId: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
      direction: z.enum(['in', 'out']).optional(),
      queue: z.string().optional(),
      user: z.union([z.string(), z.array(z.string())]).optional(),
      answeringNumber: z.string().optional(),
      cause: z.string().optional(),
      satisfactionKey: z.int().min(1).max(5).optional(),
    }),
    response: z.object({ id: z.string() }),
    isPublic: true,
  },
]

export function tokenHashOf(crypto: Pick<Crypto, 'hashOf'>, token: string): string {
  return crypto.hashOf('cti', token)
}

export function createCtiFeature({ service, exchanges, crypto, clock, rateLimiter }: CtiDeps): Feature {
  const router = Router()

  router.post('/:token', ...readCtiBody, async (req, res) => {
    const token = String(req.params.token)
    // Whatever goes wrong from here on is logged with its path, and the token must not be.
    req.url = '/***'
    // By its keyed hash: how long the search takes says nothing of the token.
    const exchange = await exchanges.findByToken(tokenHashOf(crypto, token))
    if (!exchange) {
      await rateLimiter.hit(WRONG_TOKENS, networkOf(req.ip ?? ''))
      throw new AppError('unauthenticated', '令牌无效或已停用')
    }
    try {
      const id = await service.receive(exchange._id, parse(CtiEvent, req.body))
      await exchanges.heard(exchange, clock.now())
      res.json({ id })
    } catch (error) {
      const fields = error instanceof AppError && error.code === 'invalidInput' ? error.details?.fields : undefined
      if (fields)
        await exchanges.problem(
          exchange._id,
          clock.now(),
          fields
            .map(({ message }) => message)
            .join('；')
            .slice(0, 300),
        )
      throw error
    }
  })
  return { path: '/api/cti', router, api, isPublic: true }
}
