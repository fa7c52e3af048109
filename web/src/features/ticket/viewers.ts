import type { Viewer } from '@hotline/shared/live'

const SHOWN = 5

export interface Avatar {
  userId: string
  name: string
  /** 名, which tells colleagues apart better than 姓. */
  letter: string
}

/** Who else has the ticket open, without oneself: at most five, and how many more with their names. */
export function othersHere(
  viewers: readonly Viewer[],
  myId: string | undefined,
): { shown: Avatar[]; rest: number; names: string } {
  const others = viewers.filter(({ userId }) => userId !== myId)
  const shown = others.slice(0, SHOWN).map(({ userId, name }) => ({ userId, name, letter: [...name].at(-1) ?? '' }))
  return { shown, rest: others.length - shown.length, names: others.map(({ name }) => name).join('、') }
}
