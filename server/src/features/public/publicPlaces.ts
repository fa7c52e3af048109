import { AppError } from '@hotline/shared/error'
import { CityView, PublicPointView, PublicRegions, PublicVillages } from '@hotline/shared/public/view'
import type { Borders } from '@hotline/shared/region/borders'
import type { Regions } from '@hotline/shared/region/region'
import { Location } from '@hotline/shared/ticket/commandInputs'
import { Router } from 'express'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'

/** Nobody's data, and the same for all: whatever stands in between may keep it for a while. */
const CACHED = 'public, max-age=600'
const HOTLINE = '12345'

const tag = '公众'

export const placesApi: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/public/city',
    tag,
    summary: '这条热线：城市和号码',
    response: CityView,
    isPublic: true,
  },
  {
    method: 'get',
    path: '/api/public/regions',
    tag,
    summary: '可以选择的区划：县区、功能区及其街道乡镇',
    response: PublicRegions,
    isPublic: true,
  },
  {
    method: 'get',
    path: '/api/public/regions/{town}/villages',
    tag,
    summary: '一个街道、乡镇的社区和村；没有的为空',
    response: PublicVillages,
    isPublic: true,
  },
  {
    method: 'post',
    path: '/api/public/regions/at',
    tag,
    summary: '一个位置在哪个县区；不在本市的为空；只读',
    body: Location,
    response: PublicPointView,
    isPublic: true,
  },
]

export interface PlacesDeps {
  regions: Regions
  borders: Borders
}

/** What the public pages choose from. */
export function createPlacesRoutes({ regions, borders }: PlacesDeps): Router {
  const router = Router()
  const city = { code: regions.cityCode, name: regions.name(regions.cityCode) }
  const whole: PublicRegions = {
    city,
    districts: regions.children(city.code).map(({ code, name }) => ({
      code,
      name,
      towns: regions
        .children(code)
        // A street that a zone took over is chosen under the zone.
        .filter((town) => regions.jurisdictionOf(town.code) === code)
        .map((town) => ({ code: town.code, name: town.name })),
    })),
  }

  router.get('/city', (_req, res) => {
    const view: CityView = { cityCode: city.code, cityName: city.name, hotline: HOTLINE }
    res.setHeader('Cache-Control', CACHED).json(view)
  })
  router.get('/regions', (_req, res) => void res.setHeader('Cache-Control', CACHED).json(whole))
  router.get('/regions/:town/villages', (req, res) => {
    const { town } = req.params
    if (regions.get(town)?.level !== 'town') throw new AppError('notFound', '没有这个街道、乡镇')
    const view: PublicVillages = { items: regions.children(town).map(({ code, name }) => ({ code, name })) }
    res.setHeader('Cache-Control', CACHED).json(view)
  })
  // Where somebody stands belongs into no address, which proxies keep.
  router.post('/regions/at', (req, res) => {
    const districtCode = borders.districtOf(parse(Location, req.body))
    const view: PublicPointView = districtCode ? { districtCode, districtName: regions.name(districtCode) } : {}
    res.json(view)
  })
  return router
}
