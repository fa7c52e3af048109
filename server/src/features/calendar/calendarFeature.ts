import { readNotice } from '@hotline/shared/calendar/notice'
import { PreviewYearInput, ReadNoticeInput, SaveYearInput } from '@hotline/shared/calendar/view'
import { ACCOUNT_ROLES } from '@hotline/shared/user/roles'
import { Router } from 'express'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { CalendarService } from './calendarService'

const tag = '工作日历'
const api: RouteDoc[] = [
  { method: 'get', path: '/api/calendar', tag, summary: '各年的放假、调休日，是否已公布' },
  {
    method: 'post',
    path: '/api/calendar/read-notice',
    tag,
    summary: '读一份放假通知（不保存）',
    body: ReadNoticeInput,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/calendar/drafts',
    tag,
    summary: '存为草稿（热线主任），不参与计算',
    body: SaveYearInput,
    status: 201,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/calendar/preview',
    tag,
    summary: '公布这一年，在办工单会怎样（不改动任何工单）',
    body: PreviewYearInput,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/calendar/publish',
    tag,
    summary: '公布一年（热线主任），在办工单在后台重算',
    body: SaveYearInput,
    isWrite: true,
  },
]

export function createCalendarFeature(service: CalendarService, write: Write): Feature {
  const router = Router()

  router.get('/', async (req, res) => {
    assertRole(actorOf(req), ...ACCOUNT_ROLES)
    res.json(await service.list())
  })
  router.post(
    '/read-notice',
    write(async (req) => {
      assertRole(actorOf(req), 'director')
      const { text, year } = parse(ReadNoticeInput, req.body)
      return { body: readNotice(text, year) }
    }),
  )
  router.post(
    '/drafts',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'director')
      return { status: 201, body: await service.saveDraft(parse(SaveYearInput, req.body), actor, req.ip) }
    }),
  )
  router.post(
    '/preview',
    write(async (req) => {
      assertRole(actorOf(req), 'director')
      return { body: await service.preview(parse(PreviewYearInput, req.body).calendar) }
    }),
  )
  router.post(
    '/publish',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'director')
      return { body: await service.publish(parse(SaveYearInput, req.body), actor, req.ip) }
    }),
  )
  return { path: '/api/calendar', router, api }
}
