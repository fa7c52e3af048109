import { MEASURE_IDS } from '@hotline/shared/stats/measure'
import { percent } from '@hotline/shared/stats/percent'
import type { MeasureStats, StatsTickets } from '@hotline/shared/stats/view'
import { measuresOf } from '../measures'
import type { Findings } from './check'

const TRIES = 5

/** Every number of the board against a recount; asked again while others keep working. */
export async function areMeasured({ people, scan }: Findings): Promise<string[]> {
  let wrong: string[] = []
  for (let tried = 0; tried < TRIES; tried += 1) {
    const stats = await people.get<MeasureStats>('director', `/api/stats/measures?from=${scan.since.toISOString()}`)
    const isQuiet = !(await scan.again())
    const { from, to, items } = stats
    const recounts = [...scan.digests.values()].map((digest) => digest.recount)
    const own = measuresOf(recounts, Date.parse(from), Date.parse(to))
    wrong = MEASURE_IDS.flatMap((id) => {
      const mine = own[id]
      const theirs = items.find((item) => item.id === id)
      if (!mine) return []
      if (!theirs) return [`没有 ${id}`]
      const value = mine.denominator === undefined ? mine.numerator : percent(mine.numerator, mine.denominator)
      const isSame =
        theirs.numerator === mine.numerator &&
        (theirs.denominator ?? undefined) === mine.denominator &&
        theirs.value === value
      const said = `${theirs.numerator}/${theirs.denominator} = ${theirs.value}`
      return isSame ? [] : [`${theirs.label} ${said}，重算 ${mine.numerator}/${mine.denominator} = ${value}`]
    })
    if (wrong.length === 0) wrong = await opened({ people }, stats)
    if (wrong.length === 0 || isQuiet) return wrong
  }
  return wrong
}

/** Behind each number stand its tickets. */
async function opened({ people }: Pick<Findings, 'people'>, { from, to, items }: MeasureStats): Promise<string[]> {
  const wrong: string[] = []
  for (const { id, label, numerator, denominator } of items) {
    for (const [part, expected] of [
      ['numerator', numerator],
      ['denominator', denominator],
    ] as const) {
      if (expected === null) continue
      const query = new URLSearchParams({ measure: id, part, from, to, pageSize: '1' })
      const { count } = await people.get<StatsTickets>('director', `/api/stats/tickets?${query}`)
      if (count !== expected) wrong.push(`${label} ${part} ${expected}，点开是 ${count}`)
    }
  }
  return wrong
}
