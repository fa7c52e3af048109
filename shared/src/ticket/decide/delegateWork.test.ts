import { describe, expect, it } from 'vitest'
import { after, by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import {
  at,
  BUREAU,
  bureau,
  COUNTY,
  county,
  director,
  dispatcher,
  officePeople as office,
  TOWN,
  town,
} from '../testing/world'

/** The county leads, a bureau of the city helps. */
const atCounty = [...s.dispatchedAs({ leadUnitId: COUNTY, coUnitIds: [BUREAU] }), by(county.clerk, 'acknowledge')]
const toTown = [...atCounty, by(county.clerk, 'delegate', { unitId: TOWN })]
const townWorks = [...toTown, by(town.clerk, 'acknowledge')]
const townReplied = [...townWorks, on('2026-11-24 10:00'), by(town.handler, 'reply'), by(town.lead, 'reviewByUnit')]

describe('下派的任务，主办在办时照样走', () => {
  it('签收、分办、联系、进展、反馈、单位审核', () => {
    const { ticket } = given(
      townWorks,
      by(town.clerk, 'assignHandler', { handlerId: town.handler.userId }),
      by(town.handler, 'recordContact'),
      by(town.handler, 'recordProgress'),
      by(town.handler, 'reply'),
      by(town.lead, 'reviewByUnit'),
    )
    expect(ticket.status).toBe('handling')
    expect(ticket.assignments.at(-1)).toMatchObject({ status: 'replied', handlerId: town.handler.userId })
    expect(ticket.contacts).toHaveLength(1)
    expect(ticket.progress).toHaveLength(1)
  })

  it('协办的也一样', () => {
    const { ticket } = given(
      atCounty,
      by(bureau.clerk, 'acknowledge'),
      by(bureau.clerk, 'assignHandler', { handlerId: bureau.handler.userId }),
      by(bureau.handler, 'recordContact'),
      by(bureau.handler, 'recordProgress'),
      by(bureau.handler, 'reply'),
      by(bureau.lead, 'reviewByUnit'),
    )
    expect(ticket.status).toBe('handling')
    expect(ticket.assignments[1]).toMatchObject({ status: 'replied' })
  })

  it('到时不签的自动签收；黄牌、红牌各发各的', () => {
    const clocked = after(toTown, on('2026-11-25 00:00'), s.clockRuns)
    expect(clocked.assignments[2]).toMatchObject({ status: 'handling', isAutoAcknowledged: true })
    const overdue = after(toTown, on('2026-11-30 09:00'), s.clockRuns, on('2026-12-01 09:00'), s.clockRuns)
    expect(overdue).toMatchObject({ yellowCount: 3, redCount: 3 })
  })
})

describe('下级的退单和延期，由下派单位的收文员审', () => {
  const returning = [...toTown, by(town.clerk, 'requestReturn')]

  it('同意退单只终止这个任务，不计退单次数', () => {
    const { ticket } = given(returning)
      .when(county.clerk, 'approveReturn')
      .then('ticket.returnApproved', { isLead: false, assignmentId: 'a3' })
    expect(ticket).toMatchObject({ status: 'handling', returnCount: 0 })
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['handling', 'toAcknowledge', 'returned'])
  })

  it('驳回的不得再退', () => {
    given(returning, by(county.clerk, 'rejectReturn'))
      .when(town.clerk, 'requestReturn')
      .refused('ruleViolated', /^退单已被驳回，不得再退$/)
  })

  it('热线和别的单位不能审', () => {
    for (const actor of [dispatcher, director])
      given(returning)
        .when(actor, 'approveReturn')
        .refused('ruleViolated', /^由下派单位的收文员审核$/)
    given(returning)
      .when(bureau.clerk, 'approveReturn')
      .refused('forbidden', /^不是本单位的承办任务$/)
    given(returning)
      .when(town.clerk, 'approveReturn')
      .refused('forbidden', /^不是本单位的承办任务$/)
  })

  it('协办的退单和延期仍由派单员审，主办单位不能审', () => {
    const coReturns = [...atCounty, by(bureau.clerk, 'requestReturn')]
    given(coReturns).when(dispatcher, 'approveReturn').then('ticket.returnApproved', { assignmentId: 'a2' })
    given(coReturns)
      .when(county.clerk, 'approveReturn')
      .refused('forbidden', /^不是本单位的承办任务$/)
    const coWantsLonger = [
      ...atCounty,
      by(bureau.clerk, 'acknowledge'),
      by(bureau.handler, 'requestExtension'),
      by(bureau.lead, 'endorseRequest'),
    ]
    given(coWantsLonger).when(dispatcher, 'approveExtension').then('ticket.extensionApproved', { assignmentId: 'a2' })
  })

  const shorter = [
    ...atCounty,
    by(county.clerk, 'delegate', { unitId: TOWN, limit: { kind: 'workdays', n: 2 } }),
    by(town.clerk, 'acknowledge'),
  ]
  const wantsLonger = (workdays: number) => [
    ...shorter,
    by(town.handler, 'requestExtension', { workdays }),
    by(town.lead, 'endorseRequest'),
  ]

  it('延期在本单位的时限之内可以批准，主办的时限和对诉求人的承诺不动', () => {
    const before = after(wantsLonger(3))
    const { ticket } = given(wantsLonger(3))
      .when(county.clerk, 'approveExtension')
      .then('ticket.extensionApproved', { assignmentId: 'a3' })
    expect(ticket.assignments[2]?.resolveBy).toEqual(at('2026-11-30 24:00'))
    expect(ticket).toMatchObject({ resolveBy: before.resolveBy, extensionCount: 0 })
    expect(ticket.assignments[0]?.resolveBy).toEqual(before.assignments[0]?.resolveBy)
  })

  it('超过本单位的时限不能批准，可以驳回', () => {
    given(wantsLonger(4))
      .when(county.clerk, 'approveExtension')
      .refused('ruleViolated', /^延期后不能晚于本单位的时限 2026-11-30 24:00$/)
    given(wantsLonger(4)).when(county.clerk, 'rejectExtension').then('ticket.extensionRejected')
    given(wantsLonger(3))
      .when(dispatcher, 'approveExtension')
      .refused('ruleViolated', /^由下派单位的收文员审核$/)
  })
})

describe('谁没有反馈，上面的就不能反馈', () => {
  it('主办等协办和全部下派', () => {
    given(townReplied)
      .when(county.handler, 'reply')
      .refused('ruleViolated', /^还有 1 个协办（下派）单位未反馈$/)
    given(townReplied, by(bureau.clerk, 'acknowledge'), by(bureau.handler, 'reply'), by(bureau.lead, 'reviewByUnit'))
      .when(county.handler, 'reply')
      .then('ticket.replied')
  })

  it('协办等自己下派的，不等别人的', () => {
    const coDelegates = [...toTown, by(bureau.clerk, 'acknowledge'), by(bureau.clerk, 'delegate')]
    given(coDelegates)
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^还有 1 个下派单位未反馈$/)
    given(coDelegates, by(office.clerk, 'acknowledge'), by(office.handler, 'reply'), by(office.lead, 'reviewByUnit'))
      .when(bureau.handler, 'reply')
      .then('ticket.replied')
  })
})

describe('退回补充', () => {
  it('下派单位的收文员、经办人退回下级的反馈，不算重办', () => {
    for (const actor of [county.clerk, county.handler]) {
      const { ticket } = given(townReplied)
        .when(actor, 'sendBack')
        .then('ticket.sentBack', { assignmentId: 'a3', opinion: '请补充现场情况' })
      expect(ticket.assignments[2]).toMatchObject({ status: 'handling' })
      expect(ticket.assignments[2]?.metAt).toBeUndefined()
      expect(ticket).toMatchObject({ status: 'handling', reworkCount: 0 })
    }
  })

  it('放在下派单位手里的时间归还，但不晚于下派单位的时限', () => {
    const short = [
      ...atCounty,
      by(county.clerk, 'delegate', { unitId: TOWN, limit: { kind: 'workdays', n: 2 } }),
      by(town.clerk, 'acknowledge'),
      by(town.handler, 'reply'),
      by(town.lead, 'reviewByUnit'),
    ]
    const back = (moment: string) => after(short, on(moment), by(county.clerk, 'sendBack')).assignments[2]?.resolveBy
    expect(back('2026-11-24 09:00')).toEqual(at('2026-11-26 24:00'))
    expect(back('2026-11-30 09:00')).toEqual(at('2026-11-30 24:00'))
  })

  it('主办也可以退回协办的反馈，协办不能退主办下派的', () => {
    const coReplied = [
      ...townReplied,
      by(bureau.clerk, 'acknowledge'),
      by(bureau.handler, 'reply'),
      by(bureau.lead, 'reviewByUnit'),
    ]
    given(coReplied)
      .when(county.clerk, 'sendBack', { assignmentId: 'a2' })
      .then('ticket.sentBack', { assignmentId: 'a2' })
    given(coReplied).when(bureau.clerk, 'sendBack', { assignmentId: 'a3' }).refused('forbidden', /./)
  })

  it('没有反馈的、本单位已反馈的不能退', () => {
    given(townWorks)
      .when(county.clerk, 'sendBack', { assignmentId: 'a3' })
      .refused('illegalTransition', /^承办任务办理中，不能退回补充$/)
    given(
      townReplied,
      by(bureau.clerk, 'acknowledge'),
      by(bureau.handler, 'reply'),
      by(bureau.lead, 'reviewByUnit'),
      by(county.handler, 'reply'),
    )
      .when(county.clerk, 'sendBack', { assignmentId: 'a3' })
      .refused('ruleViolated', /^本单位不在办理中，不能退回补充$/)
  })
})
