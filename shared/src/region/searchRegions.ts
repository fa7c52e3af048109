import { hasInOrder } from '../inOrder'
import { levelOf } from './code'
import type { Region, Regions } from './region'

interface Spellings {
  names: string[]
  initials: string[]
}

const LEVEL_ORDER = { city: 0, county: 1, zone: 1, town: 2, village: 3 }

/** Every way in which a place is called: with its zone, and with the county whose code it carries. */
function spellingsOf(regions: Regions, region: Region): Spellings {
  const path = regions.pathOf(region.code).slice(1)
  const withoutZone = path.filter((code) => code === region.code || levelOf(code) !== 'zone')
  const withoutCounty = path.filter((code) => code === region.code || levelOf(code) !== 'county' || path.length < 3)
  const ways = [[region.code], withoutZone, withoutCounty]
  return {
    names: [...ways.map((way) => way.map(regions.name).join('')), regions.fullName(region.code)],
    initials: ways.map((way) => way.map((code) => regions.get(code)?.initials ?? '').join('')),
  }
}

/** 0 means no match. */
function scoreWord(word: string, { names, initials }: Spellings): number {
  if (/^[a-z]+$/.test(word)) {
    if (initials[0] === word) return 9
    if (initials[0]?.startsWith(word)) return 8
    return initials.some((letters) => letters.startsWith(word)) ? 5 : initials.some((l) => hasInOrder(l, word)) ? 1 : 0
  }
  if (names[0] === word) return 10
  if (names[0]?.startsWith(word)) return 8
  if (names[0]?.includes(word)) return 7
  if (names.some((name) => name.includes(word))) return 5
  return names.some((name) => hasInOrder(name, word)) ? 2 : 0
}

/** Every word must match; a wider place stands before the narrower ones of equal score, codes decide the rest. */
export function createRegionSearch(regions: Regions): Regions['search'] {
  let index: { region: Region; spellings: Spellings }[] | undefined

  return (text, limit) => {
    const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) return []
    index ??= regions.all().map((region) => ({ region, spellings: spellingsOf(regions, region) }))
    const hits: { region: Region; score: number }[] = []
    for (const { region, spellings } of index) {
      const scores = words.map((word) => scoreWord(word, spellings))
      if (scores.every((score) => score > 0)) hits.push({ region, score: scores.reduce((a, b) => a + b, 0) })
    }
    hits.sort(
      (a, b) =>
        b.score - a.score ||
        LEVEL_ORDER[a.region.level] - LEVEL_ORDER[b.region.level] ||
        a.region.code.localeCompare(b.region.code),
    )
    return hits.slice(0, limit).map((hit) => hit.region)
  }
}
