/** A value as a spreadsheet keeps it: a moment is a date of its own, a number a number, everything else text. */
export type Cell = string | number | Date | null
export type CellKind = 'text' | 'number' | 'percent' | 'moment'

export interface ExportColumn {
  label: string
  kind: CellKind
  /** In characters, as spreadsheets count. */
  width: number
}

export function dateCell(iso: string | undefined): Date | null {
  return iso ? new Date(iso) : null
}
