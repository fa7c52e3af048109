import { momentText } from '@hotline/shared/calendar/day'
import type { CalendarList } from '@hotline/shared/calendar/view'
import { createCalendar } from '@hotline/shared/calendar/workingDays'
import type { LimitList, ProfileView } from '@hotline/shared/limits/view'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { evolve } from '@hotline/shared/ticket/evolve'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import { OPEN_ASSIGNMENT } from '@hotline/shared/ticket/labels'
import { recompute } from '@hotline/shared/ticket/recompute'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Findings } from './check'
import { revived } from './revive'

/** One event, and the ticket on both sides of it. */
interface Moment {
  event: TicketEvent
  before?: Ticket
  after: Ticket
  /** The last of its commit: between its events a ticket is in no state that anybody sees. */
  isWhole: boolean
}

/** The whole life of a ticket, moment by moment. */
function lifeOf({ history }: TicketView): Moment[] {
  const events = revived(history) as TicketEvent[]
  let ticket: Ticket | undefined
  return events.flatMap((event, index) => {
    const before = ticket
    ticket = evolve(ticket, event)
    const isWhole = events[index + 1]?.version !== event.version
    return ticket ? [{ event, before, after: ticket, isWhole }] : []
  })
}

const each = ({ views }: Findings, look: (moment: Moment) => string[]): string[] =>
  [...views.values()].flatMap((view) => {
    const wrong = new Set(lifeOf(view).flatMap(look))
    return [...wrong].map((text) => `${view.no}：${text}`)
  })

export function areStill(findings: Findings): string[] {
  return each(findings, ({ event, before }) => {
    const isStill = before?.suspension !== undefined || before?.status === 'consulting'
    return event.type === 'ticket.cardIssued' && isStill ? [`${momentText(event.at)} 发牌`] : []
  })
}

export function areLocked(findings: Findings): string[] {
  return each(findings, ({ event, before }) => {
    if (event.type !== 'ticket.returnRequested') return []
    const assignment = before?.assignments.find(({ id }) => id === event.assignmentId)
    return assignment?.locked
      ? [`${assignment.unitId} ${LIFECYCLE.requestReturn.label}：${assignment.lockedReason}`]
      : []
  })
}

export function areWithinParents(findings: Findings): string[] {
  return each(findings, ({ after: { assignments }, event, isWhole }) => {
    const running = isWhole ? assignments.filter(({ status }) => OPEN_ASSIGNMENT.includes(status)) : []
    return running.flatMap((assignment) => {
      const parent = running.find(({ id }) => id === assignment.parentId)
      const isLater = parent && assignment.resolveBy > parent.resolveBy
      return isLater ? [`${event.type} 后 ${assignment.unitId} 晚于 ${parent.unitId}`] : []
    })
  })
}

/** At every moment of its life the rules in force would have counted each deadline as it stood. */
export async function areRecounted(findings: Findings): Promise<string[]> {
  const { people } = findings
  const { active } = await people.get<LimitList>('director', '/api/limits')
  const { id, version } = active.profile
  const { profile } = await people.get<ProfileView>('director', `/api/limits/${id}?version=${version}`)
  const { years, revision } = await people.get<CalendarList>('director', '/api/calendar')
  const calendar = createCalendar(
    years.flatMap(({ published }) => published ?? []),
    undefined,
    revision,
  )
  const rules = { profileId: id, profileVersion: version, calendarVersion: revision }
  const isOfTheseRules = ({ assignments }: Ticket) =>
    assignments.every((one) => !one.rules || JSON.stringify(one.rules) === JSON.stringify(rules))
  return each(findings, ({ event: { at, type }, after, isWhole }) => {
    if (!isWhole || !isOfTheseRules(after)) return []
    const found = recompute(after, { profile, calendar, rules, at, jobId: 'drill', cause: '' })
    if (!found) return []
    const { clocks, promise, dispatchBy, hotlineReviewBy, callbackBy } = found
    const moved = {
      clocks: clocks.map(({ assignmentId }) => assignmentId),
      promise,
      dispatchBy,
      hotlineReviewBy,
      callbackBy,
    }
    return [`${type} 后重算不同 ${JSON.stringify(moved)}`]
  })
}
