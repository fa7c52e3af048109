/** The same tree with one value changed, by its path; an absent value is left out. */
export function withValue<T extends object>(tree: T, path: string, value: unknown): T {
  const [name = '', ...rest] = path.split('.')
  const own = (tree as Record<string, unknown>)[name]
  const next = rest.length === 0 ? value : withValue((own ?? {}) as object, rest.join('.'), value)
  if (Array.isArray(tree)) return tree.map((one, index) => (String(index) === name ? next : (one as unknown))) as T
  const others = Object.fromEntries(Object.entries(tree).filter(([key]) => key !== name))
  return (next === undefined ? others : { ...tree, [name]: next }) as T
}
