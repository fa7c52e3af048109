import type { Matter } from '@hotline/shared/catalogue/matter'
import { hasInOrder } from '@hotline/shared/inOrder'

/** Which matters somebody means who typed a code, some words or pinyin initials; the likeliest first. */
export function rankMatters(matters: readonly Matter[], text: string, limit: number): Matter[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return matters.slice(0, limit)
  return matters
    .map((matter) => ({ matter, scores: words.map((word) => score(matter, word)) }))
    .filter(({ scores }) => scores.every((one) => one > 0))
    .map(({ matter, scores }) => ({ matter, sum: scores.reduce((a, b) => a + b, 0) - matter.name.length / 100 }))
    .sort((a, b) => b.sum - a.sum)
    .slice(0, limit)
    .map(({ matter }) => matter)
}

function score({ code, name, keywords, initials }: Matter, word: string): number {
  if (/^\d+$/.test(word)) return code.startsWith(word) ? 10 : 0
  if (/^[a-z]+$/.test(word)) {
    if (initials === word) return 10
    if (initials.startsWith(word)) return 8
    if (initials.includes(word)) return 6
    return hasInOrder(initials, word) ? 2 : 0
  }
  if (name === word) return 12
  if (name.startsWith(word)) return 9
  if (name.includes(word)) return 8
  if (keywords.includes(word)) return 7
  if (keywords.some((keyword) => keyword.includes(word) || word.includes(keyword))) return 4
  return hasInOrder(name, word) ? 1 : 0
}
