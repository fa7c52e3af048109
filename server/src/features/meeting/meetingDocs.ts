import {
  AddItem,
  DoneItem,
  EditItem,
  GatherInput,
  HoldMeeting,
  MEETING_REASONS,
  OrderItems,
  RemoveItem,
} from '@hotline/shared/meeting/meeting'
import { keys } from '@hotline/shared/ticket/commandInputs'
import { STATUS_LABELS } from '@hotline/shared/ticket/labels'
import { z } from 'zod'
import type { RouteDoc } from '../../platform/http/openapi'

export const MEETINGS_PATH = '/api/meetings'
const tag = '周例会'
const moment = z.iso.datetime()
const deed = { at: moment, byName: z.string() }

const Item = z.object({
  id: z.string(),
  ticketId: z.string(),
  no: z.string(),
  title: z.string(),
  status: keys(STATUS_LABELS).optional(),
  reasons: z.array(keys(MEETING_REASONS)),
  proposal: z.object({ reason: z.string(), byName: z.string() }).optional(),
  problem: z.string(),
  demand: z.string(),
  unitId: z.string().optional(),
  unitName: z.string().optional(),
  deadline: z.string().optional(),
  weeks: z.int(),
  state: z.enum(['open', 'done']),
  done: z.object({ words: z.string(), ...deed }).optional(),
  removed: z.object({ reason: z.string(), ...deed }).optional(),
})

export function meetingApi(State: z.ZodType): RouteDoc[] {
  const Meeting = z.object({
    week: z.string(),
    until: z.string(),
    state: State,
    version: z.int(),
    items: z.array(Item),
    gatheredAt: moment.optional(),
    heldAt: moment.optional(),
    heldByName: z.string().optional(),
    canEdit: z.boolean(),
    canFollow: z.boolean(),
  })
  const Summary = z.object({ week: z.string(), state: State, items: z.int(), open: z.int() })
  const write = (path: string, summary: string, body: z.ZodType): RouteDoc => ({
    ...{ method: 'post', path: `${MEETINGS_PATH}/{week}${path}`, tag, summary, body, response: Meeting, isWrite: true },
  })
  return [
    {
      method: 'get',
      path: MEETINGS_PATH,
      tag,
      summary: '历次周例会清单：件数、未落实数',
      response: z.object({ items: z.array(Summary) }),
    },
    {
      method: 'get',
      path: `${MEETINGS_PATH}/{week}`,
      tag,
      summary: '一周的清单（以周一的日期为名）',
      response: Meeting,
    },
    write('/gather', '归集：超期、不满意重办、会商、多次退单、久未进展，和上次未了的', GatherInput),
    write('/items', '提请一件', AddItem),
    write('/items/{id}', '写问题、议定事项、责任单位、期限', EditItem),
    write('/items/{id}/remove', '移除一件，写明理由', RemoveItem),
    write('/order', '排次序', OrderItems),
    write('/hold', '召开：清单从此不改，议定事项跟踪到落实', HoldMeeting),
    write('/items/{id}/done', '登记落实', DoneItem),
  ]
}
