import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { by, given, where } from '../testing/given'
import * as s from '../testing/stories'
import { bureau, BUREAU, CLOSED_BUREAU, director, HOTLINE, OTHER_BUREAU, otherBureau, units } from '../testing/world'

const REASON = '单位撤销，业务并入'

describe('移交：单位停用、人员调离', () => {
  it('换单位：任务原样过去，状态、时限、反馈都不变，经办人由新单位再定', () => {
    const before = given(s.handling, by(bureau.clerk, 'assignHandler')).ticket
    const { ticket } = given(s.handling, by(bureau.clerk, 'assignHandler'))
      .when(CLOCK, 'handOver', { unitId: OTHER_BUREAU, reason: REASON })
      .then('ticket.handedOver', { fromUnitId: BUREAU, unitId: OTHER_BUREAU, reason: REASON })
    const [was, is] = [before.assignments[0], ticket.assignments[0]]
    expect(is).toEqual({
      ...was,
      unitId: OTHER_BUREAU,
      unitPath: units.pathOf(OTHER_BUREAU),
      handlerId: undefined,
      handlerName: undefined,
    })
    expect([ticket.status, ticket.resolveBy]).toEqual([before.status, before.resolveBy])
    expect(ticket.cases.at(-1)?.unitId).toBe(OTHER_BUREAU)
  })

  it('接手的单位接着办：可以分办、反馈，原单位不能了', () => {
    const moved = [...s.handling, by(CLOCK, 'handOver', { unitId: OTHER_BUREAU, reason: REASON })]
    given(moved).when(otherBureau.handler, 'reply').then('ticket.replied')
    given(moved).when(bureau.handler, 'reply').refused('forbidden', /./)
  })

  it('换经办人：单位不变', () => {
    const { ticket } = given(s.handling)
      .when(CLOCK, 'handOver', { unitId: undefined, handlerId: bureau.otherHandler.userId, reason: '人员调离' })
      .then('ticket.handedOver')
    expect(ticket.assignments[0]).toMatchObject({ unitId: BUREAU, handlerName: bureau.otherHandler.name })
  })

  it('待单位审核、热线审核、回访时也能移交：退回、重办要有人接', () => {
    for (const story of [s.dispatched, s.replied, s.signedOff, s.inCallback])
      expect(
        given(story).when(CLOCK, 'handOver', { unitId: OTHER_BUREAU, reason: REASON }).then('ticket.handedOver').ticket
          .assignments[0]?.unitId,
      ).toBe(OTHER_BUREAU)
  })

  it.each([
    [{ unitId: CLOSED_BUREAU }, /^接手单位不存在或已停用$/],
    [{ unitId: HOTLINE }, /^热线中心不是承办单位，不能接手$/],
    [{ unitId: BUREAU }, /^请选择接手的单位或经办人$/],
    [{ unitId: undefined, handlerId: otherBureau.handler.userId }, /^接手人不是该单位在岗的经办人员$/],
  ])('接不了的说明原因：%o', (overrides, message) => {
    given(s.handling)
      .when(CLOCK, 'handOver', { reason: REASON, ...overrides })
      .refused('ruleViolated', message)
  })

  it('已是协办的、被反映的单位不能接手', () => {
    given(s.withCo)
      .when(CLOCK, 'handOver', { assignmentId: 'a1', unitId: OTHER_BUREAU, reason: REASON })
      .refused('ruleViolated', /已承办本件$/)
    given(s.handling, by(director, 'amend', { changes: { accusedUnitIds: [OTHER_BUREAU] }, reason: '补充' }))
      .when(CLOCK, 'handOver', { unitId: OTHER_BUREAU, reason: REASON })
      .refused('ruleViolated', /是被反映单位，不能接手$/)
  })

  it('办结以后没有可移交的；人不能直接移交', () => {
    given(s.closed).when(CLOCK, 'handOver', { unitId: OTHER_BUREAU, reason: REASON }).refused('illegalTransition', /./)
    given(s.handling, where({}))
      .when(director, 'handOver', { unitId: OTHER_BUREAU, reason: REASON })
      .refused('forbidden', /./)
  })
})
