import { hasInOrder } from '../inOrder'
import type { Unit } from './unit'

/**
 * By words of the name, the short name or the duties, or by pinyin initials; every word must match. The likeliest first,
 * among equals in the order of `units`, which has superiors before their subordinates.
 */
export function searchUnits(units: readonly Unit[], text: string): Unit[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return units
    .map((unit) => ({ unit, scores: words.map((word) => scoreWord(word, unit)) }))
    .filter(({ scores }) => scores.every((score) => score > 0))
    .map(({ unit, scores }) => ({ unit, score: scores.reduce((a, b) => a + b, 0) }))
    .sort((a, b) => b.score - a.score)
    .map(({ unit }) => unit)
}

/** 0 means no match. */
function scoreWord(word: string, { id, name, shortName = '', duties, initials = [] }: Unit): number {
  if (id.toLowerCase() === word) return 10
  if (/^[a-z]+$/.test(word)) {
    if (initials.includes(word)) return 9
    if (initials.some((letters) => letters.startsWith(word))) return 8
    if (initials.some((letters) => letters.includes(word))) return 5
    return initials.some((letters) => hasInOrder(letters, word)) ? 1 : 0
  }
  if (name === word || shortName === word) return 10
  if (name.startsWith(word) || shortName.startsWith(word)) return 8
  if (name.includes(word) || shortName.includes(word)) return 7
  return duties.some((duty) => duty.includes(word)) ? 4 : 0
}
