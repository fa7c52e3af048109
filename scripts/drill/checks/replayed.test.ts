import { rulesRefOf } from '@hotline/shared/ticket/rulesRef'
import { by, given } from '@hotline/shared/ticket/testing/given'
import { consulting, delegated, extensionEndorsed, handling, suspended } from '@hotline/shared/ticket/testing/stories'
import * as w from '@hotline/shared/ticket/testing/world'
import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { cardInStandstill, delegateBeyondParent, recountedWith, returnOfLocked, wrongIn } from './replayed'

type History = TicketView['history']
type WireEvent = History[number]
const lifeOf = (...story: Parameters<typeof given>) => ({
  history: JSON.parse(JSON.stringify(given(...story).scene.events)) as History,
})
/** One more event at the end, which no rule would have allowed. */
const followedBy = ({ history }: { history: History }, event: object) => {
  const { at, by, version } = history.at(-1) as WireEvent
  return { history: [...history, { at, by, version: version + 1, ...event } as WireEvent] }
}
const changed = <T extends WireEvent['type']>(
  { history }: { history: History },
  type: T,
  change: (event: Extract<WireEvent, { type: T }>) => object,
) => ({
  history: history.map((event) =>
    event.type === type ? ({ ...event, ...change(event as Extract<WireEvent, { type: T }>) } as WireEvent) : event,
  ),
})
const LATE = '2027-06-01T16:00:00.000Z'

describe('逐步重放', () => {
  it('挂起、会商期间的牌', () => {
    const card = { type: 'ticket.cardIssued', assignmentId: 'a1', card: 'yellow', resolveBy: LATE }
    expect(wrongIn(followedBy(lifeOf(handling), card), cardInStandstill)).toEqual([])
    expect(wrongIn(followedBy(lifeOf(suspended), card), cardInStandstill)).toHaveLength(1)
    expect(wrongIn(followedBy(lifeOf(consulting), card), cardInStandstill)).toHaveLength(1)
  })

  it('锁定后的退单', () => {
    const life = lifeOf(consulting, by(w.dispatcher, 'concludeConsultation'))
    const asked = { type: 'ticket.returnRequested', assignmentId: 'a1', reason: 'notOurDuty', basis: '三定规定' }
    expect(wrongIn(life, returnOfLocked)).toEqual([])
    expect(
      wrongIn(followedBy(life, { ...asked, suggestedUnitId: w.BUREAU, reviewBy: LATE }), returnOfLocked),
    ).toHaveLength(1)
  })

  it('晚于下派单位的时限', () => {
    const life = lifeOf(delegated)
    expect(wrongIn(life, delegateBeyondParent)).toEqual([])
    const later = changed(life, 'ticket.delegated', ({ assignment }) => ({
      assignment: { ...assignment, resolveBy: LATE },
    }))
    expect(wrongIn(later, delegateBeyondParent)).toHaveLength(1)
  })

  it('期限与按记录重算的不同', () => {
    const { profile, calendar } = w
    const look = recountedWith({ profile, calendar, rules: rulesRefOf(profile, calendar) })
    for (const story of [
      handling,
      delegated,
      suspended,
      consulting,
      [...extensionEndorsed, by(w.dispatcher, 'approveExtension')],
    ])
      expect(wrongIn(lifeOf(story), look)).toEqual([])
    const moved = changed(lifeOf(handling), 'ticket.dispatched', ({ assignments }) => ({
      assignments: assignments.map((assignment) => ({ ...assignment, resolveBy: LATE })),
    }))
    expect(wrongIn(moved, look).length).toBeGreaterThan(0)
  })
})
