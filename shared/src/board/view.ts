import { z } from 'zod'
import { PageQuery, type Page } from '../page'
import type { CommandType } from '../ticket/commands'
import type { SupervisionForm, SupervisionTrigger, TicketStatus } from '../ticket/labels'
import type { Role } from '../user/roles'
import type { Risk } from './risks'

/** Who sees the risks of the whole city and what is supervised. */
export const BOARD_ROLES: readonly Role[] = ['supervisor', 'director', 'cityLeader']

/** 风险看板: theirs is the whole city's; a unit's leaders see what their own unit and those below it lead. */
export const UNIT_BOARD_ROLES: readonly Role[] = ['unitLead', 'unitHead']
export const RISK_ROLES: readonly Role[] = [...BOARD_ROLES, ...UNIT_BOARD_ROLES]

/** `GET /api/board/risks`: narrowed as the list of tickets is. */
export const BoardQuery = z.strictObject({
  unitId: z.string().max(64).optional(),
  regionCode: z.string().max(20).optional(),
  matterCode: z.string().max(12).optional(),
})
export type BoardQuery = z.output<typeof BoardQuery>

/** Whoever leads; `''`: nobody, it is the hotline's to dispatch. */
export interface BoardUnit {
  unitId: string
  unitName: string
  count: number
  /** The worst one of them. */
  worst?: {
    no: string
    title: string
    resolveBy?: string
    returnCount: number
    reworkCount: number
    quietSince?: string
  }
}

export interface BoardColumn {
  risk: Risk
  /** With the city's own number: 24 小时内. */
  label: string
  /** From when on, in a few words. */
  note: string
  formula: string
  total: number
  /** Those with most, the worst first; `otherUnits` more are not listed. */
  units: BoardUnit[]
  otherUnits: number
}

/** `GET /api/board/columns`: their words alone, for the list behind a number. */
export interface BoardColumns {
  columns: Pick<BoardColumn, 'risk' | 'label' | 'note' | 'formula'>[]
}

export interface RiskBoard {
  at: string
  columns: BoardColumn[]
  /** Matters of the second level with the most tickets at any risk. */
  matters: { matterCode: string; name: string; count: number; overdue: number }[]
}

export const SUPERVISION_STATES = {
  waiting: '待反馈',
  overdue: '逾期未反馈',
  answered: '已反馈待销号',
  closed: '已销号',
} as const
export type SupervisionState = keyof typeof SUPERVISION_STATES

/** `GET /api/board/supervisions`: 督办 from its order to 销号; what is open by deadline, what is closed by its closing. */
export const SupervisionQuery = PageQuery.extend({
  state: z.enum(Object.keys(SUPERVISION_STATES) as [SupervisionState, ...SupervisionState[]]).optional(),
  /** Ordered by the actor himself. */
  mine: z.enum(['true', 'false']).optional(),
  unitId: z.string().max(64).optional(),
}).strict()
export type SupervisionQuery = z.output<typeof SupervisionQuery>

export interface SupervisionItem {
  ticketId: string
  no: string
  version: number
  status: TicketStatus
  title: string
  supervisionId: string
  form: SupervisionForm
  trigger: SupervisionTrigger
  unitId?: string
  unitName?: string
  requirement: string
  deadline?: string
  at: string
  byName: string
  state: SupervisionState
  answeredAt?: string
  answer?: string
  closedAt?: string
  closedByName?: string
  result?: string
  /** What may be done about it from here. */
  can: CommandType[]
}

/** With the counts of all states, for whom it was narrowed to. */
export type SupervisionPage = Page<SupervisionItem> & { counts: Record<SupervisionState, number> }
