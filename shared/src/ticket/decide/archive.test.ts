import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { LIFECYCLE } from '../lifecycle'
import { COMMAND_TYPES } from '../commands'
import { dueCommand } from '../due'
import { by, given, on, setting, where } from '../testing/given'
import * as s from '../testing/stories'
import { agent, at, citizen, director, dispatcher, profile, supervisor } from '../testing/world'

const ENDED = [
  ['办结', s.closed],
  ['直接办结', s.answered],
  ['不予受理', s.declined],
  ['转紧急', [...s.registered, by(agent, 'transferEmergency')]],
  ['撤回', [...s.handling, by(citizen, 'withdraw')]],
  ['作废', [...s.registered, by(director, 'void')]],
] as const

describe('归档', () => {
  it.each(ENDED)('%s 满三十天，时钟归档', (_, story) => {
    const ended = given(...story).ticket
    expect(ended.archiveBy).toEqual(at('2026-12-23 09:00'))
    expect(ended.nextCheckAt).toEqual(ended.archiveBy)
    given(...story, on('2026-12-23 08:59'))
      .when(CLOCK, 'archive')
      .refused('ruleViolated', /^未到归档时间$/)
    const { ticket } = given(...story, on('2026-12-23 09:00'))
      .when(CLOCK, 'archive')
      .then('ticket.archived')
    expect(ticket).toMatchObject({ status: 'archived', archivedAt: at('2026-12-23 09:00') })
    expect(ticket.nextCheckAt).toBeUndefined()
    expect(given(...story, on('2026-12-23 09:00'), s.clockRuns).ticket.status).toBe('archived')
  })

  it.each(ENDED)('%s 的，主任随时可以归档', (_, story) => {
    given(...story)
      .when(director, 'archive')
      .then('ticket.archived')
  })

  it('天数按方案；办结之后才改的方案不动已定的日子', () => {
    const sixty = where({ profile: { ...profile, archiveDays: 60 } })
    expect(given(sixty, s.closed).ticket.archiveBy).toEqual(at('2027-01-22 09:00'))
    const later = given(s.closed, sixty, on('2026-12-23 09:00'))
    expect(dueCommand(later.ticket, { ...later.scene.world, at: later.scene.at })?.type).toBe('archive')
  })

  it('督办没有销号的不归档，销号后照常归档', () => {
    const story = [...s.closed, by(supervisor, 'supervise')]
    given(story, on('2027-01-04 09:00'))
      .when(CLOCK, 'archive')
      .refused('ruleViolated', /^督办未销号，不能归档$/)
    given(story)
      .when(director, 'archive')
      .refused('ruleViolated', /^督办未销号，不能归档$/)
    expect(given(story).ticket.nextCheckAt).toBeUndefined()
    const closed = given(story, on('2027-01-04 09:00'), by(supervisor, 'closeSupervision'))
    expect(closed.ticket.nextCheckAt).toEqual(at('2026-12-23 09:00'))
    expect(given(() => closed.scene, s.clockRuns).ticket.status).toBe('archived')
  })

  it('还在办的不能归档；派单员不能归档', () => {
    given(s.handling)
      .when(director, 'archive')
      .refused('illegalTransition', /^工单办理中，不能归档$/)
    given(s.closed)
      .when(dispatcher, 'archive')
      .refused('forbidden', /^您的岗位不能归档$/)
  })

  it('并单件随主单归档，主任也不能单独归档', () => {
    given(s.merged)
      .when(director, 'archive')
      .refused('ruleViolated', /^随主单 \d{18} 归档$/)
    given(s.merged).when(CLOCK, 'archive').then('ticket.archived')
    const merged = given(s.merged)
    expect(dueCommand(merged.ticket, { ...merged.scene.world, at: at('2027-12-31 09:00') })).toBeUndefined()
  })

  it('重启、重办的，归档的日子重新起算', () => {
    expect(given(s.closed, by(supervisor, 'rework')).ticket.archiveBy).toBeUndefined()
    const again = given(
      s.answered,
      on('2026-12-10 10:00'),
      by(agent, 'reopen'),
      on('2026-12-11 10:00'),
      by(agent, 'answer'),
    )
    expect(again.ticket.archiveBy).toEqual(at('2027-01-10 10:00'))
  })

  it('归档之后只读：没有任何命令', () => {
    expect(COMMAND_TYPES.filter((type) => (LIFECYCLE[type].from as readonly string[]).includes('archived'))).toEqual([])
    given(s.closed, by(director, 'archive'))
      .when(agent, 'reopen')
      .refused('illegalTransition', /^工单已归档，不能重启$/)
  })

  it('规则之前的历史没有归档日，按办结后三十天', () => {
    const { ticket } = given(
      s.closed,
      setting(() => ({ archiveBy: undefined })),
      by(supervisor, 'supervise'),
    )
    expect(ticket.archiveBy).toEqual(at('2026-12-23 09:00'))
  })
})
