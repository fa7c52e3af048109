import type { Region, Regions } from '../region/region'
import { BUREAU_LINES, COUNTY_BUREAU_LINES, COUNTY_DUTIES, TOWN_DUTIES } from './data/bureaus'
import { INITIALS_LINES } from './data/initials'
import type { Unit } from './unit'

const HOTLINE_GROUPS = [
  ['HW', '话务组', '接听来电、登记诉求、直接答复'],
  ['PD', '派单组', '分类派单、退单和延期初审、办理结果审核'],
  ['HF', '回访组', '回访诉求人、记录满意度'],
  ['DB', '督办组', '催办督办、评价甄别、提级办理'],
  ['ZJ', '质检组', '通话和工单质量检查'],
  ['ZRS', '主任室', '热线全面工作、指定承办和终审'],
] as const

const cellsOf = (lines: string) =>
  lines
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))

function initialsOf(line: string): [id: string, initials: string[]] {
  const [id = '', ...initials] = line.split(' ')
  return [id, initials]
}

const dutiesOf = (cell: string) => cell.split(';')

/** 滨城区 → 滨城, as branches are called; a zone keeps its name. */
const branchName = (county: Region) => (county.level === 'county' ? county.name.slice(0, -1) : county.name)

/** In a district the police are a branch of the city's, in a county or county-level city they are its own. */
function policeName(city: string, county: Region): string {
  const isBranch = county.level === 'zone' || county.name.endsWith('区')
  return isBranch ? `${city}公安局${branchName(county)}分局` : `${county.name}公安局`
}

function townName(jurisdiction: string, town: string): string {
  if (town.endsWith('街道')) return `${jurisdiction}${town}办事处`
  return town.includes('办事处') ? `${jurisdiction}${town.replace(/乡$/, '')}` : `${jurisdiction}${town}人民政府`
}

function countyUnit(cityId: string, city: string, county: Region): Unit {
  const isZone = county.level === 'zone'
  return {
    id: county.code,
    name: isZone ? `${city.replace(/市$/, '')}${county.name}管理委员会` : `${county.name}人民政府`,
    shortName: county.name,
    kind: isZone ? 'zone' : 'county',
    parentId: cityId,
    regionCode: county.code,
    duties: COUNTY_DUTIES,
    isOpen: true,
  }
}

function countyBureaus(city: string, county: Region): Unit[] {
  const fill = (text: string) =>
    text
      .replace('{公安}', policeName(city, county))
      .replace('{市}', city)
      .replace('{县}', county.name)
      .replace('{分}', branchName(county))
  return cellsOf(COUNTY_BUREAU_LINES)
    .filter(([, , , where]) => where === '全' || county.level === 'county')
    .map(([suffix = '', name = '', shortName = '', , duties = '']) => ({
      id: `${county.code}-${suffix}`,
      name: fill(name),
      shortName: fill(shortName),
      kind: 'countyBureau',
      parentId: county.code,
      regionCode: county.code,
      duties: dutiesOf(duties),
      isOpen: true,
    }))
}

function townUnit(regions: Regions, town: Region): Unit {
  const jurisdiction = regions.jurisdictionOf(town.code) ?? town.code.slice(0, 6)
  return {
    id: town.code,
    name: townName(regions.name(jurisdiction), town.name),
    shortName: town.name,
    kind: 'town',
    parentId: jurisdiction,
    regionCode: town.code,
    duties: TOWN_DUTIES,
    isOpen: true,
  }
}

function hotlineUnits(cityId: string, city: string): Unit[] {
  const id = `${cityId}-12345`
  const common = { regionCode: cityId, isOpen: true }
  const centre: Unit = {
    ...common,
    id,
    name: `${city}12345政务服务便民热线`,
    shortName: '12345热线',
    kind: 'hotline',
    parentId: cityId,
    duties: ['受理诉求', '派单和督办', '回访评价'],
  }
  const groups = HOTLINE_GROUPS.map(([suffix, name, duty]): Unit => ({
    ...common,
    id: `${id}-${suffix}`,
    name: `12345热线${name}`,
    shortName: name,
    kind: 'hotlineGroup',
    parentId: id,
    duties: duty.split('、'),
  }))
  return [centre, ...groups]
}

/**
 * The units of a demo city, superiors before their subordinates: the city, the hotline with its groups, the city's
 * bureaus and public companies, then each county and zone with its bureaus, streets and towns. A street that a zone took over
 * stands under the zone.
 */
export function buildDemoUnits(regions: Regions): Unit[] {
  const cityId = regions.cityCode
  const city = regions.name(cityId)
  const government: Unit = {
    id: cityId,
    name: `${city}人民政府`,
    shortName: '市政府',
    kind: 'city',
    parentId: null,
    regionCode: cityId,
    duties: ['统筹协调全市诉求办理', '办理市直部门和县区需要上级研究的事项'],
    isOpen: true,
  }
  const bureaus = cellsOf(BUREAU_LINES).map(([suffix = '', name = '', shortName = '', duties = '']): Unit => ({
    id: `${cityId}-${suffix}`,
    name: name.replace('{市}', city).replace('{城}', city.replace(/市$/, '')),
    shortName,
    kind: 'bureau',
    parentId: cityId,
    regionCode: cityId,
    duties: dutiesOf(duties),
    isOpen: true,
  }))
  const counties = regions.children(cityId).flatMap((county) => [
    countyUnit(cityId, city, county),
    ...countyBureaus(city, county),
    ...regions
      .children(county.code)
      .filter((town) => regions.jurisdictionOf(town.code) === county.code)
      .map((town) => townUnit(regions, town)),
  ])
  const initials = new Map(INITIALS_LINES.trim().split('\n').map(initialsOf))
  return [government, ...hotlineUnits(cityId, city), ...bureaus, ...counties].map((unit) => ({
    ...unit,
    initials: initials.get(unit.id) ?? [],
  }))
}
