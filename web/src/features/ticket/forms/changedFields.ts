/** What differs from before; an emptied text counts, one that only lost blanks at its ends does not. */
export function changedFields<T extends Record<string, unknown>>(before: T, now: T): Partial<T> {
  const plain = (value: unknown) => (typeof value === 'string' ? value.trim() : value)
  const changed = Object.keys(now).filter((key) => plain(now[key]) !== plain(before[key]))
  return Object.fromEntries(changed.map((key) => [key, plain(now[key])])) as Partial<T>
}
