import type { Matter } from '@hotline/shared/catalogue/matter'
import type { Unit } from '@hotline/shared/unit/unit'
import { api, type Query } from '../../platform/http'
import type { MasterOption } from './masterOption'
import { rankMatters } from './rankMatters'

export interface RegionItem {
  code: string
  name: string
  fullName: string
  level: 'city' | 'county' | 'zone' | 'town' | 'village'
}

const SHOWN = 30
let matters: Promise<Matter[]> | undefined
const units = new Map<string, Unit>()
const regions = new Map<string, RegionItem>()

/** All matters, fetched once a page load; a failure is not remembered. */
export function loadMatters(): Promise<Matter[]> {
  matters ??= api.get<{ items: Matter[] }>('/api/matters').then(
    ({ items }) => items,
    (error: unknown) => {
      matters = undefined
      throw error
    },
  )
  return matters
}

/** 住房建设 > 施工管理 */
function placeOf(all: readonly Matter[], matter: Matter): string {
  const parents: string[] = []
  for (let code = matter.parentCode; code;) {
    const parent = all.find((one) => one.code === code)
    if (parent) parents.unshift(parent.name)
    code = parent?.parentCode ?? null
  }
  return parents.join(' > ')
}

const ofMatter = (all: readonly Matter[], matter: Matter): MasterOption => ({
  value: matter.code,
  label: matter.name,
  name: matter.name,
  where: placeOf(all, matter),
})
const ofUnit = ({ id, name, duties }: Unit): MasterOption => ({ value: id, label: name, name, where: duties[0] })
const ofRegion = ({ code, name, fullName, level }: RegionItem): MasterOption => ({
  value: code,
  label: level === 'city' ? `${name}（未提及具体地点）` : fullName,
  name,
  where: level === 'city' ? '未提及具体地点时选这里' : fullName,
})

/** Third-level ones only, unless `isAnyLevel` (a filter may name a whole branch). */
export async function searchMatters(text: string, isAnyLevel = false): Promise<MasterOption[]> {
  const all = await loadMatters()
  const open = isAnyLevel ? all : all.filter(({ level }) => level === 3)
  return rankMatters(open, text, SHOWN).map((matter) => ofMatter(all, matter))
}

export async function matterOption(code: string): Promise<MasterOption | undefined> {
  const all = await loadMatters()
  const matter = all.find((one) => one.code === code)
  return matter && ofMatter(all, matter)
}

/** `within`: only units below that one. */
export async function searchUnits(text: string, within?: string): Promise<MasterOption[]> {
  const { items } = await api.get<{ items: Unit[] }>('/api/units', { q: text, within, limit: SHOWN + 1 })
  for (const unit of items) units.set(unit.id, unit)
  return items
    .filter(({ id, isOpen }) => isOpen && id !== within)
    .slice(0, SHOWN)
    .map(ofUnit)
}

export async function unitOption(id: string): Promise<MasterOption | undefined> {
  const unit = units.get(id) ?? (await api.get<Unit>(`/api/units/${encodeURIComponent(id)}`))
  units.set(id, unit)
  return ofUnit(unit)
}

const findRegions = async (query: Query) => (await api.get<{ items: RegionItem[] }>('/api/regions', query)).items

/** Before anything is typed: the whole city (未提及), then its counties and zones. */
async function cityAndCounties(): Promise<RegionItem[]> {
  const city = await findRegions({})
  return [...city, ...(await findRegions({ parent: city[0]?.code, limit: SHOWN }))]
}

export async function searchRegions(text: string): Promise<MasterOption[]> {
  const items = text ? await findRegions({ q: text, limit: SHOWN }) : await cityAndCounties()
  for (const region of items) regions.set(region.code, region)
  return items.slice(0, SHOWN).map(ofRegion)
}

export async function regionOption(code: string): Promise<MasterOption | undefined> {
  const region = regions.get(code) ?? (await api.get<RegionItem>(`/api/regions/${encodeURIComponent(code)}`))
  regions.set(code, region)
  return ofRegion(region)
}

/** Of a region that a picker has shown. */
export function knownRegion(code: string): RegionItem | undefined {
  return regions.get(code)
}
