import type { Unit, UnitTree } from './unit'

/** Answers from memory; a change of the units makes a new tree. Units whose superior is missing count as roots. */
export function createUnitTree(units: readonly Unit[]): UnitTree {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const childIds = new Map<string, string[]>()
  for (const { id, parentId } of units) {
    if (parentId === null) continue
    const siblings = childIds.get(parentId)
    if (siblings) siblings.push(id)
    else childIds.set(parentId, [id])
  }

  function pathOf(id: string): string[] {
    const path: string[] = []
    for (let unit = byId.get(id); unit && !path.includes(unit.id); unit = byId.get(unit.parentId ?? ''))
      path.push(unit.id)
    return path
  }

  function subtree(id: string): string[] {
    if (!byId.has(id)) return []
    const found = [id]
    for (const each of found) found.push(...(childIds.get(each) ?? []))
    return found
  }

  return {
    get: (id) => byId.get(id),
    has: (id) => byId.has(id),
    isOpen: (id) => byId.get(id)?.isOpen === true,
    isWithin: (id, rootId) => pathOf(id).includes(rootId),
    pathOf,
    subtree,
    children: (id) => (childIds.get(id) ?? []).flatMap((child) => byId.get(child) ?? []),
    name: (id) => byId.get(id)?.name ?? id,
    all: () => units,
  }
}
