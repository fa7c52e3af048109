import { shiftDay } from '@hotline/shared/calendar/day'
import type { RuleView } from '@hotline/shared/catalogue/catalogueView'
import type { CatalogueChange, RuleInput } from '@hotline/shared/catalogue/ruleInput'
import { RuleInput as RuleSchema } from '@hotline/shared/catalogue/ruleInput'
import type { FieldError } from '@hotline/shared/error'
import { keyOfPart, partOfKey, type PartKey } from './parts'

/** What becomes of a row that is there: mended as it stands, replaced from a day on, or ended. */
export type RuleWay = 'change' | 'replace' | 'end'

export interface RuleForm {
  way: RuleWay
  matterCode?: string
  regionCode?: string
  lead?: PartKey
  cityUnitId?: string
  co: PartKey[]
  limitUnit: 'profile' | 'workdays' | 'hours'
  limitN?: number
  isLimitStatutory: boolean
  complexity?: RuleInput['complexity']
  basis: string
  standard: string
  task: string
  validFrom?: string
  validTo?: string
  /** `replace`: the new row's first day; `end`: the old one's last. */
  day?: string
  note: string
}

export function formOf(rule: RuleView | undefined): RuleForm {
  return {
    way: 'change',
    matterCode: rule?.matterCode,
    regionCode: rule?.regionCode,
    lead: rule && keyOfPart(rule.lead),
    cityUnitId: rule?.cityUnitId,
    co: (rule?.co ?? []).map(keyOfPart),
    limitUnit: rule?.limit?.unit ?? 'profile',
    limitN: rule?.limit?.n,
    isLimitStatutory: rule?.isLimitStatutory ?? false,
    complexity: rule?.complexity,
    basis: rule?.basis ?? '',
    standard: rule?.standard ?? '',
    task: rule?.task ?? '',
    validFrom: rule?.validFrom,
    validTo: rule?.validTo,
    note: '',
  }
}

function inputOf(form: RuleForm): object {
  return {
    matterCode: form.matterCode,
    regionCode: form.regionCode || undefined,
    lead: form.lead ? partOfKey(form.lead) : undefined,
    cityUnitId: form.cityUnitId,
    co: form.co.map(partOfKey),
    limit: form.limitUnit !== 'profile' ? { unit: form.limitUnit, n: form.limitN } : undefined,
    isLimitStatutory: (form.limitUnit !== 'profile' && form.isLimitStatutory) || undefined,
    complexity: form.complexity || undefined,
    basis: form.basis,
    standard: form.standard,
    task: form.task.trim() || undefined,
    validFrom: (form.way === 'replace' ? form.day : form.validFrom) || undefined,
    validTo: form.validTo || undefined,
  }
}

/** What is to be asked of the server, or all that is still wrong with the form. */
export function changesOf(
  form: RuleForm,
  rule: RuleView | undefined,
): { changes: CatalogueChange[]; errors: FieldError[] } {
  const errors: FieldError[] = []
  if (rule && form.way !== 'change' && !form.day)
    errors.push({ path: 'day', message: form.way === 'end' ? '请选择最后一天' : '请选择生效日' })
  if (rule && form.way === 'end')
    return { changes: form.day ? [{ type: 'end', id: rule.id, validTo: form.day }] : [], errors }
  const { data, error } = RuleSchema.safeParse(inputOf(form))
  for (const { path, message } of error?.issues ?? []) errors.push({ path: String(path[0] ?? ''), message })
  if (!data || errors.length > 0) return { changes: [], errors }
  if (!rule) return { changes: [{ type: 'add', rule: data }], errors }
  if (form.way === 'change') return { changes: [{ type: 'change', id: rule.id, rule: data }], errors }
  const lastDay = shiftDay(form.day ?? '', -1)
  return {
    changes: [
      { type: 'end', id: rule.id, validTo: lastDay },
      { type: 'add', rule: data },
    ],
    errors,
  }
}
