import { hasInOrder } from '../inOrder'
import type { Matter, Matters } from './matter'

/** Most Chinese words have two characters, so every other letter begins one: yjsgzy → ysz. */
function wordInitials(initials: string): string {
  return [...initials].filter((_, at) => at % 2 === 0).join('')
}

function scoreLetters(word: string, initials: string): number {
  if (initials === word) return 100
  if (initials.startsWith(word)) return 80
  if (wordInitials(initials).startsWith(word)) return 60
  if (initials.includes(word)) return 50
  if (!hasInOrder(initials, word)) return 0
  return initials[0] === word[0] ? 40 : 15
}

function scoreWords(word: string, { name, keywords }: Matter): number {
  if (name === word) return 100
  if (name.startsWith(word)) return 85
  if (name.includes(word)) return 75
  if (keywords.includes(word)) return 65
  if (keywords.some((keyword) => keyword.includes(word))) return 50
  const contained = keywords.filter((keyword) => word.includes(keyword)).map((keyword) => keyword.length)
  if (contained.length > 0) return 30 + Math.min(Math.max(...contained), 10)
  return hasInOrder(name, word) ? 20 : 0
}

function scoreWord(word: string, matter: Matter, parents: readonly Matter[]): number {
  if (/^\d+$/.test(word)) return matter.code.startsWith(word) ? 90 : 0
  const score = /^[a-z0-9]+$/.test(word) ? scoreLetters : null
  const own = score ? score(word, matter.initials) : scoreWords(word, matter)
  if (own > 0) return own
  return parents.some((parent) => (score ? parent.initials.startsWith(word) : parent.name.includes(word))) ? 25 : 0
}

/**
 * Third-level matters for what an agent types: code, words of the name, a citizen's words, or pinyin initials (yjsg, also with gaps: ys
 * finds 夜间施工噪音). Every word must match; best first.
 */
export function searchMatters(matters: Matters, text: string, limit: number): Matter[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const hits: { matter: Matter; score: number }[] = []
  for (const matter of matters.leaves()) {
    const parents = matters
      .pathOf(matter.code)
      .flatMap((code) => (code === matter.code ? [] : (matters.get(code) ?? [])))
    const scores = words.map((word) => scoreWord(word, matter, parents))
    if (scores.every((score) => score > 0)) hits.push({ matter, score: scores.reduce((a, b) => a + b, 0) })
  }
  hits.sort((a, b) => b.score - a.score || a.matter.code.localeCompare(b.matter.code))
  return hits.slice(0, limit).map((hit) => hit.matter)
}
