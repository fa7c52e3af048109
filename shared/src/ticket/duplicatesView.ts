import { z } from 'zod'
import { ADDRESS_MAX, id, TEXT_MAX, TITLE_MAX } from './commandInputs'
import type { DuplicateGrade } from './duplicates'
import type { TicketStatus } from './labels'

/** `POST /api/tickets/duplicates`: a ticket of the hotline, or what stands on an agent's screen, however unfinished. */
export const DuplicatesInput = z.strictObject({
  ticketId: id.optional(),
  number: z.string().trim().max(40).optional(),
  matterCode: id.optional(),
  regionCode: id.optional(),
  address: z.string().trim().max(ADDRESS_MAX).optional(),
  title: z.string().trim().max(TITLE_MAX).optional(),
  detail: z.string().max(TEXT_MAX).default(''),
})
export type DuplicatesInput = z.input<typeof DuplicatesInput>

/** An earlier ticket that this may be, with nothing of its caller's. */
export interface DuplicateView {
  id: string
  no: string
  version: number
  status: TicketStatus
  title?: string
  matterName?: string
  regionName: string
  address?: string
  registeredAt: string
  closedAt?: string
  resolveBy?: string
  leadUnitName?: string
  urgeCount: number
  grade: DuplicateGrade
  confidence: number
  /** 同一号码、7 天前、同地点同事项、文字 86% 相似 */
  reasons: string[]
  isSameNumber: boolean
  /** The agent who registered it took it for this one. */
  isSuggested: boolean
  /** The same caller again: attached as an urge. */
  canUrge: boolean
  /** It is open and itself nobody's duplicate. */
  canMergeInto: boolean
  /** Number of the ticket that it was merged into. */
  mergedInto?: string
}

export interface DuplicatesAnswer {
  items: DuplicateView[]
  /** Today's callers on this matter in this spot, this one among them. */
  callersToday: number
  isHot: boolean
}
