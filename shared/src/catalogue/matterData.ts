import { CIVIL } from './data/matters/civil'
import { CULTURE } from './data/matters/culture'
import { ECONOMY } from './data/matters/economy'
import { EDUCATION } from './data/matters/education'
import { ENVIRONMENT } from './data/matters/environment'
import { GOVERNMENT } from './data/matters/government'
import { HEALTH } from './data/matters/health'
import { HOUSING } from './data/matters/housing'
import { LABOUR } from './data/matters/labour'
import { LAND } from './data/matters/land'
import { MARKET } from './data/matters/market'
import { POLICE } from './data/matters/police'
import { RURAL } from './data/matters/rural'
import { TRAFFIC } from './data/matters/traffic'
import { URBAN } from './data/matters/urban'
import { UTILITIES } from './data/matters/utilities'
import type { Matter } from './matter'

const LEVELS = { 2: 1, 4: 2, 6: 3 } as const

function matterOf(line: string): Matter {
  const [head = '', keywords] = line.split(' | ')
  const [code = '', name = '', initials = ''] = head.split(' ')
  const words = keywords?.split(' ') ?? []
  return {
    code,
    name,
    initials,
    level: LEVELS[code.length as keyof typeof LEVELS],
    parentCode: code.length > 2 ? code.slice(0, -2) : null,
    keywords: words.map((word) => word.replace('~', '')),
    weakKeywords: words.filter((word) => word.endsWith('~')).map((word) => word.slice(0, -1)),
  }
}

/** The demo city's tree of matters, in the order of their codes. */
export const MATTERS: readonly Matter[] = [
  HOUSING,
  URBAN,
  UTILITIES,
  TRAFFIC,
  POLICE,
  ENVIRONMENT,
  LAND,
  LABOUR,
  HEALTH,
  EDUCATION,
  MARKET,
  CIVIL,
  RURAL,
  ECONOMY,
  CULTURE,
  GOVERNMENT,
].flatMap((lines) => lines.trim().split('\n').map(matterOf))

/** Where a message belongs that says nothing we know: 其他综合诉求. */
export const FALLBACK_MATTER = '169901'
