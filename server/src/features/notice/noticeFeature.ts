import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { PageQuery, TOTAL_CAP } from '@hotline/shared/page'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import { recipientKeysOf, type NoticeRow } from './noticeService'

const Query = PageQuery.extend({ unread: z.enum(['true', 'false']).default('false') })

const NoticeView = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  ticketId: z.string().optional(),
  ticketNo: z.string().optional(),
  link: z.string().optional(),
  at: z.iso.datetime(),
  isRead: z.boolean(),
})
const Unread = z.object({ count: z.number(), isCapped: z.boolean() })

/** The bell shows 99+ beyond it, so nobody needs to count further. */
const UNREAD_CAP = 99
const NEWEST = 1000
const tag = '站内消息'

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/notices',
    summary: '我的站内消息，新的在前',
    tag,
    query: Query,
    response: z.object({ items: z.array(NoticeView), total: z.number(), isTotalCapped: z.boolean() }),
  },
  { method: 'get', path: '/api/notices/unread', summary: '未读数（最多数到 99）', tag, response: Unread },
  { method: 'post', path: '/api/notices/{id}/read', summary: '标为已读', tag, isWrite: true },
  { method: 'post', path: '/api/notices/read-all', summary: '全部标为已读', tag, isWrite: true },
]

export function createNoticeFeature(db: Db, write: Write): Feature {
  const rows = db.collection<NoticeRow>('notices')
  const router = Router()
  const mine = (actor: Actor) => ({ recipient: { $in: recipientKeysOf(actor) } })
  /** Only of the newest: a whole role's post of three months would be read through to find that all of it was read. */
  const unread = (actor: Actor) => [
    { $match: mine(actor) },
    { $sort: { at: -1, _id: -1 } },
    { $limit: NEWEST },
    { $match: { readBy: { $ne: actor.userId } } },
  ]
  const countUnread = async (actor: Actor, limit: number) => {
    const counted = await rows
      .aggregate<{ n: number }>([...unread(actor), { $limit: limit }, { $count: 'n' }])
      .toArray()
    return counted[0]?.n ?? 0
  }

  router.get('/', async (req, res) => {
    const actor = actorOf(req)
    const { page, pageSize, unread: isUnreadOnly } = parse(Query, req.query)
    const skip = (page - 1) * pageSize
    const [items, total] = await (isUnreadOnly === 'true'
      ? Promise.all([
          rows.aggregate<NoticeRow>([...unread(actor), { $skip: skip }, { $limit: pageSize }]).toArray(),
          countUnread(actor, NEWEST),
        ])
      : Promise.all([
          rows.find(mine(actor)).sort({ at: -1, _id: -1 }).skip(skip).limit(pageSize).toArray(),
          rows.countDocuments(mine(actor), { limit: TOTAL_CAP + 1 }),
        ]))
    const views = items.map((row) => present(row, actor))
    res.json({ items: views, total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP })
  })

  router.get('/unread', async (req, res) => {
    const count = await countUnread(actorOf(req), UNREAD_CAP + 1)
    res.json({ count: Math.min(count, UNREAD_CAP), isCapped: count > UNREAD_CAP })
  })

  router.post(
    '/read-all',
    write(async (req) => {
      const actor = actorOf(req)
      const ids = await rows.aggregate<{ _id: string }>([...unread(actor), { $project: { _id: 1 } }]).toArray()
      await rows.updateMany({ _id: { $in: ids.map(({ _id }) => _id) } }, { $addToSet: { readBy: actor.userId } })
      return { body: {} }
    }),
  )

  router.post(
    '/:id/read',
    write(async (req) => {
      const actor = actorOf(req)
      const { matchedCount } = await rows.updateOne(
        { ...mine(actor), _id: String(req.params.id) },
        { $addToSet: { readBy: actor.userId } },
      )
      if (matchedCount === 0) throw new AppError('notFound', '没有这条消息')
      return { body: {} }
    }),
  )

  return { path: '/api/notices', router, api }
}

function present(row: NoticeRow, actor: Actor): z.infer<typeof NoticeView> {
  const { _id, kind, title, text, ticketId, ticketNo, link, at, readBy } = row
  const isRead = readBy.includes(actor.userId)
  return { id: _id, kind, title, text, ticketId, ticketNo, link, at: at.toISOString(), isRead }
}

export const noticeMigrations: Migration[] = [
  {
    id: 300,
    name: '站内消息索引',
    up: async (db) => {
      const notices = db.collection('notices')
      await notices.createIndex({ recipient: 1, at: -1, _id: -1 })
      await notices.createIndex({ purgeAt: 1 }, { expireAfterSeconds: 0 })
    },
  },
  {
    id: 305,
    name: '按工单更正站内消息',
    up: async (db) => {
      await db.collection('notices').createIndex({ ticketId: 1 })
    },
  },
]
