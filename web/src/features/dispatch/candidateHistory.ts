import type { AlikeAnswer, UnitRecord } from '@hotline/shared/ticket/alikeView'
import type { NamedCandidate } from './dispatchDraft'

/** One number of a unit's record; `tone` where it is worth a second look. */
export interface RecordFact {
  label: string
  text: string
  /** The numbers behind it. */
  title: string
  tone?: 'amber'
}
export type TriedCandidate = NamedCandidate & {
  facts: RecordFact[]
  /** Not from the catalogue: who did the like before. */
  isFromHistory?: boolean
}

const SHOWN = 3
/** Surer than this, whoever did the like before is named though the catalogue does not. */
const SURE = 0.4
/** From here on a record is worth a second look. */
const OFTEN_RETURNED = 0.3
const RARELY_ON_TIME = 0.8

const percent = (rate: number) => `${Math.round(rate * 100)}%`

/** 同类办过 75% · 退单 8% · 按时 100%; nothing where nothing is known. */
export function factsOf(record: UnitRecord | undefined, days: number): RecordFact[] {
  if (!record || record.of + record.sent === 0) return []
  const { handled, of, share, returned, sent, returnRate, ended, onTime, onTimeRate } = record
  const within = `近 ${days} 天本地此事项`
  const facts: (RecordFact | false)[] = [
    of > 0 && { label: '办过', text: percent(share), title: `${within} ${of} 件，由其办理 ${handled} 件` },
    sent > 0 && {
      label: '退单',
      text: percent(returnRate),
      title: `${within}派给其 ${sent} 件，退回 ${returned} 件`,
      ...(returnRate >= OFTEN_RETURNED ? { tone: 'amber' as const } : {}),
    },
    ended > 0 && {
      label: '按时',
      text: percent(onTimeRate),
      title: `${within}由其办结 ${ended} 件，按时 ${onTime} 件`,
      ...(onTimeRate < RARELY_ON_TIME ? { tone: 'amber' as const } : {}),
    },
  ]
  return facts.filter((fact) => fact !== false)
}

/**
 * The catalogue's candidates with what each of them did with the like; in the last of three places whoever mostly did it
 * without standing in the catalogue, as long as the place is certain.
 */
export function triedCandidates(
  candidates: readonly NamedCandidate[],
  alike: AlikeAnswer | undefined,
  isAsked: boolean,
): TriedCandidate[] {
  const days = alike?.recordDays ?? 0
  const factsFor = (unitId: string) =>
    factsOf(
      alike?.records.find((record) => record.unitId === unitId),
      days,
    )
  const tried = candidates.map((candidate): TriedCandidate => ({ ...candidate, facts: factsFor(candidate.unitId) }))
  const [first] = tried
  const known = new Set(tried.slice(0, SHOWN).map(({ unitId }) => unitId))
  const other = isAsked
    ? undefined
    : alike?.units.find(({ unitId, confidence }) => !known.has(unitId) && confidence >= SURE)
  if (!other || !first) return tried.slice(0, SHOWN)
  const { unitId, name, confidence, reason } = other
  const fromHistory: TriedCandidate = {
    ...(tried.find((one) => one.unitId === unitId) ?? { ...first, coUnitIds: [], copyUnitIds: [], basis: '' }),
    ...{ unitId, unitName: name, score: confidence, reasons: [reason] },
    facts: factsFor(unitId),
    isFromHistory: true,
  }
  return [...tried.slice(0, SHOWN - 1), fromHistory]
}
