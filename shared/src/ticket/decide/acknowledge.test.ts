import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import { at, bureau, county, dispatcher, otherBureau } from '../testing/world'

describe('签收', () => {
  it('收文员签收后办理，一个工作日内联系诉求人', () => {
    const { ticket, lead } = given(s.dispatched, on('2026-11-24 10:00'))
      .when(bureau.clerk, 'acknowledge')
      .then('ticket.acknowledged', { isAuto: false, isLate: false })
    expect(ticket.status).toBe('handling')
    expect(lead).toMatchObject({
      status: 'handling',
      acknowledgedAt: at('2026-11-24 10:00'),
      firstContactBy: at('2026-11-25 24:00'),
      isAcknowledgedLate: false,
    })
  })

  it('紧急的 2 小时内联系', () => {
    const urgent = [...s.registeredAs({ urgency: 'urgent' }), by(dispatcher, 'dispatch')]
    given(urgent)
      .when(bureau.clerk, 'acknowledge')
      .then('ticket.acknowledged', { firstContactBy: at('2026-11-23 11:00') })
  })

  it('签收不重算办理时限', () => {
    expect(given(s.handling).ticket.assignments[0]?.resolveBy).toEqual(
      given(s.dispatched).ticket.assignments[0]?.resolveBy,
    )
  })

  it('签收时限到点还算按时，过了就是迟签', () => {
    given(s.withCo, on('2026-11-24 24:00'))
      .when(bureau.clerk, 'acknowledge')
      .then('ticket.acknowledged', { isLate: false })
    given(s.withCo, on('2026-11-25 00:00:01'))
      .when(bureau.clerk, 'acknowledge')
      .then('ticket.acknowledged', { isLate: true })
  })

  it('协办各签各的，工单跟着主办走', () => {
    const { ticket } = given(s.withCo)
      .when(otherBureau.clerk, 'acknowledge')
      .then('ticket.acknowledged', { assignmentId: 'a2' })
    expect(ticket.status).toBe('dispatched')
    expect(
      given(s.withCo, s.acknowledged).when(otherBureau.clerk, 'acknowledge').then('ticket.acknowledged').ticket,
    ).toMatchObject({
      status: 'handling',
      assignments: [{ status: 'handling' }, { status: 'handling' }, { status: 'done' }],
    })
  })

  it('只有承办单位的收文员可以签收', () => {
    given(s.dispatched)
      .when(bureau.handler, 'acknowledge')
      .refused('forbidden', /^您的岗位不能签收$/)
    given(s.dispatched)
      .when(otherBureau.clerk, 'acknowledge')
      .refused('forbidden', /^不是本单位的承办任务$/)
    given(s.withCo)
      .when(otherBureau.clerk, 'acknowledge', { assignmentId: 'a1' })
      .refused('forbidden', /^不是本单位的承办任务，或任务不存在$/)
  })

  it('抄送单位不签收，签过的不再签', () => {
    given(s.withCo)
      .when(county.clerk, 'acknowledge')
      .refused('illegalTransition', /^承办任务已完成，不能签收$/)
    given(s.handling)
      .when(bureau.clerk, 'acknowledge')
      .refused('illegalTransition', /^承办任务办理中，不能签收$/)
  })

  it('退单待审时不能签收', () => {
    given(s.returnRequested)
      .when(bureau.clerk, 'acknowledge')
      .refused('ruleViolated', /^退单申请待审核$/)
  })
})

describe('自动签收：超期未退视为接受', () => {
  it('退单时限一到，时钟代为签收，记为迟签', () => {
    const { lead, ticket } = given(s.dispatched, on('2026-11-24 24:00'))
      .when(CLOCK, 'autoAcknowledge')
      .then('ticket.acknowledged', { isAuto: true, isLate: true, firstContactBy: at('2026-11-26 24:00') })
    expect(lead).toMatchObject({ isAutoAcknowledged: true, isAcknowledgedLate: true })
    expect(ticket.status).toBe('handling')
  })

  it('未到时限不代签', () => {
    given(s.dispatched, on('2026-11-24 23:59:59'))
      .when(CLOCK, 'autoAcknowledge')
      .refused('ruleViolated', /^退单时限未到$/)
  })

  it('退单待审时，过了时限也不代签', () => {
    given(s.returnRequested, on('2026-11-27 10:00'))
      .when(CLOCK, 'autoAcknowledge')
      .refused('ruleViolated', /^退单申请待审核$/)
  })

  it('代签之后不得再退', () => {
    given(s.dispatched, on('2026-11-25 00:01'), s.clockRuns)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^已过退单时限，视为接受$/)
  })

  it('主办、协办都到点的，一次都签', () => {
    const { ticket } = given(s.withCo, on('2026-11-26 00:00'), s.clockRuns)
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['handling', 'handling', 'done'])
    expect(ticket.nextCheckAt).toEqual(at('2026-11-30 00:00'))
  })

  it('没有人能冒充时钟', () => {
    given(s.dispatched, on('2026-11-26 00:00'))
      .when(bureau.clerk, 'autoAcknowledge')
      .refused('forbidden', /^您的岗位不能自动签收$/)
  })
})

describe('分办', () => {
  it('收文员或分管负责人指定本单位的经办人', () => {
    for (const actor of [bureau.clerk, bureau.lead])
      given(s.handling)
        .when(actor, 'assignHandler')
        .then('ticket.handlerAssigned', { handlerId: bureau.handler.userId, handlerName: bureau.handler.name })
    given(s.dispatched).when(bureau.clerk, 'assignHandler').then('ticket.handlerAssigned')
  })

  it('外单位的人、不是经办人的人都不行', () => {
    for (const handlerId of [otherBureau.handler.userId, bureau.clerk.userId, 'nobody'])
      given(s.handling)
        .when(bureau.clerk, 'assignHandler', { handlerId })
        .refused('ruleViolated', /^经办人不是本单位在岗的经办人员$/)
  })

  it('退单待审时、已反馈后不能分办；经办人自己不能分办', () => {
    given(s.returnRequested)
      .when(bureau.lead, 'assignHandler')
      .refused('ruleViolated', /^退单申请待审核$/)
    given(s.replied)
      .when(bureau.clerk, 'assignHandler')
      .refused('illegalTransition', /^承办任务待单位审核，不能分办$/)
    given(s.handling)
      .when(bureau.handler, 'assignHandler')
      .refused('forbidden', /^您的岗位不能分办$/)
  })

  it('分办给谁就由谁反馈', () => {
    const assigned = [...s.handling, by(bureau.clerk, 'assignHandler')]
    given(assigned)
      .when(bureau.otherHandler, 'reply')
      .refused('ruleViolated', /^本件已分办给滨州市住房和城乡建设局经办人$/)
    given(assigned).when(bureau.handler, 'reply').then('ticket.replied')
    given(assigned, by(bureau.lead, 'assignHandler', { handlerId: bureau.otherHandler.userId }))
      .when(bureau.otherHandler, 'reply')
      .then('ticket.replied')
  })
})
