import type { CandidateQuery } from './candidates'
import type { CataloguePart, CatalogueRule } from './rule'

/** A step of the ladder on which a lead is looked for, the first that can act wins. */
export interface Rung {
  unitId: string
  score: number
  reason?: string
}

/** Where the ticket lies: the county or zone, and the street or town; both absent when no place was named. */
interface Place {
  jurisdiction?: string
  town?: string
}

export function placeOf({ regionCode, regions }: CandidateQuery): Place {
  return { jurisdiction: regions.jurisdictionOf(regionCode), town: regions.townOf(regionCode) }
}

/** The unit that a part of a row means in this place; undefined when the place does not go deep enough. */
export function unitIdOf(part: CataloguePart, { jurisdiction, town }: Place): string | undefined {
  switch (part.kind) {
    case 'bureau':
      return part.unitId
    case 'county':
      return jurisdiction
    case 'countyBureau':
      return jurisdiction && `${jurisdiction}-${part.suffix}`
    case 'town':
      return town
  }
}

const suffixOf = (unitId: string) => unitId.split('-')[1] ?? ''

/**
 * Who may lead, in the order of domain.md D1–D3 and D12: the row's own unit, the county as the fallback, the city's bureau, and at last
 * the city. A street or town stands here only when the row itself names it.
 */
export function ladderOf(rule: CatalogueRule, query: CandidateQuery): Rung[] {
  const place = placeOf(query)
  const { jurisdiction } = place
  const { regions, units } = query
  const city: Rung = { unitId: regions.cityCode, score: 0.15, reason: '市政府统筹协调' }
  const bureau = (score: number, reason: string): Rung => ({ unitId: rule.cityUnitId, score, reason })
  if (jurisdiction === undefined) return [bureau(1, '未提及具体区域，由市级部门承办'), city]

  const county = (score: number): Rung => ({
    unitId: jurisdiction,
    score,
    reason: `属地兜底：${regions.name(jurisdiction)}统筹协调`,
  })
  const lead = unitIdOf(rule.lead, place)
  switch (rule.lead.kind) {
    case 'bureau': {
      const counterpart = `${jurisdiction}-${suffixOf(rule.lead.unitId)}`
      const overlap = units.isOpen(counterpart)
      return [
        bureau(1, overlap ? '市县职责交叉的，以市级部门为主办' : '市级部门职责'),
        { unitId: counterpart, score: 0.55, reason: '属地对口部门' },
        county(0.4),
        city,
      ]
    }
    case 'countyBureau':
      return [{ unitId: lead ?? jurisdiction, score: 1 }, county(0.6), bureau(0.5, '市级主管部门'), city]
    case 'county':
      return [{ unitId: jurisdiction, score: 1, reason: '属地政府职责' }, bureau(0.5, '市级主管部门'), city]
    case 'town':
      return [
        ...(lead === undefined ? [] : [{ unitId: lead, score: 1, reason: '在镇街履职事项内，直派镇街' }]),
        county(lead === undefined ? 0.9 : 0.6),
        bureau(0.4, '市级主管部门'),
        city,
      ]
  }
}

/** 举报保密: the matter goes up a level at once, so that those who know the reported one do not handle it (L2 32). */
export function raised(rungs: Rung[], rule: CatalogueRule, query: CandidateQuery): Rung[] {
  const isLocal = (unitId: string) => ['town', 'countyBureau'].includes(query.units.get(unitId)?.kind ?? '')
  const cityBureau: Rung = { unitId: rule.cityUnitId, score: 1, reason: '举报保密件，由市级主管部门直接办理' }
  const rest = rungs.filter((rung) => rung.unitId !== rule.cityUnitId && !isLocal(rung.unitId))
  return [cityBureau, ...rest.map((rung) => ({ ...rung, score: Math.min(rung.score, 0.6) }))]
}
