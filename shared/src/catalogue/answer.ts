import { borderQuestion } from '../region/borderQuestion'
import type { Borders, Point } from '../region/borders'
import { candidates, type Candidate, type CandidateQuery } from './candidates'
import type { Catalogue } from './createCatalogue'

/** What the catalogue says to somebody who has to choose. */
export interface CandidateAnswer {
  catalogueVersion: number
  items: Candidate[]
  /** The place is not certain: what has to be looked at first. Nothing is chosen for anybody then. */
  question?: string
}

export type AnswerQuery = CandidateQuery & { location?: Point; borders: Borders }

/** Another district's candidates stand behind the chosen one's best. */
const OTHERS_AT_MOST = 0.95

/**
 * Candidates for the chosen place; when the point lies near a border or elsewhere, those of the other districts too, and the
 * question that a person has to answer.
 */
export function answerFor(catalogue: Catalogue, query: AnswerQuery, limit: number): CandidateAnswer {
  const { regionCode, location, borders, regions } = query
  const own = candidates(catalogue, query, limit)
  const margin = catalogue.borderMargin
  const question = borderQuestion({ regionCode, location }, { borders, regions, margin })
  const others = (question?.districts ?? [])
    .filter((code) => !regions.isWithin(regionCode, code))
    .flatMap((code) =>
      candidates(catalogue, { ...query, regionCode: code }, limit).map((candidate) => ({
        ...candidate,
        regionCode: code,
        score: Math.min(candidate.score, OTHERS_AT_MOST),
        reasons: [...candidate.reasons, `若属地是${regions.name(code)}`],
      })),
    )
  const all = [...own, ...others].sort((a, b) => b.score - a.score)
  const items = all.filter(({ unitId }, at) => all.findIndex((other) => other.unitId === unitId) === at)
  return { catalogueVersion: catalogue.version, items: items.slice(0, limit), question: question?.text }
}
