interface Row {
  id: string
}

export interface Merged<T> {
  /** To be shown now: nothing that a person reads has moved. */
  rows: T[]
  /** New ones that would push others down: they wait. */
  waiting: number
}

/**
 * A fresh page beside the one on the screen. Rows keep their place and take their new content; `gone` ones vanish; new
 * ones at the end join, new ones in between wait until somebody asks for them.
 */
export function mergeRows<T extends Row>(
  shown: readonly T[],
  fresh: readonly T[],
  isGone: (id: string) => boolean,
): Merged<T> {
  if (shown.length === 0) return { rows: [...fresh], waiting: 0 }
  const byId = new Map(fresh.map((row) => [row.id, row]))
  const kept = shown.flatMap((row) => {
    const now = byId.get(row.id)
    if (now) return [now]
    return isGone(row.id) ? [] : [row]
  })
  const known = new Set(kept.map(({ id }) => id))
  const lastKnown = fresh.findLastIndex(({ id }) => known.has(id))
  const isNew = ({ id }: T) => !known.has(id)
  const atEnd = kept.length === 0 ? [...fresh] : fresh.slice(lastKnown + 1).filter(isNew)
  const between = kept.length === 0 ? [] : fresh.slice(0, lastKnown + 1).filter(isNew)
  return { rows: [...kept, ...atEnd], waiting: between.length }
}
