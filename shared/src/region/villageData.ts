import { VILLAGE_LINES } from './data/villages'
import type { RegionEntry } from './region'

function parse(lines: string): RegionEntry[] {
  const entries: RegionEntry[] = []
  let town = ''
  for (const line of lines.trim().split('\n')) {
    const [code = '', name, initials = ''] = line.split(' ')
    if (name === undefined) town = code
    else entries.push([town + code, name, initials])
  }
  return entries
}

/** All villages and communities (村、社区) of the demo city: a module of 100 kB, kept out of the browser. */
export const VILLAGE_DATA: readonly RegionEntry[] = parse(VILLAGE_LINES)
