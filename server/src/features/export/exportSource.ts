import type { Actor } from '@hotline/shared/actor'
import type { Cell, ExportColumn } from '@hotline/shared/export/cell'

/** One list, opened for one actor: everything in it is what he may see, masked. */
export interface OpenedList {
  title: string
  columns: readonly ExportColumn[]
  /** Counts no further than `most`. */
  count(most: number): Promise<number>
  rows(): AsyncIterable<readonly Cell[]>
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
