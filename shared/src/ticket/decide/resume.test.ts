import { describe, expect, it } from 'vitest'
import { fold } from '../evolve'
import { after, by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import { at, bureau, director, dispatcher, OTHER_BUREAU } from '../testing/world'

/** Suspended on Monday at 09:00 until the end of Wednesday. */
const untilWednesday = [
  ...s.handling,
  by(bureau.handler, 'requestSuspension', { promisedDate: '2026-11-25' }),
  by(bureau.lead, 'endorseRequest'),
  by(director, 'approveSuspension'),
]

describe('恢复办理', () => {
  it('到承诺之日 24:00 由时钟恢复，停掉的工作时间归还给单位和承诺', () => {
    const { ticket, scene } = given(untilWednesday, on('2026-11-26 08:00'), s.clockRuns)
    expect(scene.events.at(-1)).toMatchObject({
      type: 'ticket.resumed',
      isByClock: true,
      pause: { from: at('2026-11-23 09:00'), to: at('2026-11-25 24:00') },
    })
    // 2 days 15 hours: three days.
    expect(ticket.resolveBy).toEqual(at('2026-12-03 24:00'))
    expect(ticket.assignments[0]).toMatchObject({ resolveBy: at('2026-12-03 24:00'), yellowAt: at('2026-12-03 00:00') })
    expect(ticket.promises.at(-1)).toMatchObject({ reason: 'suspension', by: at('2026-12-03 24:00') })
    expect(ticket.cases.at(-1)).toMatchObject({ dueAt: at('2026-12-03 24:00'), unitDueAt: at('2026-12-03 24:00') })
    expect(ticket.suspension).toBeUndefined()
    expect(fold(scene.events)).toEqual(ticket)
  })

  it('期限未到，时钟不恢复', () => {
    const { ticket } = given(untilWednesday, on('2026-11-25 23:59:59'), s.clockRuns)
    expect(ticket.suspension).toBeDefined()
  })

  it('经办人、主任可以提前恢复，只归还真正停掉的时间', () => {
    for (const actor of [bureau.handler, director]) {
      const { ticket } = given(untilWednesday, on('2026-11-23 15:00'))
        .when(actor, 'resume')
        .then('ticket.resumed', { isByClock: false, reason: '条件已具备' })
      expect(ticket.resolveBy).toEqual(at('2026-12-01 24:00'))
    }
  })

  it('收文员、派单员不能恢复；没有挂起的谈不上恢复', () => {
    for (const actor of [bureau.clerk, dispatcher])
      given(untilWednesday)
        .when(actor, 'resume')
        .refused('forbidden', /^您的岗位不能恢复办理$/)
    given(s.handling)
      .when(director, 'resume')
      .refused('ruleViolated', /^工单没有挂起$/)
  })

  it('两次挂起合计后只进一次', () => {
    const { ticket } = given(
      untilWednesday,
      on('2026-11-23 15:00'),
      by(director, 'resume'),
      by(bureau.handler, 'requestSuspension', { promisedDate: '2026-11-30' }),
      by(bureau.lead, 'endorseRequest'),
      by(director, 'approveSuspension'),
      on('2026-11-24 09:00'),
      by(director, 'resume'),
    )
    // 6 and 18 hours are one day.
    expect(ticket.resolveBy).toEqual(at('2026-12-01 24:00'))
    expect(ticket.pauses).toHaveLength(2)
    expect(ticket.supervisions?.map(({ id }) => id)).toEqual(['s1', 's2'])
  })

  it('延期加在没有停办的时限上', () => {
    const { ticket } = given(
      untilWednesday,
      on('2026-11-23 15:00'),
      by(director, 'resume'),
      by(bureau.handler, 'requestExtension', { workdays: 2 }),
      by(bureau.lead, 'endorseRequest'),
    )
      .when(dispatcher, 'approveExtension')
      .then('ticket.extensionApproved')
    expect(ticket.resolveBy).toEqual(at('2026-12-03 24:00'))
  })

  it('已经超期的，挂起不能使其不超期', () => {
    const { ticket } = given(
      s.handling,
      on('2026-12-02 09:00'),
      by(bureau.handler, 'requestSuspension', { promisedDate: '2026-12-10' }),
      by(bureau.lead, 'endorseRequest'),
      by(director, 'approveSuspension'),
      on('2026-12-11 09:00'),
      s.clockRuns,
    )
    expect(ticket.suspension).toBeUndefined()
    expect(ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
  })

  it('小时类的归还到秒', () => {
    const { ticket } = given(
      s.dispatchedAs({ limit: { kind: 'hours', n: 30 } }),
      s.acknowledged,
      by(bureau.handler, 'requestSuspension', { promisedDate: '2026-11-24' }),
      by(bureau.lead, 'endorseRequest'),
      by(director, 'approveSuspension'),
      on('2026-11-23 10:00:01'),
    )
      .when(director, 'resume')
      .then('ticket.resumed')
    expect(ticket.assignments[0]?.resolveBy).toEqual(at('2026-11-24 16:00:01'))
  })

  it('协办、下派的各自归还，还没签收的签收、退单时限也顺延，抄送不动', () => {
    const together = [
      ...s.withCo,
      s.acknowledged,
      by(bureau.clerk, 'delegate', { limit: { kind: 'workdays', n: 2 } }),
      by(bureau.handler, 'requestSuspension', { promisedDate: '2026-11-25' }),
      by(bureau.lead, 'endorseRequest'),
      by(director, 'approveSuspension'),
      on('2026-11-26 00:00'),
      s.clockRuns,
    ]
    const { assignments } = after(together)
    const copy = after(s.withCo).assignments[2]
    expect(assignments.map(({ resolveBy }) => resolveBy)).toEqual([
      at('2026-12-03 24:00'),
      at('2026-12-03 24:00'),
      copy?.resolveBy,
      at('2026-11-30 24:00'),
    ])
    expect(assignments[1]).toMatchObject({ unitId: OTHER_BUREAU, acknowledgeBy: at('2026-11-27 24:00') })
    expect(assignments[3]).toMatchObject({ acknowledgeBy: at('2026-11-27 24:00'), returnBy: at('2026-11-27 24:00') })
  })
})
