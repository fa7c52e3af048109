import { PageQuery, TOTAL_CAP } from '@hotline/shared/page'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import type { MessageRow, Messages } from './messageService'

const STATES = ['pending', 'sent', 'failed'] as const
const Query = PageQuery.extend({ state: z.enum(STATES).optional() })

const MessageView = z.object({
  id: z.string(),
  purpose: z.string(),
  to: z.string(),
  text: z.string(),
  state: z.enum(STATES),
  adapter: z.string().optional(),
  attempts: z.number(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().optional(),
  lastError: z.string().optional(),
})

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/messages',
    summary: '对外消息（短信等）的发送记录，号码和查询码已隐去（系统管理员）',
    tag: '对外消息',
    query: Query,
    response: z.object({ items: z.array(MessageView), total: z.number(), isTotalCapped: z.boolean() }),
  },
]

export function createMessageFeature(db: Db, messages: Messages): Feature {
  const rows = db.collection<MessageRow>('messages')
  const router = Router()

  router.get('/', async (req, res) => {
    assertRole(actorOf(req), 'administrator')
    const { state, page, pageSize } = parse(Query, req.query)
    const filter = state ? { state } : {}
    const [items, total] = await Promise.all([
      rows
        .find(filter)
        .sort({ createdAt: -1, _id: -1 })
        .skip((page - 1) * pageSize)
        .limit(pageSize)
        .toArray(),
      rows.countDocuments(filter, { limit: TOTAL_CAP + 1 }),
    ])
    res.json({ items: items.map(present), total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP })
  })

  const send = {
    name: 'message.send',
    every: '5 seconds',
    lockSeconds: 120,
    run: async ({ touch }: { touch(): Promise<void> }) => void (await messages.sendDue(touch)),
  }
  return { path: '/api/messages', router, api, jobs: [send] }
}

function present(row: MessageRow): z.infer<typeof MessageView> {
  const { _id, purpose, maskedTo, maskedText, state, adapter, attempts, createdAt, sentAt, lastError } = row
  return {
    id: _id,
    purpose,
    to: maskedTo,
    text: maskedText,
    state,
    adapter,
    attempts,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString(),
    lastError,
  }
}

export const messageMigrations: Migration[] = [
  {
    id: 310,
    name: '对外消息索引',
    up: async (db) => {
      const messages = db.collection('messages')
      await messages.createIndex({ state: 1, nextAttemptAt: 1 })
      await messages.createIndex({ state: 1, createdAt: -1, _id: -1 })
      await messages.createIndex({ createdAt: -1, _id: -1 })
      await messages.createIndex({ purgeAt: 1 }, { expireAfterSeconds: 0 })
    },
  },
]
