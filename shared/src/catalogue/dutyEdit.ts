import { dutyAllows, UNIT_LEVEL_LABELS, type DutyRow } from './duty'
import { ruleTitle, type CatalogueWorld } from './edit'
import type { Matters } from './matter'
import type { CatalogueProblem } from './problems'
import type { CatalogueRule } from './rule'

/** What is wrong with a duty list by itself, and which rows of the catalogue send a town what the list does not allow. */
export function dutyProblems(
  rows: readonly DutyRow[],
  rules: readonly CatalogueRule[],
  world: Pick<CatalogueWorld, 'matters' | 'regions'>,
): CatalogueProblem[] {
  const { matters } = world
  const error = (message: string): CatalogueProblem => ({ level: 'error', message })
  const twice = rows.filter(({ matterCode }, at) => rows.findIndex((row) => row.matterCode === matterCode) !== at)
  const list = { version: 0, rows }
  return [
    ...rows.filter(({ matterCode }) => !matters.has(matterCode)).map((row) => error(`没有事项 ${row.matterCode}`)),
    ...twice.map(({ matterCode }) => error(`“${matters.name(matterCode)}”写了两条，请合成一条`)),
    ...rules
      .filter(({ lead }) => lead.kind === 'town')
      .filter(({ matterCode }) => dutyAllows(list, matters.pathOf(matterCode), 'town') !== true)
      .map((rule): CatalogueProblem => ({
        level: 'warning',
        message: `派单目录${ruleTitle(rule, world)}直派街道、乡镇，清单却不允许`,
        ruleId: rule.id,
      })),
  ]
}

/** Every difference as a sentence. */
export function dutyChanges(before: readonly DutyRow[], after: readonly DutyRow[], matters: Matters): string[] {
  const nameOf = ({ matterCode }: DutyRow) => `“${matters.fullName(matterCode)}”`
  const find = (rows: readonly DutyRow[], { matterCode }: DutyRow) => rows.find((row) => row.matterCode === matterCode)
  const isSame = (a: DutyRow, b: DutyRow) => a.lowest === b.lowest && a.basis === b.basis && a.part === b.part
  return [
    ...after.filter((row) => !find(before, row)).map((row) => `增加${nameOf(row)}：${UNIT_LEVEL_LABELS[row.lowest]}`),
    ...after.flatMap((row) => {
      const old = find(before, row)
      if (!old || isSame(old, row)) return []
      return [
        old.lowest === row.lowest
          ? `修改${nameOf(row)}的内容或依据`
          : `${nameOf(row)}由${UNIT_LEVEL_LABELS[old.lowest]}改为${UNIT_LEVEL_LABELS[row.lowest]}`,
      ]
    }),
    ...before.filter((row) => !find(after, row)).map((row) => `删去${nameOf(row)}`),
  ]
}
