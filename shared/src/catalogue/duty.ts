import { z } from 'zod'
import { levelOf } from '../region/code'
import type { Unit } from '../unit/unit'

/** How far down the tree a unit stands: above the towns, a street or town, a village or community. */
export type UnitLevel = 'county' | 'town' | 'village'

/** One row of the 属地管理事项责任清单: a matter of any level with all below it, and how far down it may be handed. */
export interface DutyRow {
  matterCode: string
  /** `county`: not to towns at all, though the matter above may go there. */
  lowest: UnitLevel
  /** 依据: the list of 履职事项, law or document. */
  basis: string
  /** What the town or village does of it, in a few words. */
  part?: string
}

export interface DutyList {
  version: number
  rows: readonly DutyRow[]
}

export const UNIT_LEVEL_LABELS: Record<UnitLevel, string> = {
  county: '不得下派',
  town: '街道、乡镇',
  village: '村、社区',
}

const ORDER: readonly UnitLevel[] = ['county', 'town', 'village']

/** The deepest row that speaks of the matter. `matterPath`: its codes, the first level first. */
export function dutyRowFor(list: DutyList, matterPath: readonly string[]): DutyRow | undefined {
  for (const code of [...matterPath].reverse()) {
    const row = list.rows.find(({ matterCode }) => matterCode === code)
    if (row) return row
  }
  return undefined
}

/** Whether a matter may be handed to a unit of this level, or why not (domain.md D12, D13). */
export function dutyAllows(list: DutyList, matterPath: readonly string[], level: UnitLevel): true | string {
  if (level === 'county') return true
  const row = dutyRowFor(list, matterPath)
  const lowest = row?.lowest ?? 'county'
  if (ORDER.indexOf(level) <= ORDER.indexOf(lowest)) return true
  if (level === 'village' && lowest === 'town') return '该事项不在社区（村）职责清单内，只能派到街道、乡镇'
  return row
    ? '属地管理事项责任清单写明该事项不得下派街道、乡镇'
    : '该事项不在属地管理事项责任清单内，不得下派街道、乡镇'
}

/** Where a unit stands; bureaus, counties and their departments all count as `county`. */
export function unitLevelOf({ kind, regionCode }: Pick<Unit, 'kind' | 'regionCode'>): UnitLevel {
  if (levelOf(regionCode) === 'village') return 'village'
  return kind === 'town' ? 'town' : 'county'
}

export const DutyRowInput = z.strictObject({
  matterCode: z.string({ error: '请选择事项' }).regex(/^(\d{2}){1,3}$/, '请选择事项'),
  lowest: z.enum(['county', 'town', 'village'], { error: '请选择可派到哪一级' }),
  basis: z.string({ error: '请填写依据' }).trim().min(1, '请填写依据').max(500, '依据不能超过 500 字'),
  part: z.string().trim().max(500, '承担内容不能超过 500 字').optional(),
})

/** The whole list is kept at once: it is short, and what is missing from it is as much said as what stands there. */
export const DutySave = z.strictObject({
  base: z.number().int().min(1),
  rows: z.array(DutyRowInput).max(600, '清单不能超过 600 条'),
  note: z.string({ error: '请填写修改说明' }).trim().min(1, '请填写修改说明').max(500, '修改说明不能超过 500 字'),
})
