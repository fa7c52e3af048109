import { describe, expect, it } from 'vitest'
import { addWorkdays } from '../calendar/workingDays'
import { dayEndingAt, endOfDay } from '../calendar/day'
import { fold } from './evolve'
import { by, given, on } from './testing/given'
import * as s from './testing/stories'
import * as w from './testing/world'

const sentBack = by(w.dispatcher, 'reviewByHotline', { isPassed: false, opinion: '请补充依据' })
const signedOffAgain = [by(w.bureau.handler, 'reply'), by(w.bureau.lead, 'reviewByUnit')]
/** Six hours of review on two afternoons. */
const twiceSentBack = [
  ...s.signedOff,
  on('2026-11-23 12:00'),
  sentBack,
  ...signedOffAgain,
  on('2026-11-23 15:00'),
  sentBack,
]

const original = given(...s.dispatched).ticket.resolveBy as Date
const later = (workdays: number) => endOfDay(addWorkdays(w.calendar, dayEndingAt(original), workdays).day)

describe('热线审核退回，归还审核占用的时间', () => {
  it('几次审核占用的工作时间合计后只进一次', () => {
    const { ticket } = given(...twiceSentBack)
    const lead = ticket.assignments[0]
    expect(lead?.resolveBy).toEqual(later(1))
    expect(ticket.resolveBy).toEqual(later(1))
    expect(lead?.pauses).toHaveLength(2)
    expect(lead?.explain).toContain('合计 6 小时，向上进到整日')
    expect(ticket.cases[0]).toMatchObject({ dueAt: later(1), unitDueAt: later(1) })
  })

  it('合计超过一个工作日才再进一天', () => {
    const until = (moment: string) => given(...twiceSentBack, ...signedOffAgain, on(moment), sentBack).ticket
    expect(until('2026-11-24 09:00').resolveBy).toEqual(later(1))
    expect(until('2026-11-24 09:01').resolveBy).toEqual(later(2))
    expect(until('2026-11-24 09:01').assignments[0]?.resolveBy).toEqual(later(2))
  })

  it('延期加在没有停办的期限上，已归还的时间仍只进一次', () => {
    const extended = given(
      ...twiceSentBack,
      by(w.bureau.handler, 'requestExtension', { workdays: 1 }),
      by(w.bureau.lead, 'endorseRequest'),
      by(w.dispatcher, 'approveExtension'),
    )
    expect(extended.ticket.resolveBy).toEqual(later(2))
    const { ticket } = given(() => extended.scene, ...signedOffAgain, on('2026-11-23 18:00'), sentBack)
    expect(ticket.resolveBy).toEqual(later(2))
    expect(ticket.assignments[0]?.resolveBy).toEqual(later(2))
  })

  it('重办后从新的期限算起，以前的停办不再计', () => {
    const passed = [...signedOffAgain, by(w.dispatcher, 'reviewByHotline')]
    const again = given(
      ...twiceSentBack,
      ...passed,
      by(w.callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
    ).ticket
    expect(again.pauses).toBeUndefined()
    expect(again.assignments[0]?.pauses).toBeUndefined()
    expect(again.unpausedBy).toBeUndefined()
  })

  it('改派后，对诉求人的承诺记得以前的停办；新单位从自己的期限算起', () => {
    const redispatched = given(
      ...twiceSentBack,
      by(w.dispatcher, 'recall'),
      by(w.dispatcher, 'dispatch', { leadUnitId: w.OTHER_BUREAU, limit: { kind: 'hours', n: 24 } }),
      by(w.otherBureau.clerk, 'acknowledge'),
      by(w.otherBureau.handler, 'reply'),
      by(w.otherBureau.lead, 'reviewByUnit'),
      on('2026-11-23 16:00'),
      sentBack,
    )
    expect(redispatched.ticket.resolveBy).toEqual(later(1))
    const lead = redispatched.ticket.assignments.at(-1)
    expect(lead?.resolveBy).toEqual(w.at('2026-11-24 16:00'))
    expect(lead?.pauses).toHaveLength(1)
  })

  it('历史重放得到同样的期限', () => {
    const { scene } = given(...twiceSentBack)
    expect(fold(scene.events)).toEqual(scene.ticket)
  })
})
