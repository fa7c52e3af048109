import { describe, expect, it } from 'vitest'
import { by, given, on, setting } from '../testing/given'
import * as s from '../testing/stories'
import {
  agent,
  bureau,
  callbackOfficer,
  city,
  citizen,
  county,
  COUNTY_BUREAU,
  countyBureau,
  director,
  dispatcher,
  otherBureau,
  supervisor,
} from '../testing/world'

describe('催办', () => {
  it('热线的人随时可催，计次不动时限', () => {
    const before = given(s.handling).ticket
    for (const actor of [agent, dispatcher, supervisor, director]) {
      const { ticket } = given(s.handling).when(actor, 'urge').then('ticket.urged', { isByCaller: false })
      expect(ticket).toMatchObject({ urgeCount: 1, status: 'handling', resolveBy: before.resolveBy })
      expect(ticket.lastUrgedByCallerAt).toBeUndefined()
    }
  })

  it('待派单到待回访都可催，办结后、受理前不可', () => {
    for (const story of [s.registered, s.dispatched, s.replied, s.signedOff, s.inCallback])
      given(story).when(supervisor, 'urge').then('ticket.urged')
    given(
      s.registered,
      setting(() => ({ status: 'consulting' })),
    )
      .when(supervisor, 'urge')
      .then('ticket.urged')
    given(s.submitted())
      .when(supervisor, 'urge')
      .refused('illegalTransition', /^工单待受理，不能催办$/)
    given(s.closed)
      .when(agent, 'urge')
      .refused('illegalTransition', /^工单已办结，不能催办$/)
  })

  it('诉求人一天催一次，按自然日', () => {
    const urged = [...s.handling, by(citizen, 'urge')]
    expect(given(urged).ticket).toMatchObject({ urgeCount: 1 })
    given(urged, on('2026-11-23 23:59'))
      .when(citizen, 'urge')
      .refused('ruleViolated', /^一天只能催办一次$/)
    expect(
      given(urged, on('2026-11-24 00:00')).when(citizen, 'urge').then('ticket.urged', { isByCaller: true }).ticket
        .urgeCount,
    ).toBe(2)
  })

  it('话务员替诉求人催的，不占诉求人的一次', () => {
    given(s.handling, by(agent, 'urge')).when(citizen, 'urge').then('ticket.urged')
  })

  it('上级单位的收文员可催下级，本单位、平级、下级不可', () => {
    const story = s.dispatchedAs({ leadUnitId: COUNTY_BUREAU })
    for (const actor of [county.clerk, city.clerk]) given(story).when(actor, 'urge').then('ticket.urged')
    for (const actor of [countyBureau.clerk, otherBureau.clerk, bureau.clerk])
      given(story)
        .when(actor, 'urge')
        .refused('ruleViolated', /^只能催办下级单位$/)
    given(s.dispatchedAs({ leadUnitId: county.clerk.unitId }))
      .when(countyBureau.clerk, 'urge')
      .refused('ruleViolated', /^只能催办下级单位$/)
  })

  it('下级已经退回或办完的，上级没有可催的', () => {
    const returned = [
      ...s.dispatchedAs({ leadUnitId: COUNTY_BUREAU }),
      by(countyBureau.clerk, 'requestReturn'),
      by(dispatcher, 'approveReturn'),
    ]
    given(returned)
      .when(county.clerk, 'urge')
      .refused('ruleViolated', /^只能催办下级单位$/)
  })

  it('经办人、回访员不催', () => {
    for (const actor of [county.handler, callbackOfficer])
      given(s.dispatched)
        .when(actor, 'urge')
        .refused('forbidden', /^您的岗位不能催办$/)
  })
})
