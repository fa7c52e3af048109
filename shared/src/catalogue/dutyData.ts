import { DUTY_LINES } from './data/duties'
import type { DutyList, DutyRow, UnitLevel } from './duty'

const LEVELS: Record<string, UnitLevel> = { 县: 'county', 镇: 'town', 村: 'village' }

function rowOf(line: string): DutyRow {
  const [matterCode = '', level = '', part = '', basis = ''] = line.split('|').map((cell) => cell.trim())
  const lowest = LEVELS[level]
  if (!lowest) throw new Error(`责任清单的级别写法不对：${line}`)
  return { matterCode, lowest, basis, ...(part ? { part } : {}) }
}

/** The demo city's first 属地管理事项责任清单. */
export const FIRST_DUTY_LIST: DutyList = { version: 1, rows: DUTY_LINES.trim().split('\n').map(rowOf) }
