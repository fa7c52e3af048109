import { AppError } from '@hotline/shared/error'
import { isWeighty } from '@hotline/shared/ticket/weight'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Message } from './messages'
import type { People } from './people'
import type { Dice } from './random'
import type { WireAssignment } from './step'

interface Region {
  code: string
  name: string
  fullName: string
  level: string
}
interface Unit {
  id: string
  name: string
  kind: string
  parentId: string | null
}

/** The city as its own interface tells it. */
export interface World {
  units: readonly Unit[]
  /** Itself first. */
  pathOf(unitId: string): string[]
  /** The district that the file names, else a place that the text names, else some town or other, and now and then none. */
  regionOf(message: Message, dice: Dice): Region
  /** The account that signs off a unit's reply. */
  reviewerOf(view: TicketView, assignment: WireAssignment): string
  /** A unit above, as far as there is one that is not the city itself. */
  superiorOf(unitId: string): string | undefined
}

export async function lookAround(people: People, username: string): Promise<World> {
  const list = async <T>(path: string) => (await people.get<{ items: T[] }>(username, path)).items
  const units = await list<Unit>('/api/units')
  const [city] = await list<Region>('/api/regions')
  if (!city) throw new AppError('unavailable', '系统里没有区划')
  const districts = await list<Region>(`/api/regions?parent=${city.code}&limit=500`)
  const towns: Region[] = []
  for (const { code } of districts) {
    const below = await list<Region>(`/api/regions?parent=${code}&limit=500`)
    // A town that a zone took over stands under both.
    towns.push(...below.filter((town) => town.level === 'town' && !towns.some((known) => known.code === town.code)))
  }
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const named = [...towns, ...districts]

  function pathOf(unitId: string): string[] {
    const unit = byId.get(unitId)
    return unit ? [unitId, ...(unit.parentId === null ? [] : pathOf(unit.parentId))] : []
  }

  return {
    units,
    pathOf,
    regionOf({ district, title, detail }, dice) {
      const here = districts.find(({ name, fullName }) => name === district || fullName === district)
      if (here) return dice.pick([...towns.filter(({ fullName }) => fullName.startsWith(here.fullName)), here])
      const mentioned =
        named.find(({ name }) => title.includes(name)) ?? named.find(({ name }) => detail.includes(name))
      if (mentioned) return mentioned
      return dice.chance(0.03) ? city : dice.pick(towns)
    },
    reviewerOf(view, { unitId }) {
      if (!isWeighty(view)) return `lead@${unitId}`
      const hasHead = (id: string) => !['town', 'city'].includes(byId.get(id)?.kind ?? 'city')
      return `head@${pathOf(unitId).find(hasHead) ?? unitId}`
    },
    superiorOf(unitId) {
      const above = byId.get(unitId)?.parentId
      return above && byId.get(above)?.kind !== 'city' ? above : undefined
    },
  }
}
