import type { Matters } from './matter'

/** A third-level matter found in a free text. `hits`: the words of the text that spoke for it. */
export interface MatterSuggestion {
  code: string
  score: number
  hits: string[]
}

/** What a citizen wrote or said; the title is what he means, the detail what he tells. */
export interface MatterText {
  title?: string
  detail: string
}

const TITLE_WEIGHT = 2
const DETAIL_WEIGHT = 1
const WEAK_WEIGHT = 0.4
/** What a matter gains from the words of its first-level kin: a text about a school is about 教育, whatever the word. */
const KINSHIP = 0.25

const subjectOf = (code: string) => code.slice(0, 2)

interface Vocabulary {
  codesOf: ReadonlyMap<string, readonly string[]>
  weak: ReadonlySet<string>
  longest: number
}

const vocabularies = new WeakMap<Matters, Vocabulary>()

function vocabularyOf(matters: Matters): Vocabulary {
  const known = vocabularies.get(matters)
  if (known) return known
  const codesOf = new Map<string, string[]>()
  const weak = new Set(matters.leaves().flatMap((matter) => matter.weakKeywords))
  for (const { code, keywords } of matters.leaves()) {
    for (const word of keywords) {
      const codes = codesOf.get(word)
      if (codes) codes.push(code)
      else codesOf.set(word, [code])
    }
  }
  const longest = Math.max(0, ...[...codesOf.keys()].map((word) => word.length))
  const vocabulary = { codesOf, weak, longest }
  vocabularies.set(matters, vocabulary)
  return vocabulary
}

/** How often each keyword occurs. A word inside a longer one does not count: 物业费 is no 物业. */
function countWords(text: string, { codesOf, longest }: Vocabulary): Map<string, number> {
  const counts = new Map<string, number>()
  let covered = 0
  for (let at = 0; at < text.length; at += 1) {
    for (let end = Math.min(at + longest, text.length); end > Math.max(covered, at); end -= 1) {
      const word = text.slice(at, end)
      if (!codesOf.has(word)) continue
      counts.set(word, (counts.get(word) ?? 0) + 1)
      covered = end
      break
    }
  }
  return counts
}

/**
 * The matters that a text speaks of, best first: longer keywords weigh more, and so do those that fewer matters share. Empty when
 * nothing is known: then `FALLBACK_MATTER` is the honest choice.
 */
export function suggestMatters(matters: Matters, text: MatterText, limit: number): MatterSuggestion[] {
  const vocabulary = vocabularyOf(matters)
  const inTitle = countWords(text.title ?? '', vocabulary)
  const inDetail = countWords(text.detail, vocabulary)
  const found = new Map<string, MatterSuggestion>()
  for (const word of new Set([...inTitle.keys(), ...inDetail.keys()])) {
    const codes = vocabulary.codesOf.get(word) ?? []
    const emphasis =
      TITLE_WEIGHT * Math.min(inTitle.get(word) ?? 0, 1) + DETAIL_WEIGHT * Math.log2(1 + (inDetail.get(word) ?? 0))
    const strength = vocabulary.weak.has(word) ? WEAK_WEIGHT : 1
    const weight = (strength * emphasis * word.length ** 1.3) / codes.length
    for (const code of codes) {
      const suggestion = found.get(code) ?? { code, score: 0, hits: [] }
      suggestion.score += weight
      suggestion.hits.push(word)
      found.set(code, suggestion)
    }
  }
  const subjects = new Map<string, number>()
  for (const { code, score } of found.values()) {
    const subject = subjectOf(code)
    subjects.set(subject, (subjects.get(subject) ?? 0) + score)
  }
  for (const suggestion of found.values()) {
    const own = suggestion.score
    suggestion.score += KINSHIP * ((subjects.get(subjectOf(suggestion.code)) ?? own) - own)
  }
  return [...found.values()].sort((a, b) => b.score - a.score || a.code.localeCompare(b.code)).slice(0, limit)
}
