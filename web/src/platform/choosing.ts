const underWay = new Set<Promise<boolean>>()

/**
 * Somebody has pressed Enter in a picker whose list is still on its way. Returns the end of it: `false` where nothing
 * could be chosen.
 */
export function beginChoosing(): (isChosen?: boolean) => void {
  let end: (isChosen: boolean) => void = () => undefined
  const chosen = new Promise<boolean>((resolve) => (end = resolve))
  underWay.add(chosen)
  return (isChosen = true) => {
    underWay.delete(chosen)
    end(isChosen)
  }
}

export const isChoosing = (): boolean => underWay.size > 0

/**
 * Before anything is sent: what was chosen faster than its list could follow belongs to it.
 * @returns false when a choice came to nothing, and its author has to look first
 */
export async function untilChosen(): Promise<boolean> {
  let isWhole = true
  while (underWay.size > 0) isWhole = (await Promise.all(underWay)).every(Boolean) && isWhole
  return isWhole
}
