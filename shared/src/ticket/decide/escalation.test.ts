import { describe, expect, it } from 'vitest'
import { desksOf } from '../desks'
import { by, given, on, setting, where, type Step } from '../testing/given'
import * as s from '../testing/stories'
import {
  at,
  bureau,
  callbackOfficer,
  CITY,
  COUNTY,
  COUNTY_BUREAU,
  county,
  countyBureau,
  director,
  dispatcher,
  OTHER_BUREAU,
  PLACE,
  profile,
  supervisor,
  TOWN,
  type UnitPeople,
} from '../testing/world'

const again = (people: UnitPeople): Step[] => [
  ...s.throughReviews(people),
  by(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
]
const inCounty = [...s.dispatchedAs({ leadUnitId: COUNTY_BUREAU }), by(countyBureau.clerk, 'acknowledge')]
const thriceReworked = [...inCounty, ...again(countyBureau), ...again(countyBureau), ...again(countyBureau)]

describe('提级督办', () => {
  it('重办满三次，提级到属地政府', () => {
    for (const actor of [supervisor, director]) {
      const { ticket } = given(thriceReworked).when(actor, 'escalate').then('ticket.escalated', { toUnitId: COUNTY })
      expect(ticket.escalatedTo).toMatchObject({ unitId: COUNTY, reworks: 3, returns: 0 })
      expect(ticket.supervisions?.at(-1)).toMatchObject({ form: 'escalated', trigger: 'reworks', unitId: COUNTY })
      expect(ticket.flags).toEqual([])
      expect(ticket.status).toBe('handling')
    }
  })

  it('三家退单、没有牵头的，提级到事发地政府；属地不明的到市政府', () => {
    const { ticket } = given(s.thriceReturned).when(supervisor, 'escalate').then('ticket.escalated')
    expect(ticket.supervisions).toMatchObject([{ form: 'escalated', trigger: 'returns', unitId: COUNTY }])
    expect(PLACE.startsWith(COUNTY)).toBe(true)
    given(
      s.thriceReturned,
      setting(() => ({ regionCode: CITY })),
    )
      .when(supervisor, 'escalate')
      .then('ticket.escalated', { toUnitId: CITY })
  })

  it('市直部门主办的，提级到市政府', () => {
    given(s.reworked, again(bureau), again(bureau))
      .when(supervisor, 'escalate')
      .then('ticket.escalated', { toUnitId: CITY })
  })

  it('可指定主办的任一上级，不能指定别处', () => {
    given(thriceReworked).when(supervisor, 'escalate', { toUnitId: CITY }).then('ticket.escalated', { toUnitId: CITY })
    for (const toUnitId of [OTHER_BUREAU, COUNTY_BUREAU, TOWN])
      given(thriceReworked)
        .when(supervisor, 'escalate', { toUnitId })
        .refused('ruleViolated', /^只能提级到主办单位的上级/)
  })

  it('不提级到被反映单位', () => {
    const accused = setting(() => ({ accusedUnitIds: [COUNTY] }))
    given(thriceReworked, accused).when(supervisor, 'escalate').then('ticket.escalated', { toUnitId: CITY })
    given(thriceReworked, accused)
      .when(supervisor, 'escalate', { toUnitId: COUNTY })
      .refused('ruleViolated', /^只能提级到主办单位的上级/)
    given(
      thriceReworked,
      setting(() => ({ accusedUnitIds: [CITY] })),
    )
      .when(supervisor, 'escalate')
      .refused('ruleViolated', /^没有可提级的上级单位/)
  })

  it('不满三次的不提级', () => {
    given(s.reworked)
      .when(supervisor, 'escalate')
      .refused('ruleViolated', /^重办满 3 次或退单获准满 3 次的才提级督办$/)
    given(s.twiceReturned)
      .when(supervisor, 'escalate')
      .refused('ruleViolated', /^重办满 3 次/)
  })

  it('同一事由只提级一次，再次重办才再提级', () => {
    const once = [...thriceReworked, by(supervisor, 'escalate')]
    given(once)
      .when(supervisor, 'escalate')
      .refused('ruleViolated', /^已提级督办，没有新的重办或退单$/)
    const { ticket } = given(once, again(countyBureau)).when(supervisor, 'escalate').then('ticket.escalated')
    expect(ticket.escalatedTo).toMatchObject({ reworks: 4 })
    expect(ticket.supervisions).toHaveLength(2)
  })

  it('督办期限须晚于现在；派单员不能提级', () => {
    given(thriceReworked)
      .when(supervisor, 'escalate', { deadline: at('2026-11-20 09:00') })
      .refused('invalidInput', /^督办期限须晚于现在$/)
    given(thriceReworked)
      .when(dispatcher, 'escalate')
      .refused('forbidden', /^您的岗位不能提级督办$/)
  })

  it('提级后由上级政府反馈，督办员销号', () => {
    given(thriceReworked, by(supervisor, 'escalate'))
      .when(county.lead, 'answerSupervision')
      .then('ticket.supervisionAnswered')
      .given(on('2026-11-24 09:00'))
      .when(supervisor, 'closeSupervision')
      .then('ticket.supervisionClosed')
  })

  it('待提级的在督办员的台上，提级以后不在', () => {
    expect(desksOf(given(thriceReworked).ticket)).toContain('hotline|toEscalate')
    expect(desksOf(given(s.thriceReturned).ticket)).toContain('hotline|toEscalate')
    const twice = where({ profile: { ...profile, designateAfterReturns: 2 } })
    expect(desksOf(given(twice, s.twiceReturned).ticket)).toContain('hotline|toEscalate')
    const four = where({ profile: { ...profile, designateAfterReturns: 4 } })
    expect(desksOf(given(four, s.thriceReturned).ticket)).not.toContain('hotline|toEscalate')
    for (const story of [thriceReworked, s.thriceReturned]) {
      const desks = desksOf(given(story, by(supervisor, 'escalate')).ticket)
      expect(desks).not.toContain('hotline|toEscalate')
      expect(desks).toContain('hotline|supervising')
      expect(desks).toContain('371602|supervised')
    }
  })
})
