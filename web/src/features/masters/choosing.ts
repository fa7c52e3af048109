const underWay = new Set<Promise<void>>()

/** Somebody has pressed Enter in a picker whose list is still on its way. Returns the end of it. */
export function beginChoosing(): () => void {
  let end: () => void = () => undefined
  const chosen = new Promise<void>((resolve) => (end = resolve))
  underWay.add(chosen)
  return () => {
    underWay.delete(chosen)
    end()
  }
}

/** Before a form is sent: what was chosen faster than its list could follow belongs to it. */
export async function untilChosen(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay)
}
