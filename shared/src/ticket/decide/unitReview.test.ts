import { describe, expect, it } from 'vitest'
import type { Actor } from '../../actor'
import { by, given, on, setting, where } from '../testing/given'
import * as s from '../testing/stories'
import {
  ACCOUNTS,
  at,
  bureau,
  city,
  CITY,
  county,
  COUNTY_BUREAU,
  countyBureau,
  dispatcher,
  otherBureau,
  solo,
  SOLO_TOWN,
  staffOf,
  TOWN,
  town,
} from '../testing/world'

describe('单位审核', () => {
  it('分管负责人通过，到热线审核，限一个工作日；签发时间即办结时间', () => {
    const { ticket, lead } = given(s.replied, on('2026-11-25 16:00'))
      .when(bureau.lead, 'reviewByUnit')
      .then('ticket.unitReviewed', { isPassed: true, hotlineReviewBy: at('2026-11-26 24:00') })
    expect(ticket).toMatchObject({
      status: 'hotlineReview',
      hotlineReviewBy: at('2026-11-26 24:00'),
      cases: [{ metAt: at('2026-11-25 16:00') }],
    })
    expect(lead).toMatchObject({ status: 'replied', metAt: at('2026-11-25 16:00') })
    expect(ticket.nextCheckAt).toBeUndefined()
  })

  it('不通过的退回经办人，审核意见留下', () => {
    const { ticket, lead, news } = given(s.replied)
      .when(bureau.lead, 'reviewByUnit', { isPassed: false, opinion: '答复不完整' })
      .then('ticket.unitReviewed', { isPassed: false })
    expect(ticket.status).toBe('handling')
    expect(lead).toMatchObject({
      status: 'handling',
      reviews: [{ level: 'unit', isPassed: false, opinion: '答复不完整', by: { userId: bureau.lead.userId } }],
    })
    expect(news[0]).not.toHaveProperty('hotlineReviewBy')
    expect(lead.metAt).toBeUndefined()
  })

  it('主要负责人也可以签发', () => {
    given(s.replied).when(bureau.head, 'reviewByUnit').then('ticket.unitReviewed')
  })

  it('协办审核通过不送热线', () => {
    const { ticket, news } = given(s.withCo, by(otherBureau.clerk, 'acknowledge'), by(otherBureau.handler, 'reply'))
      .when(otherBureau.lead, 'reviewByUnit')
      .then('ticket.unitReviewed', { assignmentId: 'a2' })
    expect(ticket.status).toBe('dispatched')
    expect(news[0]).not.toHaveProperty('hotlineReviewBy')
    expect(ticket.cases[0]?.metAt).toBeUndefined()
  })

  it('意见必填，没有反馈就没有可审的', () => {
    given(s.replied)
      .when(bureau.lead, 'reviewByUnit', { opinion: '' })
      .refused('invalidInput', /^请填写意见$/)
    given(s.handling)
      .when(bureau.lead, 'reviewByUnit')
      .refused('illegalTransition', /^承办任务办理中，不能单位审核$/)
    given(
      s.handling,
      setting((ticket) => ({ assignments: ticket.assignments.map((one) => ({ ...one, status: 'inReview' })) })),
    )
      .when(bureau.lead, 'reviewByUnit')
      .refused('ruleViolated', /^没有待审核的反馈$/)
  })

  it('收文员、经办人不能审，外单位的负责人不能审', () => {
    for (const actor of [bureau.clerk, bureau.handler])
      given(s.replied)
        .when(actor, 'reviewByUnit')
        .refused('forbidden', /^您的岗位不能单位审核$/)
    given(s.replied)
      .when(otherBureau.lead, 'reviewByUnit')
      .refused('forbidden', /^不是本单位的承办任务$/)
  })

  it('经办人与审核人不得为同一人', () => {
    const both: Actor = { ...bureau.handler, roles: ['handler', 'unitLead'] }
    given(s.handling, by(both, 'reply'))
      .when(both, 'reviewByUnit')
      .refused('ruleViolated', /^经办人与审核人不得为同一人$/)
    given(s.handling, by(both, 'reply')).when(bureau.lead, 'reviewByUnit').then('ticket.unitReviewed')
  })

  it('单位里另有负责人的，上级不代审', () => {
    given(s.replied)
      .when(city.lead, 'reviewByUnit')
      .refused('ruleViolated', /^由承办单位负责人审核$/)
    given(s.replied).when(city.clerk, 'reviewByUnit').refused('forbidden', /./)
  })
})

describe('一人单位由上级审核', () => {
  const soloReplied = [...s.dispatchedAs({ leadUnitId: SOLO_TOWN }), by(solo, 'acknowledge'), by(solo, 'reply')]

  it('街道只有一人的，由上级县区的分管负责人审核', () => {
    given(soloReplied)
      .when(solo, 'reviewByUnit')
      .refused('ruleViolated', /^经办人与审核人不得为同一人$/)
    const { ticket } = given(soloReplied).when(county.lead, 'reviewByUnit').then('ticket.unitReviewed')
    expect(ticket.status).toBe('hotlineReview')
  })

  it('不越过县区到市，也不由别的单位代审', () => {
    given(soloReplied)
      .when(city.lead, 'reviewByUnit')
      .refused('ruleViolated', /^由承办单位负责人审核$/)
    given(soloReplied)
      .when(countyBureau.lead, 'reviewByUnit')
      .refused('forbidden', /^不是本单位的承办任务$/)
  })

  it('县区也没有负责人的，再到市', () => {
    const nobodyInCounty = staffOf(ACCOUNTS.filter(({ unitId }) => unitId !== county.lead.unitId))
    given(soloReplied, where({ staff: nobodyInCounty }))
      .when(city.lead, 'reviewByUnit')
      .then('ticket.unitReviewed')
  })
})

describe('重件由主要负责人审核', () => {
  it.each([
    ['特急', { urgency: 'critical' as const }],
    ['疑难', { complexity: 'difficult' as const }],
  ])('%s件', (_, overrides) => {
    const story = [
      ...s.registeredAs(overrides),
      by(dispatcher, 'dispatch'),
      s.acknowledged,
      by(bureau.handler, 'reply'),
    ]
    given(story)
      .when(bureau.lead, 'reviewByUnit')
      .refused('ruleViolated', /^重件须由主要负责人审核$/)
    given(story).when(bureau.head, 'reviewByUnit').then('ticket.unitReviewed')
  })

  it('重办两次以上的也是重件', () => {
    const story = (count: number) => [...s.replied, setting(() => ({ reworkCount: count }))]
    given(story(1)).when(bureau.lead, 'reviewByUnit').then('ticket.unitReviewed')
    given(story(2))
      .when(bureau.lead, 'reviewByUnit')
      .refused('ruleViolated', /^重件须由主要负责人审核$/)
  })

  it('没有主要负责人的街镇，由上级的主要负责人审核', () => {
    const story = [
      ...s.registeredAs({ complexity: 'difficult' }),
      by(dispatcher, 'dispatch', { leadUnitId: TOWN }),
      by(town.clerk, 'acknowledge'),
      by(town.handler, 'reply'),
    ]
    given(story)
      .when(town.lead, 'reviewByUnit')
      .refused('ruleViolated', /^重件须由主要负责人审核$/)
    given(story)
      .when(county.lead, 'reviewByUnit')
      .refused('ruleViolated', /^重件须由主要负责人审核$/)
    given(story)
      .when(city.head, 'reviewByUnit')
      .refused('ruleViolated', /^由承办单位负责人审核$/)
    given(story).when(county.head, 'reviewByUnit').then('ticket.unitReviewed')
  })

  it('县区部门的重件由本部门的主要负责人审核', () => {
    const story = [
      ...s.registeredAs({ complexity: 'difficult' }),
      by(dispatcher, 'dispatch', { leadUnitId: COUNTY_BUREAU }),
      by(countyBureau.clerk, 'acknowledge'),
      by(countyBureau.handler, 'reply'),
    ]
    given(story)
      .when(county.head, 'reviewByUnit')
      .refused('ruleViolated', /^由承办单位负责人审核$/)
    given(story).when(countyBureau.head, 'reviewByUnit').then('ticket.unitReviewed')
    expect(given(story).ticket.assignments[0]?.unitPath).toEqual([COUNTY_BUREAU, '371602', CITY])
  })
})
