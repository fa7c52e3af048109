import type { CandidateAnswer } from '@hotline/shared/catalogue/answer'
import type { Point } from '@hotline/shared/region/borders'
import type { CatalogueRow, DecideContext } from '@hotline/shared/ticket/context'
import type { Ticket } from '@hotline/shared/ticket/ticket'

/** What the catalogue and the duty list say, from memory. */
export interface CatalogueMasters {
  ask(query: {
    matterCode: string
    regionCode: string
    accusedUnitIds: readonly string[]
    confidentiality: 0 | 1 | 2
    location?: Point
  }): CandidateAnswer
  dutyAllows(matterCode: string, unitId: string): true | string
}

const BY_HAND = '不在目录推荐之列，由派单人员选定'

/** The row that leads to this unit. A unit that it does not name was chosen by hand; the law's limit holds for it too. */
export function rowFor({ catalogueVersion, items }: CandidateAnswer, unitId: string | undefined): CatalogueRow {
  const found = items.find((candidate) => candidate.unitId === unitId)
  const { ruleId, limit, isLimitStatutory, complexity, reasons = [] } = found ?? {}
  if (found) return { ruleId, catalogueVersion, reason: reasons.join('；'), limit, isLimitStatutory, complexity }
  const [first] = items
  const statutory = first?.isLimitStatutory ? { limit: first.limit, isLimitStatutory: true } : {}
  return { catalogueVersion, reason: BY_HAND, ...statutory }
}

/** The part of the rules' surroundings that comes from the catalogue. */
export function catalogueContext({
  ask,
  dutyAllows,
}: CatalogueMasters): Pick<DecideContext, 'catalogueRow' | 'suggest' | 'dutyAllows'> {
  const answerFor = (ticket: Ticket): CandidateAnswer | undefined => {
    const { matterCode, regionCode, accusedUnitIds, confidentiality, location } = ticket
    return matterCode ? ask({ matterCode, regionCode, accusedUnitIds, confidentiality, location }) : undefined
  }
  return {
    catalogueRow(ticket, unitId) {
      const answer = answerFor(ticket)
      return answer && rowFor(answer, unitId)
    },
    suggest(ticket) {
      const answer = answerFor(ticket)
      const [first] = answer?.items ?? []
      if (!first) return undefined
      const { unitId: leadUnitId, coUnitIds, ruleId, reasons } = first
      const reason = [...reasons, answer?.question].filter((text) => text !== undefined).join('；')
      return { leadUnitId, coUnitIds, ruleId, reason }
    },
    dutyAllows: ({ matterCode = '' }, unitId) => dutyAllows(matterCode, unitId),
  }
}
