import type { CityView, PublicRegions } from '@hotline/shared/public/view'
import { readonly, shallowRef } from 'vue'
import { publicApi } from './publicApi'

const city = shallowRef<CityView>()
const regions = shallowRef<PublicRegions>()
let asking: Promise<unknown> | undefined

/** Whose hotline it is; without it the page still says 12345. */
export function useCity() {
  asking ??= publicApi
    .city()
    .then((view) => (city.value = view))
    .catch(() => (asking = undefined))
  return { city: readonly(city) }
}

/** What one may choose from, asked for once. */
export async function loadRegions(): Promise<PublicRegions> {
  regions.value ??= await publicApi.regions()
  return regions.value
}

/** 滨城区彭李街道 */
export function placeName(whole: PublicRegions | undefined, code: string): string {
  if (!whole) return ''
  for (const district of whole.districts) {
    if (district.code === code) return district.name
    const town = district.towns.find((one) => one.code === code)
    if (town) return district.name + town.name
  }
  return `${whole.city.name}（不清楚是哪里）`
}
