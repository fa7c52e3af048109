import { momentText } from '@hotline/shared/calendar/day'
import type { CalendarList } from '@hotline/shared/calendar/view'
import { createCalendar } from '@hotline/shared/calendar/workingDays'
import type { LimitList, ProfileView } from '@hotline/shared/limits/view'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { evolve } from '@hotline/shared/ticket/evolve'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import { OPEN_ASSIGNMENT } from '@hotline/shared/ticket/labels'
import { recompute, type RecomputeWorld } from '@hotline/shared/ticket/recompute'
import type { RulesRef } from '@hotline/shared/ticket/conditions'
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
function lifeOf({ history }: Pick<TicketView, 'history'>): Moment[] {
  const events = revived(history) as TicketEvent[]
  let ticket: Ticket | undefined
  return events.flatMap((event, index) => {
    const before = ticket
    ticket = evolve(ticket, event)
    const isWhole = events[index + 1]?.version !== event.version
    return ticket ? [{ event, before, after: ticket, isWhole }] : []
  })
}

type Look = (moment: Moment) => string[]

/** What is wrong in the life of one ticket; each thing once. */
export function wrongIn(view: Pick<TicketView, 'history'>, look: Look): string[] {
  return [...new Set(lifeOf(view).flatMap(look))]
}

const each = ({ views }: Findings, look: Look): string[] =>
  [...views.values()].flatMap((view) => wrongIn(view, look).map((text) => `${view.no}：${text}`))

export const cardInStandstill: Look = ({ event, before }) => {
  const isStill = before?.suspension !== undefined || before?.status === 'consulting'
  return event.type === 'ticket.cardIssued' && isStill ? [`${momentText(event.at)} 发牌`] : []
}

export const returnOfLocked: Look = ({ event, before }) => {
  if (event.type !== 'ticket.returnRequested') return []
  const assignment = before?.assignments.find(({ id }) => id === event.assignmentId)
  return assignment?.locked ? [`${assignment.unitId} ${LIFECYCLE.requestReturn.label}：${assignment.lockedReason}`] : []
}

export const delegateBeyondParent: Look = ({ after: { assignments }, event, isWhole }) => {
  const running = isWhole ? assignments.filter(({ status }) => OPEN_ASSIGNMENT.includes(status)) : []
  return running.flatMap((assignment) => {
    const parent = running.find(({ id }) => id === assignment.parentId)
    const isLater = parent && assignment.resolveBy > parent.resolveBy
    return isLater ? [`${event.type} 后 ${assignment.unitId} 晚于 ${parent.unitId}`] : []
  })
}

export const areStill = (findings: Findings): string[] => each(findings, cardInStandstill)
export const areLocked = (findings: Findings): string[] => each(findings, returnOfLocked)
export const areWithinParents = (findings: Findings): string[] => each(findings, delegateBeyondParent)

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
  return each(findings, recountedWith({ profile, calendar, rules }))
}

/** Tickets that were counted with other rules are not held against these. */
export function recountedWith(world: Pick<RecomputeWorld, 'profile' | 'calendar' | 'rules'>): Look {
  const { rules } = world
  const isOfTheseRules = ({ assignments }: Ticket) =>
    assignments.every((one) => !one.rules || isSameRules(one.rules, rules))
  return ({ event: { at, type }, after, isWhole }) => {
    if (!isWhole || !isOfTheseRules(after)) return []
    const found = recompute(after, { ...world, at, jobId: 'drill', cause: '' })
    if (!found) return []
    const { clocks, promise, dispatchBy, hotlineReviewBy, callbackBy } = found
    const moved = {
      clocks: clocks.map((clock) => clock.assignmentId),
      promise,
      dispatchBy,
      hotlineReviewBy,
      callbackBy,
    }
    return [`${type} 后重算不同 ${JSON.stringify(moved)}`]
  }
}

function isSameRules(one: RulesRef, other: RulesRef): boolean {
  return (
    one.profileId === other.profileId &&
    one.profileVersion === other.profileVersion &&
    one.calendarVersion === other.calendarVersion
  )
}
