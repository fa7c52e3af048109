import type { TicketView } from '@hotline/shared/ticket/view'
import { createDice } from '../random'
import type { Findings } from './check'
import { isRefused, mayList } from './seen'

const MOST = 30

/** Who has a part of a matter sees that part; who had one ticket merged into another sees nothing of the other's caller. */
export async function areCut({ people, played, views, scan, seed }: Findings): Promise<string[]> {
  const wrong: string[] = []
  const numbers = new Map(played.flatMap(({ ticketId, number }) => (ticketId && number ? [[ticketId, number]] : [])))
  const dice = createDice(`${seed}/cut`)
  const shared = [...views.values()].filter(
    ({ assignments, participants }) => participants || assignments.some(({ role }) => role !== 'lead'),
  )
  for (const view of dice.shuffled(shared).slice(0, MOST)) {
    const digest = scan.digests.get(view.id)
    const units = [...new Set(view.assignments.map(({ unitId }) => unitId))]
    for (const unitId of units) {
      if (!digest || !mayList(digest, unitId)) continue
      const clerk = `clerk@${unitId}`
      const seen = await people.get<TicketView>(clerk, `/api/tickets/${view.id}`)
      wrong.push(...tooMuch(view, seen, unitId).map((what) => `${clerk} 在 ${view.no} 看到${what}`))
      const others = [view, ...(view.participants ?? [])].map((one) => numbers.get('id' in one ? one.id : one.ticketId))
      if (others.some((number) => number && JSON.stringify(seen).includes(number)))
        wrong.push(`${clerk} 在 ${view.no} 看到明文号码`)
      for (const { ticketId, no } of view.participants ?? [])
        for (const name of [ticketId, no])
          if (!(await isRefused(() => people.get(clerk, `/api/tickets/${name}`))))
            wrong.push(`${clerk} 打开了并入的 ${no}`)
    }
  }
  return wrong
}

const GONE = ['returned', 'recalled', 'void']

/** What a co-unit, a copy or a town is shown beyond its own. The lead, while it is that, sees what all do. */
function tooMuch(whole: TicketView, seen: TicketView, unitId: string): string[] {
  const lead = whole.assignments.find(({ id }) => id === whole.leadAssignmentId)
  if (lead?.unitId === unitId && !GONE.includes(lead.status)) return []
  const own = new Set<string>()
  for (const { id, parentId, unitPath } of whole.assignments)
    if (unitPath.includes(unitId) || (parentId && own.has(parentId))) own.add(id)
  const isOther = (id: string) => !own.has(id)
  const isLeadSide = lead !== undefined && own.has(lead.id) && !GONE.includes(lead.status)
  return [
    ...(seen.assignments.some(({ id }) => isOther(id)) ? ['其他单位的任务'] : []),
    ...(seen.history.some((event) => 'assignmentId' in event && isOther(event.assignmentId)) ? ['其他单位的经过'] : []),
    ...(seen.suggestion || seen.duplicateOfId ? ['热线的判断'] : []),
    ...(!isLeadSide && (seen.callbacks.length > 0 || seen.participants) ? ['回访或其他诉求人'] : []),
  ]
}
