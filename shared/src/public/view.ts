import { z } from 'zod'

/** What the first page of the public side says of the city and its hotline. */
export const CityView = z.object({
  cityCode: z.string(),
  cityName: z.string(),
  hotline: z.string(),
})
export type CityView = z.output<typeof CityView>

const PublicPlace = z.object({ code: z.string(), name: z.string() })

/** The whole city to choose from: districts and zones, each with its streets and towns. */
export const PublicRegions = z.object({
  city: PublicPlace,
  districts: z.array(PublicPlace.extend({ towns: z.array(PublicPlace) })),
})
export type PublicRegions = z.output<typeof PublicRegions>

/** Below one street or town, where the city's data goes so far; else nothing. */
export const PublicVillages = z.object({ items: z.array(PublicPlace) })
export type PublicVillages = z.output<typeof PublicVillages>

/** In which district a point lies; absent outside of the city. */
export const PublicPointView = z.object({ districtCode: z.string().optional(), districtName: z.string().optional() })
export type PublicPointView = z.output<typeof PublicPointView>
