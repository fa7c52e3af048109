import { dateCell, type Cell, type CellKind } from '../export/cell'
import {
  CHANNEL_LABELS,
  CONFIDENTIALITY_LABELS,
  KIND_LABELS,
  OUTCOME_LABELS,
  STATUS_LABELS,
  URGENCY_LABELS,
} from './labels'
import type { TicketRow } from './view'

export interface TicketColumn {
  label: string
  /** As the head of an exported column, where it says something else there. */
  exportLabel?: string
  /** On the screen, in pixels. */
  width: number
  kind: CellKind
  cell: (row: TicketRow) => Cell
}

/** What a list of tickets can show, once for the screen and for its export. All of it is masked as the row is. */
export const TICKET_COLUMNS = {
  no: { label: '编号', width: 172, kind: 'text', cell: ({ no }) => no },
  title: { label: '标题', width: 320, kind: 'text', cell: ({ title, excerpt }) => title ?? excerpt },
  excerpt: {
    label: '诉求内容',
    exportLabel: '诉求内容（前 120 字）',
    width: 320,
    kind: 'text',
    cell: ({ excerpt }) => excerpt,
  },
  kind: { label: '类型', width: 76, kind: 'text', cell: ({ kind }) => KIND_LABELS[kind] },
  matter: { label: '事项', width: 128, kind: 'text', cell: ({ matterName }) => matterName ?? null },
  place: { label: '地点', exportLabel: '区划', width: 140, kind: 'text', cell: ({ regionName }) => regionName },
  address: { label: '详细地址', width: 200, kind: 'text', cell: ({ address }) => address ?? null },
  status: { label: '状态', width: 112, kind: 'text', cell: ({ status }) => STATUS_LABELS[status] },
  unit: { label: '承办单位', width: 150, kind: 'text', cell: ({ leadUnitName }) => leadUnitName ?? null },
  due: { label: '剩余', exportLabel: '当前环节期限', width: 150, kind: 'moment', cell: ({ dueBy }) => dateCell(dueBy) },
  registeredAt: {
    label: '登记',
    exportLabel: '登记时间',
    width: 104,
    kind: 'moment',
    cell: (row) => dateCell(row.registeredAt),
  },
  resolveBy: { label: '答复期限', width: 116, kind: 'moment', cell: (row) => dateCell(row.resolveBy) },
  closedAt: { label: '办结时间', width: 116, kind: 'moment', cell: (row) => dateCell(row.closedAt) },
  outcome: {
    label: '办理结果',
    width: 116,
    kind: 'text',
    cell: ({ outcome }) => (outcome ? OUTCOME_LABELS[outcome] : null),
  },
  urgency: { label: '紧急程度', width: 84, kind: 'text', cell: ({ urgency }) => URGENCY_LABELS[urgency] },
  confidentiality: {
    label: '保密',
    width: 132,
    kind: 'text',
    cell: ({ confidentiality }) => CONFIDENTIALITY_LABELS[confidentiality],
  },
  channel: { label: '渠道', width: 96, kind: 'text', cell: ({ channel }) => CHANNEL_LABELS[channel] },
  caller: { label: '诉求人', width: 84, kind: 'text', cell: ({ contact }) => contact?.name ?? null },
  number: {
    label: '联系电话',
    width: 124,
    kind: 'text',
    cell: ({ contact }) => contact?.phone ?? contact?.number ?? null,
  },
  urgeCount: { label: '催办', exportLabel: '催办次数', width: 64, kind: 'number', cell: ({ urgeCount }) => urgeCount },
  returnCount: {
    label: '退单',
    exportLabel: '退单次数',
    width: 64,
    kind: 'number',
    cell: ({ returnCount }) => returnCount,
  },
  reworkCount: {
    label: '重办',
    exportLabel: '重办次数',
    width: 64,
    kind: 'number',
    cell: ({ reworkCount }) => reworkCount,
  },
  supervisions: {
    label: '督办',
    exportLabel: '未销号督办',
    width: 64,
    kind: 'number',
    cell: ({ openSupervisions }) => openSupervisions ?? 0,
  },
} as const satisfies Record<string, TicketColumn>
export type TicketColumnId = keyof typeof TICKET_COLUMNS

export const TICKET_COLUMN_IDS = Object.keys(TICKET_COLUMNS) as TicketColumnId[]
export const USUAL_TICKET_COLUMNS: readonly TicketColumnId[] = [
  'no',
  'title',
  'matter',
  'place',
  'status',
  'unit',
  'due',
  'registeredAt',
]

export function isTicketColumn(id: string): id is TicketColumnId {
  return Object.hasOwn(TICKET_COLUMNS, id)
}
