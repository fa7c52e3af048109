import type { Day } from '../calendar/day'
import { candidates } from './candidates'
import { cellsOf, groupPlaces, rowsOfBoth, turningDays } from './coverage'
import { createCatalogue, type Catalogue } from './createCatalogue'
import type { CatalogueWorld } from './edit'
import type { CatalogueContent, CatalogueLimit, CatalogueRule } from './rule'

/** What a matter in a place gets. */
export interface EffectAnswer {
  unitId?: string
  limit?: CatalogueLimit
  isLimitStatutory?: boolean
}

export interface EffectSample {
  matterCode: string
  regionCode: string
  /** From this day on. */
  day: Day
  before: EffectAnswer
  after: EffectAnswer
}

/** What becomes different by a new version, counted in third-level matters × places down to the towns. */
export interface CatalogueEffect {
  changed: number
  /** Of these, those that another unit would lead. */
  leads: number
  samples: EffectSample[]
}

const SAMPLES = 12

function substance(rule: CatalogueRule | undefined): string {
  if (!rule) return ''
  const { lead, cityUnitId, co, limit, isLimitStatutory, complexity, basis, standard, task } = rule
  return JSON.stringify([
    lead,
    cityUnitId,
    co ?? [],
    limit,
    isLimitStatutory ?? false,
    complexity,
    basis,
    standard,
    task,
  ])
}

/** Compared where the winning row has changed, on each day from which on one has. */
export function effectOf(
  before: CatalogueContent,
  after: CatalogueContent,
  world: CatalogueWorld & { today: Day },
): CatalogueEffect {
  const { matters, regions, units, today } = world
  const rows = rowsOfBoth(before, after)
  const groups = groupPlaces(rows, world)
  const days = turningDays(rows, today)
  const [was, is] = [createCatalogue(before, matters), createCatalogue(after, matters)]
  const seen = new Set<string>()
  const lead: EffectSample[] = []
  const other: EffectSample[] = []
  let [changed, leads] = [0, 0]

  const ask = (catalogue: Catalogue, matterCode: string, regionCode: string, day: Day): EffectAnswer => {
    const query = { matterCode, regionCode, accusedUnitIds: [], confidentiality: 0 as const, units, regions, day }
    const [first] = candidates(catalogue, query, 1)
    return { unitId: first?.unitId, limit: first?.limit, isLimitStatutory: first?.isLimitStatutory }
  }

  for (const { matterCode, group, day, rule } of cellsOf(is, groups, days, world)) {
    if (substance(rule) === substance(was.ruleFor(matterCode, group.code, regions, day))) continue
    for (const regionCode of group.places) {
      const key = `${matterCode}@${regionCode}`
      if (seen.has(key)) continue
      seen.add(key)
      const sample = {
        matterCode,
        regionCode,
        day,
        before: ask(was, matterCode, regionCode, day),
        after: ask(is, matterCode, regionCode, day),
      }
      changed += 1
      const isLead = sample.before.unitId !== sample.after.unitId
      if (isLead) leads += 1
      const list = isLead ? lead : other
      if (list.length < SAMPLES) list.push(sample)
    }
  }
  return { changed, leads, samples: [...lead, ...other].slice(0, SAMPLES) }
}
