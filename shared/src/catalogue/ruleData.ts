import { CITY_RULES } from './data/rules/city'
import { ECONOMY_RULES } from './data/rules/economy'
import { SOCIETY_RULES } from './data/rules/society'
import { REGION_DATA } from '../region/regionData'
import { BORDER_MARGIN } from '../region/borderQuestion'
import type { CatalogueContent, CatalogueLimit, CataloguePart, CatalogueRule, Complexity } from './rule'

const [CITY] = REGION_DATA.city
const VERSION = 1

/**
 * How a unit is written in the rows: 市GJJ a city bureau, 县ZJ the county's bureau (or 县JY/TY when the city's counterpart has
 * other letters), 属地 the county or zone, 街镇 the street or town; 属地/ZJ and 街镇/MZ name the city bureau above.
 */
function partOf(text: string): CataloguePart {
  const [unit = '', letters] = text.split('/')
  if (unit === '属地') return { kind: 'county' }
  if (unit === '街镇') return { kind: 'town' }
  const suffix = unit.slice(1)
  if (unit.startsWith('县')) return { kind: 'countyBureau', suffix }
  if (unit.startsWith('市') && letters === undefined) return { kind: 'bureau', unitId: `${CITY}-${suffix}` }
  throw new Error(`派单目录中的单位写法不对：${text}`)
}

function cityUnitOf(text: string): string {
  const [unit = '', letters] = text.split('/')
  return `${CITY}-${letters ?? unit.slice(1)}`
}

const COMPLEXITIES: readonly Complexity[] = ['simple', 'general', 'complex', 'difficult']

function limitOf(words: string[]): CatalogueLimit | undefined {
  for (const word of words) {
    const match = /^(\d+)([hd])$/.exec(word)
    if (match) return { unit: match[2] === 'h' ? 'hours' : 'workdays', n: Number(match[1]) }
  }
  return undefined
}

/** A row: matter[@places] | lead | co, co | limit and complexity | basis | standard. One rule for each place. */
function rulesOf(line: string): CatalogueRule[] {
  const [target = '', lead = '', co = '', clock = '', basis = '', standard = ''] = line
    .split('|')
    .map((cell) => cell.trim())
  const [matterCode = '', places] = target.split('@')
  const words = clock.split(' ')
  return (places?.split(',') ?? [undefined]).map((regionCode) => ({
    id: regionCode === undefined ? `R${matterCode}` : `R${matterCode}@${regionCode}`,
    matterCode,
    regionCode,
    lead: partOf(lead),
    cityUnitId: cityUnitOf(lead),
    co: co === '' ? [] : co.split(',').map(partOf),
    limit: limitOf(words),
    complexity: COMPLEXITIES.find((complexity) => words.includes(complexity)),
    basis,
    standard,
    version: VERSION,
  }))
}

/** The demo city's first 派单目录. */
export const CATALOGUE_RULES: readonly CatalogueRule[] = [CITY_RULES, SOCIETY_RULES, ECONOMY_RULES].flatMap((rows) =>
  rows.trim().split('\n').flatMap(rulesOf),
)

export const FIRST_CATALOGUE: CatalogueContent = {
  version: VERSION,
  rules: CATALOGUE_RULES,
  borderMargin: BORDER_MARGIN,
}
