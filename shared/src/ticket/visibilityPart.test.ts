import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor'
import { given, by, setting, type Step } from './testing/given'
import * as s from './testing/stories'
import * as w from './testing/world'
import { canSee, isKeptFrom, scopeOf, sightOf } from './visibility'
import { historySeen } from './visibilityHistory'
import { seenOf } from './visibilityPart'

/** All that somebody gets of a ticket: its state and its history. */
function sees(actor: Actor, ...story: (Step | Step[])[]) {
  const { ticket, scene } = given(...story)
  const sight = sightOf(ticket, actor)
  const seen = seenOf(ticket, sight)
  const history = historySeen(scene.events, ticket, sight)
  return { ticket, sight, seen, history, types: history.map(({ type }) => type), text: JSON.stringify([seen, history]) }
}

const SECRET = '主办单位不得外传的话'
const CO_SECRET = '协办单位的话'

/** 市住建局 leads, 市城管局 helps, 滨城区 has a copy; the lead has done all that a lead does. */
const worked = [
  ...s.withCo,
  s.acknowledged,
  by(w.otherBureau.clerk, 'acknowledge'),
  by(w.otherBureau.handler, 'recordProgress', { note: CO_SECRET }),
  by(w.bureau.handler, 'recordContact', { result: SECRET }),
  by(w.bureau.handler, 'recordProgress', { note: SECRET }),
  by(w.bureau.handler, 'requestExtension', { reason: SECRET }),
  by(w.bureau.lead, 'endorseRequest', { opinion: SECRET }),
  by(w.dispatcher, 'rejectExtension', { opinion: SECRET }),
]
const replied = [
  ...worked,
  by(w.otherBureau.handler, 'reply', { handling: CO_SECRET, publicReply: CO_SECRET }),
  by(w.otherBureau.lead, 'reviewByUnit', { opinion: CO_SECRET }),
  by(w.bureau.handler, 'reply', { handling: SECRET, publicReply: SECRET }),
  by(w.bureau.lead, 'reviewByUnit', { opinion: SECRET }),
  by(w.dispatcher, 'reviewByHotline', { opinion: SECRET }),
]

describe('主办单位', () => {
  it('看到全部承办任务，协办单位的进展、反馈和审核意见都在内', () => {
    const { seen, text, types } = sees(w.bureau.handler, replied)
    expect(seen.assignments).toHaveLength(3)
    expect(text).toContain(CO_SECRET)
    expect(types).toContain('ticket.hotlineReviewed')
  })

  it('看不到热线对归属的想法', () => {
    const suggested = setting(() => ({
      suggestion: { at: w.MONDAY, leadUnitId: w.OTHER_BUREAU, coUnitIds: [], reason: SECRET },
      duplicateOfId: 't7',
    }))
    expect(sees(w.bureau.clerk, s.dispatched, suggested).text).not.toMatch(new RegExp(`${SECRET}|t7`))
    expect(sees(w.dispatcher, s.dispatched, suggested).text).toContain(SECRET)
  })
})

describe('协办、抄送单位只见本任务与工单必要信息', () => {
  it.each([
    ['协办单位', w.otherBureau.handler, w.OTHER_BUREAU],
    ['抄送单位', w.county.clerk, w.COUNTY],
  ])('%s看到诉求内容、本单位的任务和时限', (_label, actor, unitId) => {
    const { seen, ticket } = sees(actor, worked)
    expect([seen.detail, seen.address, seen.title]).toEqual([ticket.detail, ticket.address, ticket.title])
    expect(seen.assignments.map((assignment) => assignment.unitId)).toEqual([unitId])
    expect(seen.assignments[0]?.resolveBy).toEqual(ticket.assignments.find((one) => one.unitId === unitId)?.resolveBy)
  })

  it('看不到别的单位的联系、进展、申请、反馈、审核意见', () => {
    for (const story of [worked, replied])
      for (const actor of [w.otherBureau.clerk, w.otherBureau.head, w.county.head])
        expect(sees(actor, story).text).not.toContain(SECRET)
  })

  it('流转记录里只有登记、派给本单位和本单位自己办的', () => {
    const { types, history } = sees(w.otherBureau.clerk, replied)
    expect(types).toEqual([
      'ticket.registered',
      'ticket.accepted',
      'ticket.dispatched',
      'ticket.acknowledged',
      'ticket.progressRecorded',
      'ticket.replied',
      'ticket.unitReviewed',
    ])
    const dispatched = history.find((event) => event.type === 'ticket.dispatched')
    expect(dispatched?.type === 'ticket.dispatched' && dispatched.assignments.map(({ unitId }) => unitId)).toEqual([
      w.OTHER_BUREAU,
    ])
    expect(JSON.stringify(sees(w.county.clerk, replied).history)).not.toContain(CO_SECRET)
  })

  it('看不到退单争议、回访和甄别', () => {
    const disputed = [...s.withCo, by(w.bureau.clerk, 'requestReturn', { basis: SECRET })]
    expect(sees(w.otherBureau.clerk, disputed).text).not.toContain(SECRET)
    const judged = [...replied, by(w.callbackOfficer, 'recordCallback', { remark: SECRET })]
    const { seen, types, text } = sees(w.otherBureau.clerk, judged)
    expect([seen.callbacks, seen.attempts, seen.returnCount]).toEqual([[], [], 0])
    expect(types).toContain('ticket.closed')
    expect(text).not.toContain(SECRET)
  })

  it('诉求人补充的新情况看得到', () => {
    expect(sees(w.otherBureau.clerk, worked, by(w.agent, 'supplement', { text: '昨晚又施工' })).text).toContain(
      '昨晚又施工',
    )
  })
})

describe('上级看下级', () => {
  const atCountyBureau = [
    ...s.dispatchedAs({ leadUnitId: w.COUNTY_BUREAU, coUnitIds: [w.BUREAU] }),
    by(w.countyBureau.clerk, 'acknowledge'),
    by(w.bureau.clerk, 'acknowledge'),
    by(w.bureau.handler, 'recordProgress', { note: CO_SECRET }),
    by(w.countyBureau.handler, 'recordProgress', { note: SECRET }),
  ]
  it('主办单位的上级看到本区县的办理，看不到子树以外的协办单位', () => {
    const { seen, text, sight } = sees(w.county.head, atCountyBureau)
    expect([sight.extent, sight.isLeadSide]).toEqual(['part', true])
    expect(seen.assignments.map(({ unitId }) => unitId)).toEqual([w.COUNTY_BUREAU])
    expect(text).toContain(SECRET)
    expect(text).not.toContain(CO_SECRET)
    expect(seen.resolveBy).toBeDefined()
  })
})

describe('下派', () => {
  const delegated = [
    ...s.dispatchedAs({ leadUnitId: w.COUNTY }),
    by(w.county.clerk, 'acknowledge'),
    by(w.county.clerk, 'delegate', { unitId: w.TOWN }),
    by(w.town.clerk, 'acknowledge'),
    by(w.town.handler, 'recordProgress', { note: CO_SECRET }),
    by(w.county.handler, 'recordProgress', { note: SECRET }),
  ]
  it('下派的单位看到下级的办理和反馈', () => {
    const { text, seen } = sees(w.county.clerk, delegated, by(w.town.handler, 'reply', { handling: CO_SECRET }))
    expect(text).toContain(CO_SECRET)
    expect(seen.assignments.map(({ role }) => role)).toEqual(['lead', 'delegated'])
  })
  it('接受下派的单位只看到自己的任务，看不到上级单位的办理', () => {
    const { seen, text, sight, types } = sees(w.town.handler, delegated)
    expect([sight.extent, sight.isLeadSide]).toEqual(['part', false])
    expect(seen.assignments.map(({ unitId }) => unitId)).toEqual([w.TOWN])
    expect(text).toContain(CO_SECRET)
    expect(text).not.toContain(SECRET)
    expect(types).toContain('ticket.delegated')
  })
  it('平级的街道看不到', () => expect(canSee(given(delegated).ticket, w.solo)).toBe(false))
})

describe('退过单的单位', () => {
  it('仍看得到自己经手的，看不到后来单位的办理', () => {
    const { seen, text } = sees(
      w.bureau.clerk,
      s.returnRequested,
      by(w.dispatcher, 'approveReturn'),
      by(w.dispatcher, 'dispatch', { leadUnitId: w.OTHER_BUREAU }),
      by(w.otherBureau.clerk, 'acknowledge'),
      by(w.otherBureau.handler, 'recordProgress', { note: SECRET }),
    )
    expect(seen.assignments.map(({ unitId, status }) => [unitId, status])).toEqual([[w.BUREAU, 'returned']])
    expect(text).not.toContain(SECRET)
  })
})

describe('会商', () => {
  const opened = [...s.registered, by(w.dispatcher, 'openConsultation', { unitIds: [w.BUREAU, w.OTHER_BUREAU] })]
  const spoken = [...opened, by(w.bureau.clerk, 'giveOpinion', { opinion: CO_SECRET })]

  it('受邀单位在会商期间看到诉求、议题和各单位意见', () => {
    const { seen, text, types } = sees(w.otherBureau.clerk, spoken)
    expect(seen.consultations?.[0]?.topic).toBeTruthy()
    expect(text).toContain(CO_SECRET)
    expect(types).toEqual(['ticket.registered', 'ticket.accepted', 'ticket.consultationOpened', 'ticket.opinionGiven'])
    expect(canSee(given(spoken).ticket, w.thirdBureau.clerk)).toBe(false)
  })

  it('会商结束，没有承办任务的单位不再看到', () => {
    const cancelled = [...spoken, by(w.dispatcher, 'cancelConsultation')]
    expect(canSee(given(cancelled).ticket, w.otherBureau.clerk)).toBe(false)
    expect(scopeOf(given(cancelled).ticket)).toEqual([])
  })

  it('会商定为协办的单位，此后只看本任务，不看别的单位的意见', () => {
    const concluded = [
      ...spoken,
      by(w.dispatcher, 'concludeConsultation', { leadUnitId: w.BUREAU, coUnitIds: [w.OTHER_BUREAU] }),
    ]
    const { text, seen } = sees(w.otherBureau.clerk, concluded)
    expect(text).not.toContain(CO_SECRET)
    expect(seen.assignments.map(({ role }) => role)).toEqual(['co'])
    expect(sees(w.bureau.clerk, concluded).text).toContain(CO_SECRET)
  })
})

describe('督办', () => {
  it('被督办的单位看到对它的督办，协办单位看不到', () => {
    const supervised = [...worked, by(w.supervisor, 'supervise', { requirement: SECRET })]
    expect(sees(w.bureau.clerk, supervised).text).toContain(SECRET)
    expect(JSON.stringify(sees(w.otherBureau.clerk, supervised).seen.supervisions)).not.toContain(SECRET)
  })
})

describe('举报保密：被反映单位及其下级一概看不到', () => {
  const secret = setting(() => ({ confidentiality: 2, accusedUnitIds: [w.COUNTY] }))
  const accused = [w.county.clerk, w.county.head, w.county.countyAdmin, w.countyBureau.clerk, w.town.handler, w.solo]

  it('不论承办、协办、抄送、下派', () => {
    const delegated = [
      ...s.dispatchedAs({ leadUnitId: w.COUNTY, coUnitIds: [w.COUNTY_BUREAU] }),
      by(w.county.clerk, 'acknowledge'),
      by(w.county.clerk, 'delegate', { unitId: w.TOWN }),
      secret,
    ]
    for (const actor of accused) expect(canSee(given(delegated).ticket, actor), actor.userId).toBe(false)
  })

  it('也不论会商邀请、督办', () => {
    const ticket = given(
      s.registered,
      by(w.dispatcher, 'openConsultation', { unitIds: [w.COUNTY, w.COUNTY_BUREAU, w.BUREAU] }),
      secret,
      setting(() => ({
        supervisions: [
          {
            id: 's1',
            form: 'written',
            trigger: 'overdue',
            unitId: w.TOWN,
            unitPath: w.units.pathOf(w.TOWN),
            requirement: SECRET,
            at: w.MONDAY,
            by: w.supervisor,
            answers: [],
          },
        ],
      })),
    ).ticket
    for (const actor of accused) expect(canSee(ticket, actor), actor.userId).toBe(false)
    expect(scopeOf(ticket)).toEqual(expect.arrayContaining([w.BUREAU, w.CITY]))
    expect(canSee(ticket, w.bureau.clerk)).toBe(true)
  })

  it('只在举报保密时如此', () => {
    const path = w.units.pathOf(w.TOWN)
    expect(isKeptFrom({ confidentiality: 2, accusedUnitIds: [w.COUNTY] }, path)).toBe(true)
    expect(isKeptFrom({ confidentiality: 1, accusedUnitIds: [w.COUNTY] }, path)).toBe(false)
    expect(isKeptFrom({ confidentiality: 2, accusedUnitIds: [w.OTHER_BUREAU] }, path)).toBe(false)
  })
})
