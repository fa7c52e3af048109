import { Readable } from 'node:stream'
import type { Cell, CellKind, ExportColumn } from '@hotline/shared/export/cell'
import { HOUR } from '@hotline/shared/calendar/millis'
import { writeXlsxStream } from 'hucre/xlsx'

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** `@`: text stays text, also when somebody edits the cell and it begins with =, +, - or @. */
const FORMATS: Record<CellKind, string> = {
  text: '@',
  number: 'General',
  percent: '0.00%',
  moment: 'yyyy-mm-dd hh:mm',
}
/** A cell holds no more. */
const MOST_LETTERS = 32_000
/** What XML cannot hold. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const BEIJING = 8 * HOUR

/** A workbook of one sheet with its head frozen, written row by row as it is taken: its size costs no memory. */
export function writeWorkbook(
  title: string,
  columns: readonly ExportColumn[],
  rows: AsyncIterable<readonly Cell[]>,
): Readable {
  const stream = writeXlsxStream(clean(rows), {
    name: sheetName(title),
    columns: columns.map(({ label, kind, width }) => ({ header: label, width, numFmt: FORMATS[kind] })),
    freezePane: { rows: 1 },
  })
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0])
}

async function* clean(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield row.map(cleanCell)
}

function cleanCell(cell: Cell): Cell {
  // A spreadsheet's dates know no zone: it shows what stands there, and that is Beijing's.
  if (cell instanceof Date) return new Date(cell.getTime() + BEIJING)
  if (typeof cell !== 'string') return cell
  const text = cell.replace(CONTROLS, '')
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}……` : text
}

function sheetName(title: string): string {
  return title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)
}
