import type { CataloguePart } from '@hotline/shared/catalogue/rule'
import { shallowRef } from 'vue'
import { catalogueApi } from './catalogueApi'

/** A lead or helper as a choice of a list: county, town, countyBureau:ZJ, bureau:371600-GA. */
export type PartKey = string

export interface PartGroup {
  label: string
  options: { value: PartKey; label: string }[]
}

export function keyOfPart(part: CataloguePart): PartKey {
  if (part.kind === 'bureau') return `bureau:${part.unitId}`
  return part.kind === 'countyBureau' ? `countyBureau:${part.suffix}` : part.kind
}

export function partOfKey(key: PartKey): CataloguePart {
  const [kind, rest = ''] = key.split(':')
  if (kind === 'bureau') return { kind, unitId: rest }
  if (kind === 'countyBureau') return { kind, suffix: rest }
  return { kind: kind === 'town' ? 'town' : 'county' }
}

/** The city's bureau over a lead, where its letters tell: 属地住建局 → 市住建局. */
export function cityUnitOf(key: PartKey, groups: readonly PartGroup[]): string | undefined {
  const part = partOfKey(key)
  if (part.kind === 'bureau') return part.unitId
  if (part.kind !== 'countyBureau') return undefined
  const all = groups.flatMap(({ options }) => options).map(({ value }) => partOfKey(value))
  const found = all.find((other) => other.kind === 'bureau' && other.unitId.endsWith(`-${part.suffix}`))
  return found?.kind === 'bureau' ? found.unitId : undefined
}

const LOCAL: PartGroup = {
  label: '属地',
  options: [
    { value: 'county', label: '属地县区政府' },
    { value: 'town', label: '属地街道、乡镇' },
  ],
}

/** Whom a row may name. */
export function useParts() {
  const groups = shallowRef<PartGroup[]>([LOCAL])
  async function load(): Promise<void> {
    const [county, city] = await Promise.all([catalogueApi.countyBureaus(), catalogueApi.cityBureaus()])
    groups.value = [
      LOCAL,
      {
        label: '属地部门',
        options: county.map(({ suffix, text }) => ({ value: `countyBureau:${suffix}`, label: text })),
      },
      { label: '市级部门', options: city.map(({ id, name }) => ({ value: `bureau:${id}`, label: name })) },
    ]
  }
  return { groups, load }
}
