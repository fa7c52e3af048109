import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { Cell, CellKind, ExportColumn } from '@hotline/shared/export/cell'
import { namesNumber } from '@hotline/shared/export/export'
import { maskText } from '@hotline/shared/user/masking'

/** One list, opened for one actor: everything in it is what he may see, masked. */
export interface OpenedList {
  title: string
  columns: readonly ExportColumn[]
  /** Counts no further than `most`. */
  count(most: number): Promise<number>
  rows(): AsyncIterable<readonly Cell[]>
  /** Of a list that grows by being exported: conditions that hold it as it is now, so that it has the rows that were told. */
  moment?(): Promise<Record<string, string>>
}

/**
 * What can be exported. It judges the query as the list itself does.
 * @throws AppError invalidInput, forbidden
 */
export type ExportSource = (
  actor: Actor,
  query: Readonly<Record<string, string>>,
  columns?: readonly string[],
) => OpenedList

/** A table that is small and computed at once. */
export async function* rowsOf<T>(items: Promise<readonly T[]>, cells: (item: T) => readonly Cell[]) {
  for (const item of await items) yield cells(item)
}

export const column =
  (kind: CellKind) =>
  (label: string, width: number): ExportColumn => ({ label, kind, width })

/** A number in what people wrote is somebody's. */
export const words = (text: string | undefined): Cell => (text ? maskText(text) : null)

/**
 * What was asked for is audited: it must not be somebody's number. `typed`: what people write into a search.
 * @throws AppError invalidInput
 */
export function assertNoNumbers(query: Readonly<Record<string, string>>, ...typed: readonly string[]): void {
  const isNumber = (name: string, value: string) =>
    maskText(value) !== value || (typed.includes(name) && namesNumber({ q: value }))
  const names = Object.keys(query).filter((name) => isNumber(name, query[name] ?? ''))
  if (names.length === 0) return
  const message = '不能按电话或证件号码导出，请改用其他条件'
  throw new AppError('invalidInput', message, { fields: names.map((name) => ({ path: `query.${name}`, message })) })
}
