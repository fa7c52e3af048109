import { dropNumbers } from '../user/masking'

/** How alike two texts are, by the pairs of neighbouring characters that both have: right for Chinese, and no dictionary. */

/** Said in every ticket; two of them are not alike for it. */
const PHRASES =
  /(?:市民|群众|居民|来电人|诉求人)?(?:来电)?(?:反映|反应|咨询|求助|投诉|建议)[：:，,]|(?:希望|请求|恳请|请|望)?(?:相关|有关)(?:部门|单位|领导)(?:尽快|及时|予以)?(?:核实|处理|解决|协调|重视|查处|回复)*|尊敬的领导|领导您?好|您好|你好|谢谢|感谢/g
const NOT_A_WORD = /[^\p{L}\p{N}]+/gu
/** Stars stand where a number was masked. */
const MASKED = /[\d*]*\*{2,}[\d*Xx]*/g

/** A long text says the same thing many times; what comes after is not looked at. */
const LONGEST = 4_000

/** What is compared: one width, one case, no personal numbers, no punctuation, no phrases. */
export function comparableText(text: string): string {
  return dropNumbers(text.slice(0, LONGEST).normalize('NFKC').replace(MASKED, ' '))
    .replace(PHRASES, ' ')
    .replace(NOT_A_WORD, '')
    .toLowerCase()
}

/** Every pair of neighbouring characters of a line, as a number. */
export function pairsOf(text: string): Set<number> {
  const pairs = new Set<number>()
  for (let index = 0; index + 1 < text.length; index += 1) {
    const left = text.charCodeAt(index)
    const right = text.charCodeAt(index + 1)
    if (left === 10 || right === 10) continue
    pairs.add((left << 16) | right | 0)
  }
  return pairs
}

export interface Overlap {
  /** What both have of what either has: a text and its near copy. */
  jaccard: number
  /** What both have of the shorter one: a text that says it in short. */
  containment: number
}

export function overlapOf(one: ReadonlySet<number>, other: ReadonlySet<number>): Overlap {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one]
  if (few.size === 0) return { jaccard: 0, containment: 0 }
  let both = 0
  for (const pair of few) if (many.has(pair)) both += 1
  return { jaccard: both / (few.size + many.size - both), containment: both / few.size }
}

/** A few words stand in many texts: being contained counts only for as many pairs as this. */
const ENOUGH_PAIRS = 12
/** A text that only says in short what the other says is a little less than its copy. */
const SHORTER = 0.9

/** 0–1. Near copies are above 0.8, the same told in other words mostly 0.3–0.6, unlike texts below 0.2. */
export function similarityOf(one: string, other: string): number {
  return similarityOfPairs(pairsOf(comparableText(one)), pairsOf(comparableText(other)))
}

export function similarityOfPairs(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  const { jaccard, containment } = overlapOf(one, other)
  const shorter = Math.min(one.size, other.size) / ENOUGH_PAIRS
  return Math.max(jaccard, containment * SHORTER * Math.min(shorter, 1))
}

const ROAD = /[\p{Script=Han}A-Za-z0-9]{1,7}?(?:大道|大街|路|街|巷)/gu
const JOINT = /[与和及跟到至]|交叉口|交汇处?|路口|[东西南北]{1,2}(?:侧|边|面|角|头)|附近|对面|旁边?/g
/** 彭李街道 is a place of its own and no street. */
const STREET_OFFICE = /^.{0,12}?(?:街道办?|镇|乡)(?![东西南北中]?[路街])/u
const SAME_SPOT = { dice: 0.7, containment: 0.85, pairs: 3 }

/** Whether two addresses mean one spot: the same corner of two roads whichever comes first, or nearly the same words. */
export function isSameSpot(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [spotOf(one), spotOf(other)]
  if (a.text.length < 3 || b.text.length < 3) return false
  if (a.text === b.text) return true
  if (a.roads.length > 1 && b.roads.length > 1) {
    const [few, many] = a.roads.length <= b.roads.length ? [a.roads, b.roads] : [b.roads, a.roads]
    if (!few.every((road) => many.includes(road))) return false
    // A corner is a spot; house numbers on it, where both name one, must not differ.
    return !a.house || !b.house || a.house === b.house
  }
  if (a.house && b.house && a.house !== b.house && a.roads.length > 0) return false
  const [left, right] = [pairsOf(a.text), pairsOf(b.text)]
  const { jaccard, containment } = overlapOf(left, right)
  const dice = (2 * jaccard) / (1 + jaccard)
  const isInside = containment >= SAME_SPOT.containment && Math.min(left.size, right.size) >= SAME_SPOT.pairs
  // A road alone is long: the house or yard on it may lie anywhere.
  const isRoadAlone = [a, b].some(({ text, roads }) => roads.length === 1 && roads[0] === text)
  return dice >= SAME_SPOT.dice || (isInside && !isRoadAlone)
}

function spotOf(address = ''): { text: string; roads: string[]; house?: string } {
  const plain = address.normalize('NFKC').trim()
  const spaced = plain.replace(STREET_OFFICE, '').replace(JOINT, ' ').replace(NOT_A_WORD, ' ').trim().toLowerCase()
  const roads = spaced.split(' ').flatMap((part) => part.match(ROAD) ?? [])
  return { text: spaced.replace(/ /g, ''), roads: [...new Set(roads)], house: /(\d+)号(?!楼|线)/.exec(spaced)?.[1] }
}
