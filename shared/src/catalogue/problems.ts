import { dayText, type Day } from '../calendar/day'
import { levelOf } from '../region/code'
import { cellsOf, groupPlaces, rowsOfBoth, turningDays, type Cell } from './coverage'
import { createCatalogue, keyOf } from './createCatalogue'
import { dutyAllows, type DutyList } from './duty'
import { ruleTitle, type CatalogueWorld } from './edit'
import type { CatalogueContent, CataloguePart, CatalogueRule } from './rule'

/** What speaks against a new version: an error forbids it, a warning is for its author to think over. */
export interface CatalogueProblem {
  level: 'error' | 'warning'
  message: string
  ruleId?: string
}

export interface CheckWorld extends CatalogueWorld {
  duty: DutyList
  today: Day
}

const untilText = (day?: Day) => (day ? dayText(day) : '长期')
const fromText = (day?: Day) => (day ? dayText(day) : '一直')
const periodText = ({ validFrom, validTo }: CatalogueRule) => `${fromText(validFrom)}至${untilText(validTo)}`

function overlap(a: CatalogueRule, b: CatalogueRule): boolean {
  const endsBefore = (one: CatalogueRule, other: CatalogueRule) =>
    one.validTo !== undefined && other.validFrom !== undefined && one.validTo < other.validFrom
  return !endsBefore(a, b) && !endsBefore(b, a)
}

const hasEnded = ({ validTo }: CatalogueRule, today: Day) => validTo !== undefined && validTo < today
const partKey = (part: CataloguePart) => JSON.stringify(part)

function unitProblems(rule: CatalogueRule, { units, regions }: CatalogueWorld): string[] {
  const named = (unitId: string, what: string) => {
    const unit = units.get(unitId)
    if (!unit) return [`${what} ${unitId} 不存在`]
    if (unit.kind === 'hotline' || unit.kind === 'hotlineGroup') return [`${what}不能是热线中心`]
    return unit.isOpen ? [] : [`${what}${unit.name}已停用`]
  }
  const part = (one: CataloguePart, what: string) => {
    if (one.kind === 'bureau') return named(one.unitId, what)
    if (one.kind !== 'countyBureau') return []
    const all = regions.children(regions.cityCode).map(({ code }) => `${code}-${one.suffix}`)
    if (!all.some((id) => units.has(id))) return [`${what}：没有一个县区有部门 ${one.suffix}`]
    return all.some((id) => units.isOpen(id)) ? [] : [`${what}：各县区的这个部门都已停用`]
  }
  return [
    ...part(rule.lead, '主办'),
    ...(rule.co ?? []).flatMap((one) => part(one, '协办')),
    ...named(rule.cityUnitId, '市级主管部门'),
    ...((rule.co ?? []).some((one) => partKey(one) === partKey(rule.lead)) ? ['协办与主办是同一单位'] : []),
  ]
}

function ownProblems(rule: CatalogueRule, world: CheckWorld): CatalogueProblem[] {
  const { matters, regions, duty } = world
  const error = (message: string): CatalogueProblem => ({
    level: 'error',
    message: `${ruleTitle(rule, world)}：${message}`,
    ruleId: rule.id,
  })
  const found: CatalogueProblem[] = []
  const { regionCode, validFrom, validTo } = rule
  if (!matters.has(rule.matterCode)) found.push(error(`没有事项 ${rule.matterCode}`))
  if (regionCode !== undefined && !regions.has(regionCode)) found.push(error(`没有区划 ${regionCode}`))
  else if (regionCode !== undefined && ['city', 'village'].includes(levelOf(regionCode)))
    found.push(error('区划请选到县区、功能区或街道、乡镇；全市的不填'))
  if (validFrom && validTo && validTo < validFrom) found.push(error(`截止日 ${validTo} 早于生效日 ${validFrom}`))
  found.push(...unitProblems(rule, world).map(error))
  if (rule.lead.kind === 'town') {
    const answer = dutyAllows(duty, matters.pathOf(rule.matterCode), 'town')
    if (answer !== true) found.push({ ...error(answer), level: 'warning' })
  }
  return found
}

function overlapProblems(rules: readonly CatalogueRule[], changed: ReadonlySet<string>, world: CheckWorld) {
  const byKey = new Map<string, CatalogueRule[]>()
  for (const rule of rules) byKey.set(keyOf(rule), [...(byKey.get(keyOf(rule)) ?? []), rule])
  const found: CatalogueProblem[] = []
  for (const same of byKey.values())
    same.forEach((a, at) => {
      for (const b of same.slice(at + 1)) {
        if (!overlap(a, b) || !(changed.has(a.id) || changed.has(b.id))) continue
        if (hasEnded(a, world.today) || hasEnded(b, world.today)) continue
        const isSame = partKey(a.lead) === partKey(b.lead)
        const times = `（${periodText(a)}；${periodText(b)}）`
        found.push({
          level: isSame ? 'warning' : 'error',
          ruleId: changed.has(b.id) ? b.id : a.id,
          message: isSame
            ? `${ruleTitle(a, world)}有两条在时间上重叠${times}，以生效较晚的为准`
            : `${ruleTitle(a, world)}有两条主办不同、时间重叠${times}，请先结束一条`,
        })
      }
    })
  return found
}

/** 住房物业等 8 个三级事项 */
function mattersText(codes: readonly string[], { matters }: CheckWorld): string {
  const names = codes.slice(0, 3).map((code) => `“${matters.name(code)}”`)
  return codes.length > 3 ? `${names.join('、')}等 ${codes.length} 个三级事项` : names.join('、')
}

function gapProblems(gaps: readonly Cell[], world: CheckWorld): CatalogueProblem[] {
  const byPlace = new Map<string, { cell: Cell; matters: string[] }>()
  for (const cell of gaps) {
    const key = `${cell.day} ${cell.group.code}`
    const known = byPlace.get(key)
    if (known) known.matters.push(cell.matterCode)
    else byPlace.set(key, { cell, matters: [cell.matterCode] })
  }
  return [...byPlace.values()].map(({ cell: { group, day }, matters }) => {
    const where = world.regions.name(group.code) + (group.places.length > 1 ? `等 ${group.places.length} 处` : '')
    const when = day === world.today ? '' : `自 ${dayText(day)} 起，`
    return { level: 'warning', message: `${when}${mattersText(matters, world)}在${where}没有目录，将由属地县区兜底` }
  })
}

const cellKey = ({ matterCode, group, day }: Cell) => `${matterCode} ${group.code} ${day}`

/**
 * What is wrong with the next version: its changed rows by themselves and against each other, places that lose their last row,
 * and rows that stand behind others everywhere. What was so before is not held against its author.
 */
export function problemsOf(before: CatalogueContent, after: CatalogueContent, world: CheckWorld): CatalogueProblem[] {
  const changedRules = after.rules.filter((rule) => rule.version === after.version)
  const changed = new Set(changedRules.map(({ id }) => id))
  const own = [
    ...changedRules.flatMap((rule) => ownProblems(rule, world)),
    ...overlapProblems(after.rules, changed, world),
  ]
  // A row of an unknown matter or place is nowhere, and would only be said twice.
  if (own.some(({ level }) => level === 'error')) return own

  const rows = rowsOfBoth(before, after)
  const groups = groupPlaces(rows, world)
  const days = turningDays(rows, world.today)
  const walk = (content: CatalogueContent) => [...cellsOf(createCatalogue(content, world.matters), groups, days, world)]
  const [were, are] = [walk(before), walk(after)]
  const wereGaps = new Set(were.filter(({ rule }) => !rule).map(cellKey))
  const wasGap = (cell: Cell) => wereGaps.has(cellKey(cell))
  const gaps = are.filter((cell) => !cell.rule && !wasGap(cell))
  const firstGaps = gaps.filter(
    (gap) => !gaps.some((other) => other.day < gap.day && cellKey({ ...other, day: gap.day }) === cellKey(gap)),
  )
  const winners = (cells: readonly Cell[]) => new Set(cells.flatMap(({ rule }) => (rule ? [rule.id] : [])))
  const [won, wins] = [winners(were), winners(are)]
  const never = after.rules
    .filter((rule) => !hasEnded(rule, world.today) && !wins.has(rule.id) && (changed.has(rule.id) || won.has(rule.id)))
    .map((rule): CatalogueProblem => ({
      level: 'warning',
      ruleId: rule.id,
      message: `${ruleTitle(rule, world)}这一条用不上：它的每个三级事项和地点都另有更具体的目录`,
    }))
  return [...own, ...gapProblems(firstGaps, world), ...never]
}
