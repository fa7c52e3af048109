import { z } from 'zod'
import type { Point } from '../region/borders'
import { ADDRESS_MAX, confidentiality, id, ids, Location, TEXT_MAX, TITLE_MAX } from './commandInputs'
import type { TicketStatus } from './labels'
import type { TicketRow } from './view'

/**
 * `POST /api/tickets/alike`: what stands on a screen, however unfinished; or a ticket, of which the rest is then taken. In
 * the body and in no address: what a citizen says belongs into no log.
 */
export const AlikeInput = z.strictObject({
  ticketId: id.optional(),
  title: z.string().trim().max(TITLE_MAX).optional(),
  detail: z.string().max(TEXT_MAX).default(''),
  matterCode: id.optional(),
  regionCode: id.optional(),
  address: z.string().trim().max(ADDRESS_MAX).optional(),
  location: Location.optional(),
  accusedUnitIds: ids.default([]),
  confidentiality: confidentiality.default(0),
})
export type AlikeInput = z.input<typeof AlikeInput>

/** How many of the alike tickets went so, and how sure that makes it. */
interface Shared {
  /** 0–1, of the catalogue and of the history together; the order. */
  confidence: number
  /** Of the alike tickets, each by its likeness and its age, 0–1. */
  share: number
  count: number
  of: number
  /** 12 件相似工单中 9 件属此事项；目录关键词“夜间施工” */
  reason: string
}

export interface AlikeMatter extends Shared {
  code: string
  name: string
  /** 住房建设>施工管理>夜间施工噪音 */
  path: string
}

export interface AlikeUnit extends Shared {
  unitId: string
  name: string
  /** The catalogue names it for this matter in this place. */
  isInCatalogue: boolean
}

/** An earlier ticket that has ended, with what the caller was told; nothing of whose it was. */
export interface AlikeTicket {
  id: string
  no: string
  title?: string
  matterName?: string
  regionName: string
  /** The beginning of the public answer; the whole of it by `AnsweredView`. */
  answerExcerpt: string
  closedAt: string
  unitName?: string
  /** 0–1 */
  similarity: number
  isSameSpot: boolean
}

/** `GET /api/tickets/:id/answered`: what is taken over into another answer is taken whole. */
export const AnsweredView = z.object({ answer: z.string() })
export type AnsweredView = z.output<typeof AnsweredView>

/** What one unit did with this matter in this district in the last half year. */
export interface UnitRecord {
  unitId: string
  name: string
  /** Handled by it in the end, `share` of `of`. */
  handled: number
  of: number
  share: number
  /** Given back by it, of all that it was sent. */
  returned: number
  sent: number
  returnRate: number
  /** Ended ones, and those of them within the unit's own limit. */
  ended: number
  onTime: number
  onTimeRate: number
}

export interface NearbyTicket {
  no: string
  location: Point
  metres: number
  registeredAt: string
  status: TicketStatus
  unitName?: string
}

export interface AlikeAnswer {
  matters: AlikeMatter[]
  units: AlikeUnit[]
  tickets: AlikeTicket[]
  /** Of the matter that is chosen, when one is. */
  records: UnitRecord[]
  /** How far back, and how many of the newest tickets, `records` looks at the most. */
  /** Of the same matter, within sight of the point; for the map of the hotline's own people. */
  nearby: NearbyTicket[]
  recordDays: number
  recordsOf: number
}

/** `GET /api/tickets/:id/kin`: what waits in the pool, is of the same matter and would go to the same unit. */
export interface KinAnswer {
  unitId?: string
  unitName?: string
  items: TicketRow[]
}
