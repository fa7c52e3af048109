import { AppError } from '../error'
import type { Regions } from '../region/region'
import type { UnitTree } from '../unit/unit'
import { keyOf } from './createCatalogue'
import type { Matters } from './matter'
import type { CatalogueContent, CataloguePart, CatalogueRule } from './rule'
import type { CatalogueChange } from './ruleInput'

/** What the catalogue's rows speak of. */
export interface CatalogueWorld {
  matters: Matters
  regions: Regions
  units: UnitTree
}

/** R0105@371602, and R0105@371602.2 for the next of the same matter and place. */
function freshId(rule: { matterCode: string; regionCode?: string }, taken: ReadonlySet<string>): string {
  const plain = `R${keyOf(rule).replace(/@$/, '')}`
  if (!taken.has(plain)) return plain
  for (let n = 2; ; n += 1) if (!taken.has(`${plain}.${n}`)) return `${plain}.${n}`
}

/**
 * The next version, as somebody wants it; whether it is a good one is asked of `problemsOf`.
 * @throws AppError notFound, when a row is to be changed that this version does not have
 */
export function applyChanges(base: CatalogueContent, changes: readonly CatalogueChange[]): CatalogueContent {
  const version = base.version + 1
  const rules = [...base.rules]
  let { borderMargin } = base
  const taken = new Set(rules.map(({ id }) => id))
  const placeOf = (id: string) => {
    const at = rules.findIndex((rule) => rule.id === id)
    if (at < 0) throw new AppError('notFound', `目录里没有 ${id} 这一条，可能已被别人改掉`)
    return at
  }
  for (const change of changes) {
    switch (change.type) {
      case 'add': {
        const id = freshId(change.rule, taken)
        taken.add(id)
        rules.push({ ...change.rule, id, version })
        break
      }
      case 'change':
        rules[placeOf(change.id)] = { ...change.rule, id: change.id, version }
        break
      case 'end': {
        const at = placeOf(change.id)
        rules[at] = { ...(rules[at] as CatalogueRule), validTo: change.validTo, version }
        break
      }
      case 'borderMargin':
        borderMargin = change.metres
    }
  }
  return { version, rules, borderMargin }
}

/** 滨州市公安局, 属地县区的住建局, … */
export function partText(part: CataloguePart, { units, regions }: Omit<CatalogueWorld, 'matters'>): string {
  switch (part.kind) {
    case 'bureau':
      return units.name(part.unitId)
    case 'county':
      return '属地县区政府'
    case 'town':
      return '属地街道、乡镇'
    case 'countyBureau': {
      const example = regions
        .children(regions.cityCode)
        .map(({ code }) => [code, units.get(`${code}-${part.suffix}`)] as const)
        .find(([, unit]) => unit)
      const [code = '', unit] = example ?? []
      if (!unit) return `属地县区部门 ${part.suffix}`
      return `属地${(unit.shortName ?? unit.name).replace(regions.name(code), '')}`
    }
  }
}

/** “夜间施工噪音”×滨城区 */
export function ruleTitle(
  { matterCode, regionCode }: { matterCode: string; regionCode?: string },
  { matters, regions }: Pick<CatalogueWorld, 'matters' | 'regions'>,
): string {
  return `“${matters.name(matterCode)}”×${regionCode === undefined ? '全市' : regions.fullName(regionCode)}`
}

/** Every change as a sentence, for the list of versions. */
export function changeTexts(
  base: CatalogueContent,
  changes: readonly CatalogueChange[],
  world: CatalogueWorld,
): string[] {
  const nameOf = (id: string) => {
    const rule = base.rules.find((one) => one.id === id)
    return rule ? ruleTitle(rule, world) : id
  }
  return changes.map((change) => {
    switch (change.type) {
      case 'add':
        return `新增${ruleTitle(change.rule, world)}，主办${partText(change.rule.lead, world)}`
      case 'change':
        return `修改${nameOf(change.id)}，主办${partText(change.rule.lead, world)}`
      case 'end':
        return `${nameOf(change.id)}到 ${change.validTo} 为止`
      case 'borderMargin':
        return `边界核对距离改为 ${change.metres} 米`
    }
  })
}
