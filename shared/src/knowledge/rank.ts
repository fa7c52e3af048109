import { comparableText, pairsOf } from '../ticket/similarity'
import type { KnowledgeContent } from './article'

/** How much a pair of characters tells: one that stands in every article tells nothing. */
export type Weigh = (pair: number) => number

export interface Asked {
  q: string
  matterCode?: string
  regionCode?: string
}

export interface Ranked {
  /** 0–1; below `LEAST` it does not speak of what was asked. */
  score: number
  reasons: string[]
}

export const LEAST = 0.2
const SHARE = { text: 0.8, matter: 0.14, nearMatter: 0.06, uses: 0.04, region: 0.02 }
/** Of a longer question one common word is chance. */
const ENOUGH = 2
/** An answer for another county may mislead. */
const ELSEWHERE = 0.4
const MANY_USES = 200

/** The pairs that an article is found by. */
export function knowledgePairs(content: KnowledgeContent): number[] {
  const lines = [content.question, ...content.phrasings, ...content.keywords, content.answer]
  return [...pairsOf(lines.map(comparableText).join('\n'))]
}

/** Made once a search, used for every article that was found. */
export function createRanking(asked: Asked, weigh: Weigh, isWithin: (code: string, root: string) => boolean) {
  const text = comparableText(asked.q)
  const pairs = pairsOf(text)
  const weight = (set: Iterable<number>) => [...set].reduce((sum, pair) => sum + weigh(pair), 0)
  const whole = weight(pairs)
  const enough = Math.min(ENOUGH, pairs.size)

  /** How much of one stands in the other, both ways. */
  function likeness(line: string): number {
    const other = comparableText(line)
    if (other.length > 0 && other === text) return 1
    const its = pairsOf(other)
    const both = [...its].filter((pair) => pairs.has(pair))
    if (both.length < enough || whole === 0) return 0
    const shared = weight(both)
    const [ofQuery, ofLine] = [shared / whole, shared / weight(its)]
    // Whoever tells a long story asks the question somewhere in it.
    const inside = both.length >= 3 ? ofLine * 0.85 : 0
    return Math.min(0.95, Math.max((2 * ofQuery * ofLine) / (ofQuery + ofLine), ofQuery * 0.8, inside))
  }

  return function rank(article: KnowledgeContent & { uses: number }): Ranked {
    const reasons: string[] = []
    const asks = Math.max(0, ...[article.question, ...article.phrasings].map(likeness))
    const words = article.keywords.filter((word) => {
      const plain = comparableText(word)
      return plain.length > 1 && text.includes(plain)
    })
    const named = words.length > 1 ? 0.6 : words.length === 1 ? 0.45 : 0
    const inAnswer = pairsOf(comparableText(article.answer))
    const common = [...pairs].filter((pair) => inAnswer.has(pair))
    const told = whole > 0 && common.length >= enough ? (weight(common) / whole) * 0.6 : 0
    const best = Math.max(asks, named, told)
    if (asks >= 0.95) reasons.push('问法相同')
    else if (asks >= 0.4 && asks === best) reasons.push('问法相近')
    else if (words.length > 0) reasons.push(`说到“${words.slice(0, 2).join('、')}”`)
    else if (told >= LEAST) reasons.push('答复中说到')

    const { matterCode, regionCode } = asked
    const isSame = matterCode !== undefined && article.matterCodes.some((code) => code.startsWith(matterCode))
    const isNear =
      matterCode !== undefined && article.matterCodes.some((code) => code.startsWith(matterCode.slice(0, 4)))
    if (isSame) reasons.push('事项相同')
    else if (isNear) reasons.push('事项相近')
    const isLocal = regionCode !== undefined && article.regionCodes.some((root) => isWithin(regionCode, root))
    const isElsewhere = regionCode !== undefined && article.regionCodes.length > 0 && !isLocal
    if (isLocal) reasons.push('适用本地')
    if (article.uses > 0) reasons.push(`用过 ${article.uses} 次`)

    // Without words, or with none in common, the matter alone says whether it belongs here.
    const base = best >= LEAST ? best * SHARE.text : isSame ? LEAST : 0
    const score =
      base === 0
        ? 0
        : base +
          (isSame ? SHARE.matter : isNear ? SHARE.nearMatter : 0) +
          (isLocal ? SHARE.region : 0) +
          SHARE.uses * Math.min(1, Math.log1p(article.uses) / Math.log1p(MANY_USES))
    return { score: Math.min(1, isElsewhere ? score * ELSEWHERE : score), reasons }
  }
}

const SENTENCES = /[^。！？；\n]+[。！？；]?/g
const EXCERPT = 80

/** The part of an answer that has most of what was asked; its beginning where nothing was. */
export function excerptOf(answer: string, q: string): string {
  const pairs = pairsOf(comparableText(q))
  const sentences = (answer.match(SENTENCES) ?? [answer]).map((text) => text.trim()).filter(Boolean)
  const hits = sentences.map((text) => [...pairsOf(comparableText(text))].filter((pair) => pairs.has(pair)).length)
  const from = Math.max(0, hits.indexOf(Math.max(0, ...hits)))
  const text = sentences.slice(from).join('')
  return `${from > 0 ? '…' : ''}${text.slice(0, EXCERPT)}${text.length > EXCERPT ? '…' : ''}`
}
