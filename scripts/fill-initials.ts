/**
 * Writes the pinyin initials of matters and units after a name was changed or added: into the lines of
 * shared/src/catalogue/data/matters, naming what is wrong with them, and into shared/src/unit/data/initials.ts.
 *
 *   node scripts/run.mjs fill-initials
 *
 * A line: code, name, initials | keywords. A new one may be written without its initials.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRegions } from '../shared/src/region/createRegions'
import { REGION_DATA } from '../shared/src/region/regionData'
import { buildDemoUnits } from '../shared/src/unit/demoUnits'
import { pinyinInitials } from './pinyinInitials'

const FOLDER = new URL('../shared/src/catalogue/data/matters/', import.meta.url)
const LINE = /^((?:\d\d){1,3}) (\S+)(?: ([a-z0-9]+))?(?: \| (.+))?$/

const seen = new Set<string>()

function fill(line: string): string {
  const match = LINE.exec(line)
  if (!match) {
    if (/^\d/.test(line)) console.log(`看不懂：${line}`)
    return line
  }
  const [, code = '', name = '', , keywords] = match
  if (seen.has(code)) console.log(`代码重复：${line}`)
  seen.add(code)
  if ((code.length === 6) !== (keywords !== undefined)) console.log(`只有三级事项有关键词，且必须有：${line}`)
  const words = [...new Set(keywords?.split(/\s+/))]
  return `${code} ${name} ${pinyinInitials(name)}${words.length > 0 ? ` | ${words.join(' ')}` : ''}`
}

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))) {
  const url = new URL(file, FOLDER)
  const before = readFileSync(url, 'utf8')
  const after = before.split('\n').map(fill).join('\n')
  if (after !== before) writeFileSync(url, after)
}

const units = buildDemoUnits(createRegions(REGION_DATA))
const unitLines = units.map(({ id, name, shortName = '' }) =>
  [id, ...new Set([name, shortName].map(pinyinInitials))].filter(Boolean).join(' '),
)
writeFileSync(
  new URL('../shared/src/unit/data/initials.ts', import.meta.url),
  `/** Written by scripts/fill-initials.ts. A unit a line: its id, the initials of its name and of its short name. */
export const INITIALS_LINES = \`
${unitLines.join('\n')}
\`
`,
)
console.log(`${seen.size} 个事项，${units.length} 个单位`)
