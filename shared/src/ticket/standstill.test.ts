import { describe, expect, it } from 'vitest'
import { desksOf, deskKey, dueByOf, unmetByOf } from './desks'
import { expectedDue, stoodStillSince } from './standstill'
import { after, by, on } from './testing/given'
import * as s from './testing/stories'
import * as w from './testing/world'

const staff = w.WORLD.staff
const office = (desk: Parameters<typeof deskKey>[1]) => deskKey(w.OFFICE, desk)
const bureau = (desk: Parameters<typeof deskKey>[1]) => deskKey(w.BUREAU, desk)
const fromReturn = [...s.returnRequested, on('2026-11-24 10:00'), by(w.dispatcher, 'openConsultation')]

describe('停办', () => {
  it('会商自发起起，挂起自批准起', () => {
    expect(stoodStillSince(after(s.consulting))).toEqual(w.MONDAY)
    expect(stoodStillSince(after(s.suspended))).toEqual(w.MONDAY)
    expect(stoodStillSince(after(s.handling))).toBeUndefined()
  })

  it('会商中预计的承诺随时间后移，没有承诺的没有', () => {
    const rules = { calendar: w.calendar, profile: w.profile }
    const at = (moment: string) => expectedDue(after(fromReturn), { ...rules, at: w.at(moment) })?.resolveBy
    expect(at('2026-11-24 11:00')).toEqual(w.at('2026-12-01 24:00'))
    expect(at('2026-11-25 11:00')).toEqual(w.at('2026-12-02 24:00'))
    expect(expectedDue(after(s.consulting), { ...rules, at: w.MONDAY })).toEqual({ assignments: [] })
  })

  it('停办期间不会变成超期；停办前已超期的仍是', () => {
    expect(unmetByOf(after(fromReturn))).toBeUndefined()
    expect(unmetByOf(after(s.suspended))).toBeUndefined()
    const late = after(s.handling, on('2026-12-02 09:00'), s.suspended.slice(s.handling.length))
    expect(unmetByOf(late)).toEqual(w.at('2026-11-30 24:00'))
  })

  it('在办件台上，挂起的按承诺之日排，会商的按反馈意见的时间排', () => {
    expect(dueByOf(after(s.suspended))).toEqual(w.at('2027-03-31 24:00'))
    const answerBy = w.at('2026-11-25 12:00')
    expect(dueByOf(after(s.registered, by(w.dispatcher, 'openConsultation', { answerBy })))).toEqual(answerBy)
  })
})

describe('会商、下派、挂起、终止在谁的台上', () => {
  it.each([
    ['会商中', s.consulting, ['hotline|consulting', bureau('invited'), deskKey(w.THIRD_BUREAU, 'invited')]],
    ['下派后各在各的台上', s.delegated, [bureau('open'), bureau('handling'), office('open'), office('toAcknowledge')]],
    [
      '下级申请退单：在下派单位的下派审核，不在热线的退单审核',
      [...s.delegated, by(w.officePeople.clerk, 'requestReturn')],
      [bureau('open'), bureau('handling'), bureau('delegateReview'), office('open'), office('returning')],
    ],
    ['挂起待单位同意', s.suspensionRequested, [bureau('open'), bureau('handling'), bureau('extending')]],
    ['挂起待主任批准', s.suspensionEndorsed, [bureau('open'), bureau('handling'), 'hotline|suspensionReview']],
    ['终止待主任批准', s.terminationEndorsed, [bureau('open'), bureau('handling'), 'hotline|terminationReview']],
    ['终止后谁的台上都没有', s.terminated, []],
  ])('%s', (_, story, desks) => expect(desksOf(after(story), staff).sort()).toEqual([...desks].sort()))

  it('热线审核期间的终止申请，单位同意后从热线审核移到终止审批', () => {
    const asked = after(s.signedOff, by(w.bureau.handler, 'requestTermination'))
    expect(desksOf(asked).sort()).toEqual([bureau('extending'), bureau('replied'), 'hotline|hotlineReview'])
    const endorsed = after(s.signedOff, s.terminationEndorsed.slice(-2))
    expect(desksOf(endorsed)).toEqual([bureau('replied'), 'hotline|terminationReview'])
  })

  it('下级的延期经本单位同意后，在下派单位的下派审核', () => {
    const asked = after(
      s.delegated,
      by(w.officePeople.clerk, 'acknowledge'),
      by(w.officePeople.handler, 'requestExtension'),
      by(w.officePeople.lead, 'endorseRequest'),
    )
    expect(desksOf(asked)).toContain(bureau('delegateReview'))
    expect(desksOf(asked)).not.toContain('hotline|extensionReview')
  })

  it('一人多岗的单位要上级代为审核的，在上级的代审', () => {
    const alone = [...s.dispatchedAs({ leadUnitId: w.SOLO_TOWN }), by(w.solo, 'acknowledge')]
    const deputy = deskKey(w.COUNTY, 'deputy')
    expect(desksOf(after(alone, by(w.solo, 'requestSuspension')), staff)).toContain(deputy)
    expect(desksOf(after(alone, by(w.solo, 'reply')), staff)).toContain(deputy)
    expect(desksOf(after(alone), staff)).not.toContain(deputy)
    const rated = [
      ...s.badlyRated,
      by(w.dispatcher, 'recall'),
      by(w.dispatcher, 'dispatch', { leadUnitId: w.SOLO_TOWN }),
    ]
    const rectified = [...rated, by(w.solo, 'acknowledge'), by(w.solo, 'rectify')]
    expect(desksOf(after(rectified), staff)).toContain(deputy)
    expect(desksOf(after(s.replied), staff).filter((desk) => desk.endsWith('deputy'))).toEqual([])
  })
})
