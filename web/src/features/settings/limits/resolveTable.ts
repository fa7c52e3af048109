import { limitText } from '@hotline/shared/limits/limit'
import { DEFAULT_PROFILE } from '@hotline/shared/limits/presets'
import { limitFor, type Limit, type LimitProfile, type ResolveCell } from '@hotline/shared/limits/profile'
import { COMPLEXITY_LABELS, KIND_LABELS, URGENCY_LABELS, type Kind } from '@hotline/shared/ticket/labels'

export type ColumnKey = 'any' | 'simple' | 'general' | 'complex' | 'difficult' | 'urgent' | 'critical'
type CellKey = Omit<ResolveCell, 'limit'>

/** The table as people draw it: kinds down, difficulty and urgency across. */
export const COLUMNS: readonly { key: ColumnKey; label: string }[] = [
  { key: 'any', label: '不分难易' },
  { key: 'simple', label: COMPLEXITY_LABELS.simple },
  { key: 'general', label: COMPLEXITY_LABELS.general },
  { key: 'complex', label: COMPLEXITY_LABELS.complex },
  { key: 'difficult', label: COMPLEXITY_LABELS.difficult },
  { key: 'urgent', label: URGENCY_LABELS.urgent },
  { key: 'critical', label: URGENCY_LABELS.critical },
]
export const ROWS: readonly { kind?: Kind; label: string }[] = [
  { label: '各类诉求' },
  ...(Object.keys(KIND_LABELS) as Kind[]).map((kind) => ({ kind, label: KIND_LABELS[kind] })),
]

export function keyOf(kind: Kind | undefined, column: ColumnKey): CellKey {
  const row = kind ? { kind } : {}
  if (column === 'any') return row
  if (column === 'urgent' || column === 'critical') return { ...row, urgency: column }
  return { ...row, complexity: column }
}

const isAt = (cell: ResolveCell, { kind, complexity, urgency = 'general' }: CellKey) =>
  cell.kind === kind && cell.complexity === complexity && (cell.urgency ?? 'general') === urgency

/** What stands in this very cell. */
export function stated(resolve: readonly ResolveCell[], key: CellKey): Limit | undefined {
  return resolve.find((cell) => isAt(cell, key))?.limit
}

/** What holds where nothing stands; nothing to say of "any difficulty", which is no case. */
export function inherited(profile: Pick<LimitProfile, 'resolve'>, kind: Kind | undefined, column: ColumnKey): string {
  if (column === 'any') return ''
  const { complexity, urgency = 'general' } = keyOf(kind, column)
  const whole = { ...DEFAULT_PROFILE, resolve: profile.resolve }
  // Without a kind: what a kind gets that the table says nothing of.
  const bare = kind ? whole : { ...whole, resolve: profile.resolve.filter((cell) => !cell.kind) }
  return limitText(limitFor(bare, { kind: kind ?? 'assist', complexity, urgency }))
}

/** The same table with this cell filled, or emptied. */
export function withCell(resolve: readonly ResolveCell[], key: CellKey, limit: Limit | undefined): ResolveCell[] {
  const index = resolve.findIndex((cell) => isAt(cell, key))
  if (!limit) return resolve.filter((_, at) => at !== index)
  const cell: ResolveCell = { ...key, limit }
  return index < 0 ? [...resolve, cell] : resolve.map((one, at) => (at === index ? cell : one))
}

/** Cells that the table has no place for, such as 特急 of complex matters alone; kept as they are. */
export function elsewhere(resolve: readonly ResolveCell[]): ResolveCell[] {
  return resolve.filter((cell) => cell.complexity && cell.urgency && cell.urgency !== 'general')
}
