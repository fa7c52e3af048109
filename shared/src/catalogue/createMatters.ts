import type { Matter, Matters } from './matter'

export function createMatters(list: readonly Matter[]): Matters {
  const byCode = new Map(list.map((matter) => [matter.code, matter]))
  const childrenOf = new Map<string | null, Matter[]>()
  for (const matter of list) {
    const siblings = childrenOf.get(matter.parentCode)
    if (siblings) siblings.push(matter)
    else childrenOf.set(matter.parentCode, [matter])
  }
  const leaves = list.filter((matter) => matter.level === 3)

  function pathOf(code: string): string[] {
    const matter = byCode.get(code)
    if (!matter) return []
    return matter.parentCode === null ? [code] : [...pathOf(matter.parentCode), code]
  }

  const name = (code: string) => byCode.get(code)?.name ?? code
  return {
    get: (code) => byCode.get(code),
    has: (code) => byCode.has(code),
    isLeaf: (code) => byCode.get(code)?.level === 3,
    pathOf,
    name,
    fullName: (code) => pathOf(code).map(name).join('>') || code,
    children: (code) => childrenOf.get(code) ?? [],
    leaves: () => leaves,
    all: () => list,
  }
}
