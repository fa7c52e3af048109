import { describe, expect, it } from 'vitest'
import { CLOCK, type Actor } from '../actor'
import { availableCommands } from './available'
import { after, by, setting } from './testing/given'
import * as s from './testing/stories'
import * as w from './testing/world'
import type { Ticket } from './ticket'
import { canReveal, canSee, mayKnowCallers, scopeOf, visibilityFilter } from './visibility'

/** As the database would answer the filter, over the fields that are stored. */
function matches(filter: Record<string, unknown> | undefined, ticket: Ticket, callerHashes: string[] = []): boolean {
  if (!filter) return false
  const stored: Record<string, unknown> = {
    _id: ticket.id,
    scope: scopeOf(ticket),
    registeredById: ticket.registeredBy.userId,
    callerHashes,
  }
  const any = (filter.$or as Record<string, unknown>[] | undefined) ?? [filter]
  return any.some((one) =>
    Object.entries(one).every(([field, wanted]) => {
      const value = stored[field]
      return Array.isArray(value) ? value.includes(wanted) : value === wanted
    }),
  )
}

const atCountyBureau = after(s.dispatchedAs({ leadUnitId: w.COUNTY_BUREAU, coUnitIds: [w.BUREAU] }))
const secretReport = (accusedUnitIds: string[]) => ({
  kind: 'report' as const,
  confidentiality: 2 as const,
  accusedUnitIds,
})

describe('谁看得到工单', () => {
  it('承办、协办、抄送单位和它们的上级看得到', () => {
    expect(scopeOf(atCountyBureau)).toEqual([w.COUNTY_BUREAU, w.COUNTY, w.CITY, w.BUREAU])
    for (const people of [w.countyBureau, w.county, w.city, w.bureau])
      for (const actor of Object.values(people)) expect(canSee(atCountyBureau, actor), actor.userId).toBe(true)
    expect(canSee(after(s.withCo), w.county.clerk)).toBe(true)
  })

  it('下级、平级、无关单位看不到', () => {
    for (const people of [w.otherBureau, w.town, w.thirdBureau])
      for (const actor of Object.values(people)) expect(canSee(atCountyBureau, actor), actor.userId).toBe(false)
    expect(canSee(after(s.dispatchedAs({ leadUnitId: w.COUNTY })), w.countyBureau.clerk)).toBe(false)
  })

  it('没派单时哪个单位都看不到', () => {
    expect(scopeOf(after(s.registered))).toEqual([])
    for (const actor of [w.bureau.head, w.city.head]) expect(canSee(after(s.registered), actor)).toBe(false)
  })

  it('退过单、撤回过的单位仍看得到经手的件', () => {
    expect(scopeOf(after(s.returnRequested, by(w.dispatcher, 'approveReturn')))).toContain(w.BUREAU)
  })

  it('话务员只看本人登记的，和来电号码的旧件', () => {
    const ticket = after(s.handling)
    expect(canSee(ticket, w.agent)).toBe(true)
    expect(canSee(ticket, w.otherAgent)).toBe(false)
    expect(matches(visibilityFilter(w.otherAgent, 'h1'), ticket, ['h1'])).toBe(true)
    expect(matches(visibilityFilter(w.otherAgent, 'h2'), ticket, ['h1'])).toBe(false)
    expect(matches(visibilityFilter(w.bureau.clerk, 'h1'), after(s.registered), ['h1'])).toBe(false)
  })

  it('热线各岗、市领导看全部', () => {
    const all = [w.shiftLead, w.inspector, w.dispatcher, w.callbackOfficer, w.supervisor, w.director, w.cityLeader]
    for (const actor of all) {
      expect(canSee(after(s.registered), actor)).toBe(true)
      expect(visibilityFilter(actor)).toEqual({})
    }
    expect(canSee(after(s.registered), CLOCK)).toBe(true)
  })

  it('系统管理员、知识库管理员什么也看不到', () => {
    for (const actor of [w.administrator, w.knowledgeEditor]) {
      for (const story of [s.registered, s.handling, s.closed]) expect(canSee(after(story), actor)).toBe(false)
      expect(visibilityFilter(actor)).toBeUndefined()
      expect(availableCommands(after(s.handling), { ...w.WORLD, at: w.MONDAY, actor })).toEqual([])
    }
  })

  it('诉求人凭编号和查询码只看这一件', () => {
    expect(canSee(after(s.registered), w.citizen)).toBe(true)
    expect(canSee(after(s.registered), { ...w.citizen, ticketId: 't2' })).toBe(false)
    expect(canSee(after(s.registered), { ...w.citizen, ticketId: undefined })).toBe(false)
    expect(visibilityFilter(w.citizen)).toEqual({ _id: 't1' })
  })
})

describe('举报保密：被反映单位看不到', () => {
  const story = (leadUnitId: string, accused: string[]) => [
    ...s.registeredAs(secretReport(accused)),
    by(w.dispatcher, 'dispatch', { leadUnitId }),
  ]

  it('被反映的县区及其下级看不到派给别处的件', () => {
    const ticket = after(story(w.BUREAU, [w.COUNTY]))
    for (const actor of [w.county.head, w.countyBureau.clerk, w.town.clerk]) expect(canSee(ticket, actor)).toBe(false)
    expect(canSee(ticket, w.bureau.clerk)).toBe(true)
  })

  it('派出以后才补上被反映单位的，那个单位和下级随即看不到', () => {
    const before = after(story(w.COUNTY_BUREAU, []))
    expect(canSee(before, w.countyBureau.clerk)).toBe(true)
    const amended = after(
      story(w.COUNTY_BUREAU, []),
      by(w.dispatcher, 'amend', { changes: { accusedUnitIds: [w.COUNTY] } }),
    )
    for (const actor of [w.countyBureau.clerk, w.county.head]) expect(canSee(amended, actor)).toBe(false)
    expect(canSee(amended, w.city.clerk)).toBe(true)
    expect(scopeOf(amended)).toEqual([w.CITY])
  })

  it('被反映的是上级，下级同样看不到；被反映的是下级，上级还看得到', () => {
    const open = after(story(w.COUNTY_BUREAU, []))
    const accuse = (unitId: string) => ({ ...open, accusedUnitIds: [unitId] })
    expect(scopeOf(accuse(w.COUNTY_BUREAU))).toEqual([w.COUNTY, w.CITY])
    expect(scopeOf(accuse(w.CITY))).toEqual([])
  })

  it('不是举报保密的，不因被反映而看不到', () => {
    for (const confidentiality of [0, 1] as const) {
      const ticket = after(
        s.dispatchedAs({ leadUnitId: w.COUNTY_BUREAU }),
        setting(() => ({ confidentiality, accusedUnitIds: [w.COUNTY] })),
      )
      expect(canSee(ticket, w.county.head)).toBe(true)
    }
  })
})

describe('列表与单件是同一条规则', () => {
  const everybody: Actor[] = [
    ...w.ACCOUNTS,
    ...[w.agent, w.otherAgent, w.shiftLead, w.inspector, w.dispatcher, w.callbackOfficer, w.supervisor, w.director],
    ...[w.knowledgeEditor, w.cityLeader, w.administrator, w.citizen, { ...w.citizen, ticketId: 't2' }],
    { ...w.agent, userId: 'agent3', roles: ['agent', 'clerk'], unitId: w.BUREAU },
  ]
  const tickets = [
    after(s.submitted()),
    after(s.registered),
    after(s.withCo),
    atCountyBureau,
    after(s.thriceReturned),
    after(s.closed),
    after(s.registeredAs(secretReport([w.COUNTY])), by(w.dispatcher, 'dispatch')),
    { ...atCountyBureau, confidentiality: 2 as const, accusedUnitIds: [w.COUNTY] },
  ]

  it.each(tickets.map((ticket, index) => [index, ticket] as const))('第 %i 种工单，人人如此', (_, ticket) => {
    for (const actor of everybody)
      expect(matches(visibilityFilter(actor), ticket), actor.userId).toBe(canSee(ticket, actor))
  })
})

describe('谁可以看诉求人的联系方式', () => {
  it('在办单位本身可以，上级、抄送、已退单的不可以', () => {
    const ticket = after(s.withCo, s.acknowledged)
    for (const actor of [w.bureau.clerk, w.bureau.handler, w.bureau.lead, w.bureau.head, w.otherBureau.clerk])
      expect(canReveal(ticket, actor)).toBe(true)
    for (const actor of [w.county.clerk, w.city.head, w.bureau.countyAdmin])
      expect(canReveal(ticket, actor)).toBe(false)
    const returned = after(s.returnRequested, by(w.dispatcher, 'approveReturn'))
    expect(canReveal(returned, w.bureau.clerk)).toBe(false)
    expect(canReveal(after(s.closed), w.bureau.handler)).toBe(false)
  })

  it('匿名、保密的，单位都不可以，热线可以', () => {
    for (const overrides of [
      { caller: { number: '13805430001', isAnonymous: true } },
      { confidentiality: 1 as const },
      secretReport([w.COUNTY]),
    ]) {
      const ticket = after(s.registeredAs(overrides), by(w.dispatcher, 'dispatch'))
      expect(canReveal(ticket, w.bureau.clerk)).toBe(false)
      expect(canReveal(ticket, w.callbackOfficer)).toBe(true)
    }
  })

  it('兼着承办单位岗位的话务员，对本单位的匿名、保密件也只是承办单位', () => {
    const both: Actor = { ...w.bureau.clerk, roles: ['clerk', 'agent'] }
    const hidden = after(s.registeredAs({ confidentiality: 1 }), by(w.dispatcher, 'dispatch'))
    expect([canSee(hidden, both), canReveal(hidden, both), mayKnowCallers(both)]).toEqual([true, false, false])
    expect(canReveal(after(s.dispatched), both)).toBe(true)
    expect(mayKnowCallers(w.agent)).toBe(true)
    for (const actor of [w.bureau.clerk, w.cityLeader, w.administrator, w.citizen])
      expect(mayKnowCallers(actor)).toBe(false)
  })

  it('话务员只对看得到的，市领导、管理员都不可以', () => {
    expect(canReveal(after(s.registered), w.agent)).toBe(true)
    for (const actor of [w.otherAgent, w.cityLeader, w.administrator, w.knowledgeEditor, w.citizen])
      expect(canReveal(after(s.registered), actor)).toBe(false)
  })
})
