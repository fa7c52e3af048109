import { describe, expect, it } from 'vitest'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import { at, bureau, dispatcher, OTHER_BUREAU, otherBureau } from '../testing/world'

describe('两个时钟：对诉求人的承诺，和单位自己的时限', () => {
  const returned = [
    ...s.dispatched,
    on('2026-11-24 10:00'),
    by(bureau.clerk, 'requestReturn'),
    by(dispatcher, 'approveReturn'),
  ]

  it('退单改派：新单位从头起算，承诺不变', () => {
    const { ticket, lead } = given(returned)
      .when(dispatcher, 'dispatch', { leadUnitId: OTHER_BUREAU })
      .then('ticket.dispatched')
    expect(lead.resolveBy).toEqual(at('2026-12-01 24:00'))
    expect(ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
    expect(ticket.promises).toHaveLength(1)
    expect(ticket.cases).toMatchObject([
      { unitId: OTHER_BUREAU, dueAt: at('2026-11-30 24:00'), unitDueAt: at('2026-12-01 24:00') },
    ])
  })

  it('撤回改派也一样', () => {
    const { ticket } = given(s.handling, on('2026-11-26 10:00'), by(dispatcher, 'recall'))
      .when(dispatcher, 'dispatch')
      .then('ticket.dispatched')
    expect([ticket.resolveBy, ticket.assignments[1]?.resolveBy]).toEqual([
      at('2026-11-30 24:00'),
      at('2026-12-03 24:00'),
    ])
  })

  it('承诺已过才指定的单位，不因此一上来就超期', () => {
    const { ticket, lead } = given(s.thriceReturned, on('2026-12-02 10:00'))
      .when(dispatcher, 'designate')
      .then('ticket.dispatched')
    expect(lead.resolveBy).toEqual(at('2026-12-09 24:00'))
    expect(ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
    expect(ticket.nextCheckAt).toEqual(at('2026-12-03 24:00'))
    expect(
      given(s.thriceReturned, on('2026-12-02 10:00'), by(dispatcher, 'designate'), s.clockRuns).ticket.redCount,
    ).toBe(0)
  })

  it('单位按时而全市超期，两个都看得出来', () => {
    const { ticket } = given(
      s.thriceReturned,
      on('2026-12-02 10:00'),
      by(dispatcher, 'designate'),
      s.acknowledged,
      s.throughReviews(bureau),
    )
    expect(ticket.cases).toMatchObject([{ isLate: true, isUnitLate: false }])
  })

  it('改派后批准的延期，两个时钟各在自己的到期日上延', () => {
    const { ticket } = given(
      returned,
      by(dispatcher, 'dispatch', { leadUnitId: OTHER_BUREAU }),
      by(otherBureau.clerk, 'acknowledge'),
      by(otherBureau.lead, 'requestExtension', { workdays: 2 }),
      by(dispatcher, 'approveExtension'),
    )
    expect([ticket.resolveBy, ticket.assignments[1]?.resolveBy]).toEqual([
      at('2026-12-02 24:00'),
      at('2026-12-03 24:00'),
    ])
  })
})
