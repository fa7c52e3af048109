import type { Scene } from './step'

/** Another unit that could do it: the next candidate, else a superior. Never an accused one. */
export function someoneElse(
  { view, candidates, world }: Pick<Scene, 'view' | 'candidates' | 'world'>,
  unitId: string,
): string {
  const isFree = (id: string) => id !== unitId && !world.pathOf(id).some((above) => view.accusedUnitIds.includes(above))
  const ids = [...candidates.map((candidate) => candidate.unitId), ...world.pathOf(unitId)]
  // Whoever has had it before would only return it again.
  const fresh = ids.find((id) => isFree(id) && !view.assignments.some((assignment) => assignment.unitId === id))
  return fresh ?? ids.find(isFree) ?? unitId
}
