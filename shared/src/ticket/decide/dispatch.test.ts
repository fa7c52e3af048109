import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { hours, workdays } from '../../limits/limit'
import { by, given, on, where } from '../testing/given'
import * as s from '../testing/stories'
import {
  agent,
  at,
  BUREAU,
  bureau,
  CITY,
  CLOSED_BUREAU,
  COUNTY,
  COUNTY_BUREAU,
  director,
  dispatcher,
  HOTLINE,
  OTHER_BUREAU,
  supervisor,
  THIRD_BUREAU,
  TOWN,
} from '../testing/world'

describe('派单', () => {
  it('四明确：主办、任务、标准、时限', () => {
    const { ticket, lead } = given(s.registered)
      .when(dispatcher, 'dispatch')
      .then('ticket.dispatched', { isDesignated: false, isLate: false })
    expect(ticket).toMatchObject({ status: 'dispatched', dispatchCount: 1, firstDispatchedAt: at('2026-11-23 09:00') })
    expect(ticket.dispatchBy).toBeUndefined()
    expect(lead).toMatchObject({
      id: 'a1',
      role: 'lead',
      unitId: BUREAU,
      unitPath: [BUREAU, CITY],
      status: 'toAcknowledge',
      task: '调查处理夜间施工噪音',
      standard: '停止违规施工并答复诉求人',
      limit: workdays(5),
      limitFrom: 'profile',
      acknowledgeBy: at('2026-11-24 24:00'),
      returnBy: at('2026-11-24 24:00'),
      resolveBy: at('2026-11-30 24:00'),
      yellowAt: at('2026-11-30 00:00'),
      redAt: at('2026-12-01 00:00'),
      isProvisional: false,
      locked: false,
      dispatchedBy: { userId: 'dispatch1' },
    })
    expect(lead.explain[0]).toBe('时限方案“滨州市默认时限”规定 5 个工作日')
    expect(lead.explain.at(-1)).toBe('到期：2026-11-30 24:00')
  })

  it.each([
    [{ task: '' }, /^请填写办理任务$/],
    [{ standard: ' ' }, /^请填写办理标准$/],
    [{ leadUnitId: undefined }, /./],
    [{ limit: undefined }, /./],
  ])('四明确缺一不可：%o', (overrides, message) => {
    given(s.registered).when(dispatcher, 'dispatch', overrides).refused('invalidInput', message)
  })

  it('一个主办、几个协办、抄送，各有一份任务；抄送只看不办', () => {
    const { ticket } = given(s.withCo)
    expect(ticket.assignments.map(({ id, role, unitId, status }) => [id, role, unitId, status])).toEqual([
      ['a1', 'lead', BUREAU, 'toAcknowledge'],
      ['a2', 'co', OTHER_BUREAU, 'toAcknowledge'],
      ['a3', 'copy', COUNTY, 'done'],
    ])
    expect(ticket.leadAssignmentId).toBe('a1')
  })

  it('涉及多部门的退单时限 2 个工作日', () => {
    for (const assignment of given(s.withCo).ticket.assignments)
      expect(assignment.returnBy).toEqual(at('2026-11-25 24:00'))
  })

  it('紧急的按小时，签收、退单各 30 分钟', () => {
    const { lead } = given(s.registeredAs({ urgency: 'urgent' }))
      .when(dispatcher, 'dispatch')
      .then('ticket.dispatched')
    expect(lead).toMatchObject({
      limit: hours(24),
      acknowledgeBy: at('2026-11-23 09:30'),
      returnBy: at('2026-11-23 09:30'),
      resolveBy: at('2026-11-24 09:00'),
      yellowAt: at('2026-11-24 03:00'),
      redAt: at('2026-11-24 09:00'),
    })
  })

  it('同一单位不能重复派', () => {
    for (const overrides of [
      { coUnitIds: [BUREAU] },
      { coUnitIds: [OTHER_BUREAU], copyUnitIds: [OTHER_BUREAU] },
      { copyUnitIds: [COUNTY, COUNTY] },
    ])
      given(s.registered)
        .when(dispatcher, 'dispatch', overrides)
        .refused('ruleViolated', /^同一单位不能重复派单$/)
  })

  it('不存在的、停用的单位不能承办', () => {
    for (const leadUnitId of ['371600-NONE', CLOSED_BUREAU])
      given(s.registered)
        .when(dispatcher, 'dispatch', { leadUnitId })
        .refused('ruleViolated', /^承办单位不存在或已停用$/)
    given(s.registered)
      .when(dispatcher, 'dispatch', { coUnitIds: [CLOSED_BUREAU] })
      .refused('ruleViolated', /^承办单位不存在或已停用$/)
  })

  it('热线中心和它的各组不是承办单位', () => {
    for (const leadUnitId of [HOTLINE, `${HOTLINE}-PD`])
      given(s.registered)
        .when(dispatcher, 'dispatch', { leadUnitId })
        .refused('ruleViolated', /^热线中心不是承办单位$/)
  })

  it('被反映单位及其下级不得承办、协办、被抄送', () => {
    const accusing = s.registeredAs({ accusedUnitIds: [COUNTY] })
    for (const overrides of [
      { leadUnitId: COUNTY },
      { leadUnitId: COUNTY_BUREAU },
      { coUnitIds: [TOWN] },
      { copyUnitIds: [COUNTY] },
    ])
      given(accusing)
        .when(dispatcher, 'dispatch', overrides)
        .refused('ruleViolated', /是被反映单位，不得承办，请派其上级单位$/)
    given(accusing).when(dispatcher, 'dispatch', { leadUnitId: CITY }).then('ticket.dispatched')
  })

  it('派单前更正了被反映单位的，以更正后为准', () => {
    given(s.registered, by(dispatcher, 'amend', { changes: { accusedUnitIds: [BUREAU] } }))
      .when(dispatcher, 'dispatch')
      .refused('ruleViolated', /市住房和城乡建设局是被反映单位/)
  })

  it('指定的时限只能缩短', () => {
    const { lead } = given(s.registered)
      .when(dispatcher, 'dispatch', { limit: { kind: 'workdays', n: 3 } })
      .then('ticket.dispatched')
    expect(lead).toMatchObject({ limitFrom: 'manual', resolveBy: at('2026-11-26 24:00') })
    given(s.registered)
      .when(dispatcher, 'dispatch', { limit: { kind: 'workdays', n: 6 } })
      .refused('ruleViolated', /^指定的时限 6 个工作日不能长于规定的 5 个工作日/)
    given(s.registered)
      .when(dispatcher, 'dispatch', { limit: { kind: 'hours', n: 24 } })
      .then('ticket.dispatched')
  })

  it('派单目录的时限和复杂程度先于时限方案', () => {
    const row = where({ catalogueRow: () => ({ ruleId: 'r7', limit: workdays(3) }) })
    expect(
      given(s.registered, row).when(dispatcher, 'dispatch').then('ticket.dispatched', { ruleId: 'r7' }).lead,
    ).toMatchObject({ ruleId: 'r7', limitFrom: 'catalogue', limit: workdays(3) })
    const complex = where({ catalogueRow: () => ({ ruleId: 'r8', complexity: 'complex' as const }) })
    expect(given(s.registered, complex).when(dispatcher, 'dispatch').then('ticket.dispatched').lead.limit).toEqual(
      workdays(7),
    )
  })

  it('目录写明是法定的时限，长的也从其规定，派单时指定的不采用', () => {
    const row = where({ catalogueRow: () => ({ ruleId: 'r9', limit: workdays(20), isLimitStatutory: true }) })
    const { lead } = given(s.registered, row)
      .when(dispatcher, 'dispatch', { limit: { kind: 'workdays', n: 3 } })
      .then('ticket.dispatched')
    expect(lead).toMatchObject({ limit: workdays(20), limitFrom: 'statutory' })
    expect(lead.explain?.slice(0, 2)).toEqual(['法定时限 20 个工作日，从其规定', '派单时指定的 3 个工作日不采用'])
  })

  it('复杂 7 个、疑难 15 个工作日', () => {
    for (const [complexity, n] of [
      ['complex', 7],
      ['difficult', 15],
    ] as const)
      expect(
        given(s.registeredAs({ complexity })).when(dispatcher, 'dispatch').then('ticket.dispatched').lead.limit,
      ).toEqual(workdays(n))
  })

  it('当日 24:00 以后派的记为迟派', () => {
    given(s.registered, on('2026-11-23 24:00'))
      .when(dispatcher, 'dispatch')
      .then('ticket.dispatched', { isLate: false })
    const { ticket } = given(s.registered, on('2026-11-24 00:01'))
      .when(dispatcher, 'dispatch')
      .then('ticket.dispatched', { isLate: true })
    expect(ticket.isDispatchedLate).toBe(true)
  })

  it('时限跨入节假日未公布的年份的，暂定', () => {
    const { ticket, lead } = given(s.registeredAs({ complexity: 'difficult' }), on('2026-12-11 10:00'))
      .when(dispatcher, 'dispatch')
      .then('ticket.dispatched')
    expect([ticket.isProvisional, lead.isProvisional]).toEqual([true, true])
  })

  it('话务员、督办员、承办单位不能派单', () => {
    for (const actor of [agent, supervisor, bureau.clerk])
      given(s.registered)
        .when(actor, 'dispatch')
        .refused('forbidden', /^您的岗位不能派单$/)
  })

  it('未受理的、已派的不能派', () => {
    given(s.submitted())
      .when(dispatcher, 'dispatch')
      .refused('illegalTransition', /^工单待受理，不能派单$/)
    given(s.dispatched)
      .when(dispatcher, 'dispatch')
      .refused('illegalTransition', /^工单待签收，不能派单$/)
  })
})

describe('三次退单后指定', () => {
  it('两次退单后还可以派单，不能指定', () => {
    given(s.twiceReturned)
      .when(dispatcher, 'designate')
      .refused('ruleViolated', /^退单获准满 3 次后才能指定$/)
    given(s.twiceReturned).when(dispatcher, 'dispatch').then('ticket.dispatched')
  })

  it('三次退单获准后不能再派单，只能指定', () => {
    given(s.thriceReturned)
      .when(dispatcher, 'dispatch')
      .refused('ruleViolated', /^已有 3 次退单获准，只能指定承办单位$/)
    const { ticket, lead } = given(s.thriceReturned)
      .when(director, 'designate', { coUnitIds: [THIRD_BUREAU] })
      .then('ticket.dispatched', { isDesignated: true, basis: '三次退单后由热线指定' })
    expect(ticket.status).toBe('dispatched')
    expect(lead).toMatchObject({ id: 'a4', locked: true, lockedReason: '热线指定，不得再退' })
  })

  it('指定的单位不得再退，协办的也不得', () => {
    const designated = [...s.thriceReturned, by(director, 'designate', { coUnitIds: [OTHER_BUREAU] })]
    given(designated)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^热线指定，不得再退$/)
    expect(
      given(designated)
        .ticket.assignments.slice(-2)
        .map(({ locked }) => locked),
    ).toEqual([true, true])
  })

  it('指定要有依据', () => {
    given(s.thriceReturned)
      .when(dispatcher, 'designate', { basis: '' })
      .refused('invalidInput', /^请填写指定依据$/)
  })

  it('几次退单后指定，按方案', () => {
    const once = where({ profile: { ...given().scene.world.profile, designateAfterReturns: 1 } })
    given(once, s.registered, s.returnedBy(bureau))
      .when(dispatcher, 'dispatch')
      .refused('ruleViolated', /^已有 1 次退单获准，只能指定承办单位$/)
  })

  it('重启以后仍记得退过三次', () => {
    const reopened = [...s.thriceReturned, by(dispatcher, 'answer'), by(agent, 'reopen')]
    expect(given(reopened).ticket).toMatchObject({ status: 'accepted', returnCount: 3, returnRequestCount: 3 })
    given(reopened)
      .when(dispatcher, 'dispatch')
      .refused('ruleViolated', /只能指定承办单位$/)
  })
})

describe('撤回改派', () => {
  it('签收前后都可以撤回，未办完的任务一并撤回，不算退单', () => {
    const { ticket } = given(s.withCo, s.acknowledged, on('2026-11-24 10:00'))
      .when(dispatcher, 'recall')
      .then('ticket.recalled', { reason: '派错单位' })
    expect(ticket).toMatchObject({ status: 'accepted', returnCount: 0, dispatchBy: at('2026-11-24 24:00') })
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['recalled', 'recalled', 'done'])
    expect(ticket.leadAssignmentId).toBeUndefined()
    expect(ticket.nextCheckAt).toBeUndefined()
  })

  it('撤回时退单、延期的申请一并了结', () => {
    const { ticket } = given(s.returnRequested).when(dispatcher, 'recall').then('ticket.recalled')
    expect(ticket.assignments[0]?.pendingReturn).toBeUndefined()
    expect(
      given(s.extensionEndorsed).when(director, 'recall').then('ticket.recalled').ticket.assignments[0]
        ?.pendingExtension,
    ).toBeUndefined()
  })

  it('撤回要有理由；待单位审核以后不能撤回', () => {
    given(s.dispatched)
      .when(dispatcher, 'recall', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
    given(s.replied)
      .when(dispatcher, 'recall')
      .refused('ruleViolated', /^单位审核中，不能撤回改派$/)
    given(s.signedOff)
      .when(dispatcher, 'recall')
      .refused('illegalTransition', /^工单待热线审核，不能撤回改派$/)
  })

  it('撤回后再派，旧单位不能再办', () => {
    const moved = [...s.handling, by(dispatcher, 'recall'), by(dispatcher, 'dispatch', { leadUnitId: OTHER_BUREAU })]
    given(moved)
      .when(bureau.handler, 'reply')
      .refused('illegalTransition', /^承办任务已撤回，不能办理反馈$/)
    expect(given(moved).ticket).toMatchObject({ dispatchCount: 2, leadAssignmentId: 'a2' })
    given(moved)
      .when(CLOCK, 'redCard', { assignmentId: 'a1' })
      .refused('illegalTransition', /^承办任务已撤回/)
  })
})
