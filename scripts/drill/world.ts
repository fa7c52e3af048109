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
  regionCode: string
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
  /** The county or zone whose town or bureau it is; itself, where it is one. */
  countyOf(regionCode: string): string | undefined
  /** Whom a unit can give a part of this ticket to, the town of the place first. */
  delegateOf(view: TicketView, unitId: string): string | undefined
  /** Towns with a government of their own. */
  delegableTowns: readonly Region[]
  /** Matters that the duty list lets go down to a town. */
  townMatters: readonly string[]
  /** A town in another county. */
  elsewhere(regionCode: string): Region | undefined
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
  const { rows } = await people.get<{ rows: { matterCode: string; lowest: string }[] }>(username, '/api/duties')
  const townMatters = rows
    .filter(({ matterCode, lowest }) => matterCode.length === 6 && lowest !== 'county')
    .map(({ matterCode }) => matterCode)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const named = [...towns, ...districts]

  function pathOf(unitId: string): string[] {
    const unit = byId.get(unitId)
    return unit ? [unitId, ...(unit.parentId === null ? [] : pathOf(unit.parentId))] : []
  }

  const townOf = (code: string) => units.find(({ kind, regionCode }) => kind === 'town' && regionCode === code)
  const isCounty = (id: string) => ['county', 'zone'].includes(byId.get(id)?.kind ?? '')
  const countyOf = (code: string) => {
    const town = townOf(code)
    if (town) return pathOf(town.id).find(isCounty)
    return units.find(({ id, regionCode }) => isCounty(id) && regionCode === code)?.id
  }

  return {
    units,
    pathOf,
    countyOf,
    townMatters,
    delegableTowns: towns.filter(({ code }) => countyOf(code) !== undefined),
    delegateOf(view, unitId) {
      const isFree = ({ id }: Unit) =>
        id !== unitId &&
        pathOf(id).includes(unitId) &&
        !pathOf(id).some((above) => view.accusedUnitIds.includes(above)) &&
        !view.assignments.some((assignment) => assignment.unitId === id)
      const below = units.filter(isFree)
      return (below.find((unit) => unit.id === townOf(view.regionCode)?.id) ?? below[0])?.id
    },
    elsewhere: (code) => towns.find((town) => countyOf(town.code) !== countyOf(code)),
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
