import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor'
import { availableCommands } from './available'
import { by, given, setting } from './testing/given'
import * as s from './testing/stories'
import {
  BUREAU,
  bureau,
  director,
  dispatcher,
  MONDAY,
  OTHER_BUREAU,
  otherBureau,
  supervisor,
  WORLD,
} from './testing/world'

const can = (story: Parameters<typeof given>, actor: Actor) =>
  availableCommands(given(...story).ticket, { ...WORLD, at: MONDAY, actor })

describe('先看是谁，再看时候，再看条件', () => {
  it('不是你的，不论何时都是无权', () => {
    given(s.closed)
      .when(bureau.clerk, 'reviewByHotline')
      .refused('forbidden', /^您的岗位不能热线审核$/)
    given(s.closed)
      .when(otherBureau.clerk, 'acknowledge')
      .refused('forbidden', /^不是本单位的承办任务$/)
  })

  it('是你的，时候不对的，说明现在的状态', () => {
    given(s.closed)
      .when(bureau.clerk, 'acknowledge')
      .refused('illegalTransition', /^工单已办结，不能签收$/)
    given(s.submitted())
      .when(dispatcher, 'approveReturn')
      .refused('illegalTransition', /^工单待受理，不能同意退单$/)
  })

  it('没有承办任务的阶段，热线的审批无从谈起', () => {
    given(s.dispatched, (scene) => ({ ...scene, ticket: scene.ticket && { ...scene.ticket, assignments: [] } }))
      .when(dispatcher, 'approveReturn')
      .refused('illegalTransition', /^没有可同意退单的承办任务$/)
  })
})

describe('命令针对哪个承办任务', () => {
  const backAgain = [...s.returnRequested, by(dispatcher, 'approveReturn'), by(dispatcher, 'dispatch')]

  it('退过又派回来的，缺省是新的那个', () => {
    given(backAgain).when(bureau.clerk, 'acknowledge').then('ticket.acknowledged', { assignmentId: 'a2' })
    given(backAgain)
      .when(bureau.clerk, 'acknowledge', { assignmentId: 'a1' })
      .refused('illegalTransition', /^承办任务已退单，不能签收$/)
  })

  it('两个退单都待审的，可以指名，缺省是后派的', () => {
    const both = [...s.withCo, by(bureau.clerk, 'requestReturn'), by(otherBureau.clerk, 'requestReturn')]
    given(both).when(dispatcher, 'rejectReturn').then('ticket.returnRejected', { assignmentId: 'a2' })
    given(both)
      .when(dispatcher, 'rejectReturn', { assignmentId: 'a1' })
      .then('ticket.returnRejected', { assignmentId: 'a1' })
  })

  it('都不能审的，说的是有申请的那个为什么不能', () => {
    const third = setting(() => ({ returnCount: 2 }))
    given(s.withCo, by(bureau.clerk, 'requestReturn'), third)
      .when(dispatcher, 'approveReturn')
      .refused('ruleViolated', /^第 3 次退单须由热线主任审批$/)
    given(s.withCo, by(bureau.clerk, 'requestReturn'), third)
      .when(director, 'approveReturn')
      .then('ticket.returnApproved', { assignmentId: 'a1' })
  })

  it('只有一个能审的，缺省就是它', () => {
    given(s.withCo, by(bureau.clerk, 'requestReturn'))
      .when(dispatcher, 'approveReturn')
      .then('ticket.returnApproved', { assignmentId: 'a1' })
  })

  it('不能指名别的单位的任务，也不能指名不存在的', () => {
    for (const assignmentId of ['a2', 'a9'])
      given(s.withCo, s.acknowledged)
        .when(bureau.handler, 'recordProgress', { assignmentId })
        .refused('forbidden', /^不是本单位的承办任务，或任务不存在$/)
  })
})

describe('一人多岗', () => {
  it('几个岗位能做的都能做', () => {
    const both: Actor = { ...bureau.clerk, roles: ['clerk', 'handler'] }
    expect(can([s.handling], bureau.clerk)).not.toContain('reply')
    expect(can([s.handling], both)).toEqual(expect.arrayContaining(['reply', 'requestReturn', 'assignHandler']))
  })

  it('热线的人兼承办单位的岗，催办按热线，签收按单位', () => {
    const both: Actor = { ...supervisor, roles: ['supervisor', 'clerk'], unitId: OTHER_BUREAU }
    expect(can([s.dispatched], both)).toEqual(['urge', 'supervise'])
    expect(can([s.dispatched], { ...both, unitId: BUREAU })).toEqual(
      expect.arrayContaining(['urge', 'acknowledge', 'requestReturn']),
    )
  })

  it('没有岗位的什么也不能做', () => {
    expect(can([s.handling], { ...bureau.clerk, roles: [] })).toEqual([])
  })
})
