import { hasRole, type Actor } from '@hotline/shared/actor'
import { suggestMatters } from '@hotline/shared/catalogue/suggestMatters'
import { distanceBetween, type Point } from '@hotline/shared/region/borders'
import {
  ALIKE_RULES,
  finalUnitOf,
  recordsOf,
  sharesOf,
  together,
  unitShares,
  type AlikeCase,
  type Share,
} from '@hotline/shared/ticket/alike'
import type {
  AlikeAnswer,
  AlikeMatter,
  AlikeTicket,
  AlikeUnit,
  NearbyTicket,
  UnitRecord,
} from '@hotline/shared/ticket/alikeView'
import { comparableText, isSameSpot, pairsOf, similarityOfPairs } from '@hotline/shared/ticket/similarity'
import { leadOf, type Ticket } from '@hotline/shared/ticket/ticket'
import { canSee, mayKnowCallers } from '@hotline/shared/ticket/visibility'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import type { AlikeDoc, RecordDoc } from './alikeQueries'
import { createHider } from './hiddenText'
import type { SealedContact } from './sealedContact'
import type { Masters } from './ticketRules'

/** What is asked about: a draft, or a ticket, which is not held against itself. */
export interface Asked {
  id?: string
  title?: string
  detail: string
  matterCode?: string
  regionCode?: string
  address?: string
  location?: Point
  accusedUnitIds: readonly string[]
  confidentiality: 0 | 1 | 2
}

interface Material {
  actor: Actor
  asked: Asked
  alike: readonly AlikeDoc[]
  ofMatter: readonly RecordDoc[]
  now: Date
  masters: Masters
  contact: Pick<SealedContact, 'nameOf'>
}

type Known = AlikeCase & { doc: AlikeDoc }

const EXCERPT = 160
/** A matter's words in the catalogue: so much score is half of being sure. */
const WORDS_ENOUGH = 6
/** Surer than this of the matter, one asks the catalogue for it though nobody has chosen it. */
const SURE = 0.6
/** The catalogue's last resort is no suggestion. */
const LEAST_CANDIDATE = 0.4
const CATALOGUE = 0.85
const NOT_A_CASE: readonly Ticket['status'][] = ['void', 'merged', 'withdrawn']

export function answerAlike(material: Material): AlikeAnswer {
  const cases = casesOf(material)
  const matters = mattersFor(material, cases)
  const { of, units: sums } = recordsOf(material.ofMatter.map(({ t, facts }) => ({ ...t, cases: facts.cases })))
  const records = sums.map((sum): UnitRecord => ({
    ...sum,
    name: material.masters.units.name(sum.unitId),
    of,
    share: rate(sum.handled, of),
    returnRate: rate(sum.returned, sum.sent),
    onTimeRate: rate(sum.onTime, sum.ended),
  }))
  return {
    matters: matters.slice(0, ALIKE_RULES.shown.matters),
    units: unitsFor(material, cases, matters, records).slice(0, ALIKE_RULES.shown.units),
    tickets: ticketsFor(material, cases).slice(0, ALIKE_RULES.shown.tickets),
    records,
    nearby: nearbyFor(material),
    recordDays: ALIKE_RULES.recordDays,
    recordsOf: ALIKE_RULES.recordsOf,
  }
}

function casesOf({ asked, alike, now, masters: { regions } }: Material): Known[] {
  const pairs = pairsOf(comparableText(`${asked.title ?? ''}\n${asked.detail}`))
  const jurisdiction = asked.regionCode && regions.jurisdictionOf(asked.regionCode)
  return alike.flatMap((doc): Known[] => {
    const { t } = doc
    if (t.id === asked.id || !isCase(t)) return []
    const similarity = similarityOfPairs(pairs, pairsOf(comparableText(`${t.title ?? ''}\n${t.detail}`)))
    if (similarity < ALIKE_RULES.leastSimilarity || t.registeredAt > now) return []
    const isSameJurisdiction = !jurisdiction || doc.regionPath.includes(jurisdiction)
    return [
      {
        doc,
        at: t.registeredAt,
        matterCode: t.matterCode,
        unitId: finalUnitOf(t),
        similarity,
        isSameJurisdiction,
        isSameSpot: isSameJurisdiction && isSameSpot(asked.address, t.address),
      },
    ]
  })
}

function isCase({ confidentiality, rated, status }: Ticket): boolean {
  return confidentiality === 0 && !rated && !NOT_A_CASE.includes(status)
}

/** What the text speaks of by the catalogue's words, and what alike tickets turned out to be. */
function mattersFor({ asked, now, masters: { matters } }: Material, cases: readonly Known[]): AlikeMatter[] {
  const told = new Map(
    sharesOf(cases, now, ({ matterCode }) => (matterCode && matters.isLeaf(matterCode) ? matterCode : undefined)).map(
      (share) => [share.key, share],
    ),
  )
  const words = suggestMatters(matters, asked, ALIKE_RULES.shown.matters)
  const best = words[0]?.score ?? 1
  const byWords = new Map(words.map((one) => [one.code, one]))
  const of = [...told.values()][0]?.of ?? 0
  return [...new Set([...told.keys(), ...byWords.keys()])]
    .map((code): AlikeMatter => {
      const { share = 0, count = 0, strength = 0 } = told.get(code) ?? {}
      const word = byWords.get(code)
      const spoken = word ? (word.score / (word.score + WORDS_ENOUGH)) * (word.score / best) : 0
      const reasons = [
        count > 0 ? `${of} 件相似工单中 ${count} 件属此事项` : '',
        word ? `目录关键词“${word.hits.slice(0, 3).join('、')}”` : '',
      ]
      const reason = reasons.filter(Boolean).join('；')
      return {
        ...{ code, name: matters.name(code), path: matters.fullName(code) },
        ...{ confidence: together(strength, spoken), share: round(share), count, of, reason },
      }
    })
    .sort((a, b) => b.confidence - a.confidence || a.code.localeCompare(b.code))
}

/** Whom the catalogue names, and who did the like in the end; never whom the caller accuses. */
function unitsFor(
  { asked, now, masters }: Material,
  cases: readonly Known[],
  [likely]: readonly AlikeMatter[],
  records: readonly UnitRecord[],
): AlikeUnit[] {
  const { units, regions } = masters
  const { regionCode, accusedUnitIds, confidentiality, location } = asked
  const isAccused = (unitId: string) => accusedUnitIds.some((accused) => units.isWithin(unitId, accused))
  const matterCode = asked.matterCode ?? (likely && likely.confidence >= SURE ? likely.code : undefined)
  const { items = [] } = matterCode
    ? masters.ask({ matterCode, regionCode: regionCode ?? regions.cityCode, accusedUnitIds, confidentiality, location })
    : {}
  const candidates = new Map(items.filter(({ score }) => score >= LEAST_CANDIDATE).map((one) => [one.unitId, one]))
  // What is reported in secret goes up a level: who did the like before is just who must not know.
  const isSecret = confidentiality === 2
  const told = new Map<string, Share>(
    isSecret ? [] : unitShares(cases, now, { regionCode, units, regions }, matterCode).map((one) => [one.key, one]),
  )
  const known = new Map(isSecret ? [] : records.map((record) => [record.unitId, record]))
  const ids = new Set([...candidates.keys(), ...told.keys(), ...known.keys()])
  const of = [...told.values()][0]?.of ?? 0
  return [...ids]
    .filter((unitId) => units.isOpen(unitId) && !isAccused(unitId))
    .map((unitId): AlikeUnit => {
      const { share = 0, count = 0, strength = 0 } = told.get(unitId) ?? {}
      const record = known.get(unitId)
      const candidate = candidates.get(unitId)
      const before = record ? record.share * (record.of / (record.of + 3)) * 0.8 : 0
      const history = Math.max(strength, before)
      const reasons = [
        count > 0 ? `${of} 件相似工单中 ${count} 件由其办理` : '',
        record?.handled ? `近半年本地此事项 ${record.of} 件，办理 ${record.handled} 件` : '',
        candidate?.reasons[0] ?? '',
      ]
      return {
        ...{ unitId, name: units.name(unitId), isInCatalogue: candidate !== undefined },
        ...{ confidence: together(history, CATALOGUE * (candidate?.score ?? 0)), share: round(share), count, of },
        reason: reasons.filter(Boolean).join('；'),
      }
    })
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence || a.unitId.localeCompare(b.unitId))
}

/** What the callers of alike tickets were answered, without anything of theirs. */
function ticketsFor({ actor, masters, contact }: Material, cases: readonly Known[]): AlikeTicket[] {
  const { units, regions, matters } = masters
  return [...cases]
    .sort((a, b) => b.similarity - a.similarity || b.at.getTime() - a.at.getTime())
    .flatMap(({ doc, similarity, isSameSpot: isSpot }): AlikeTicket[] => {
      const { t } = doc
      const answered = answeredBy(doc, actor, contact)
      if (!answered || !t.closedAt) return []
      const unitId = finalUnitOf(t)
      return [
        {
          id: t.id,
          no: t.no,
          title: t.title && withoutCallers(t.title, doc, contact),
          matterName: t.matterCode && matters.has(t.matterCode) ? matters.name(t.matterCode) : undefined,
          regionName: regions.fullName(t.regionCode),
          answerExcerpt: excerptOf(answered),
          closedAt: t.closedAt.toISOString(),
          unitName: unitId && units.name(unitId),
          similarity: round(similarity),
          isSameSpot: isSpot,
        },
      ]
    })
}

/** The whole of what the caller was told, as this actor may read it; undefined where he may not, or nothing was. */
export function answeredBy(
  doc: Pick<AlikeDoc, 't' | 'callers'>,
  actor: Actor,
  contact: Pick<SealedContact, 'nameOf'>,
): string | undefined {
  const { t } = doc
  const answered = leadOf(t)?.reply?.publicReply ?? t.answer?.answer
  if (!answered || !t.closedAt || !isCase(t) || !mayQuote(t, actor)) return undefined
  return withoutCallers(answered, doc, contact)
}

function withoutCallers(
  text: string,
  { callers }: Pick<AlikeDoc, 'callers'>,
  contact: Pick<SealedContact, 'nameOf'>,
): string {
  return callers.reduce((told, { _id, sealed }) => createHider(_id, sealed, contact).hide(told), text)
}

/** Earlier ones at the same place, for those who see all tickets anyway. */
function nearbyFor({ actor, asked: { id, location }, ofMatter, masters: { units } }: Material): NearbyTicket[] {
  if (!location || !hasRole(actor, ...HOTLINE_ROLES)) return []
  return ofMatter
    .flatMap(({ t }): NearbyTicket[] => {
      if (!t.location || t.confidentiality > 0 || t.id === id || NOT_A_CASE.includes(t.status)) return []
      const metres = Math.round(distanceBetween(location, t.location))
      const unitId = finalUnitOf(t)
      const { no, status } = t
      const shown = { no, status, metres, location: t.location, unitName: unitId && units.name(unitId) }
      return metres <= ALIKE_RULES.nearMetres ? [{ ...shown, registeredAt: t.registeredAt.toISOString() }] : []
    })
    .sort((a, b) => a.metres - b.metres)
    .slice(0, ALIKE_RULES.shown.nearby)
}

/** Another's answer is quoted when nobody is to be hidden in it, the callers who joined it no less. */
function mayQuote(t: Ticket, actor: Actor): boolean {
  if (t.isAnonymous) return mayKnowCallers(actor) && canSee(t, actor)
  return canSee(t, actor) || !t.participants?.length
}

function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line
}

function rate(part: number, whole: number): number {
  return whole === 0 ? 0 : round(part / whole)
}

function round(n: number): number {
  return Math.round(n * 100) / 100
}
