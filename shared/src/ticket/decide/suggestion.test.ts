import { describe, expect, it } from 'vitest'
import { given, where, by } from '../testing/given'
import * as s from '../testing/stories'
import { agent, BUREAU, dispatcher, director, OTHER_BUREAU, THIRD_BUREAU } from '../testing/world'
import type { Ticket } from '../ticket'

/** 夜间施工归住建，改成市容的归城管，改成治安的归公安。 */
const LEADS: Record<string, string> = { '010501': BUREAU, '020202': OTHER_BUREAU, '050201': THIRD_BUREAU }
const suggest = ({ matterCode = '' }: Ticket) => ({
  leadUnitId: LEADS[matterCode] ?? BUREAU,
  coUnitIds: [],
  ruleId: `R${matterCode}`,
  reason: '目录：按事项',
})
const catalogue = where({ suggest })
const toStreets = by(dispatcher, 'amend', { changes: { matterCode: '020202' } })

describe('更正事项、地点后，按目录重新推荐，只问不动', () => {
  it('目录指向别的单位：记下建议，承办单位、时限、状态都不变', () => {
    const before = given(s.handling).ticket
    const { ticket } = given(s.handling, catalogue)
      .when(dispatcher, 'amend', { changes: { matterCode: '020202' } })
      .then('ticket.amended', {
        suggestion: { leadUnitId: OTHER_BUREAU, coUnitIds: [], ruleId: 'R020202', reason: '目录：按事项' },
      })
    expect(ticket.suggestion).toMatchObject({ leadUnitId: OTHER_BUREAU, coUnitIds: [], reason: '目录：按事项' })
    expect(ticket.suggestion?.at).toBeInstanceOf(Date)
    expect(ticket.assignments).toEqual(before.assignments)
    expect([ticket.status, ticket.resolveBy]).toEqual([before.status, before.resolveBy])
  })

  it('目录仍指向原单位，或派单时本就没有按目录派而目录没变，都不问', () => {
    expect(
      given(s.handling, catalogue)
        .when(dispatcher, 'amend', { changes: { matterCode: '010502' } })
        .then('ticket.amended').ticket.suggestion,
    ).toBeUndefined()
    const byHand = [...s.dispatchedAs({ leadUnitId: THIRD_BUREAU }), catalogue]
    expect(
      given(byHand)
        .when(dispatcher, 'amend', { changes: { detail: '补充说明' } })
        .then('ticket.amended').ticket.suggestion,
    ).toBeUndefined()
  })

  it('待派单的不记建议：派单台本来就按新的事项推荐', () => {
    expect(
      given(s.registered, catalogue)
        .when(agent, 'amend', { changes: { matterCode: '020202' } })
        .then('ticket.amended').ticket.suggestion,
    ).toBeUndefined()
  })

  it('再次更正：指向第三家的换成新建议，改回来的取消建议，无关的更正不动它', () => {
    const { ticket } = given(s.handling, catalogue, toStreets)
      .when(dispatcher, 'amend', { changes: { matterCode: '050201' } })
      .then('ticket.amended')
    expect(ticket.suggestion?.leadUnitId).toBe(THIRD_BUREAU)
    expect(
      given(s.handling, catalogue, toStreets)
        .when(dispatcher, 'amend', { changes: { matterCode: '010501' } })
        .then('ticket.amended', { suggestion: null }).ticket.suggestion,
    ).toBeUndefined()
    expect(
      given(s.handling, catalogue, toStreets)
        .when(dispatcher, 'amend', { changes: { detail: '补充说明' } })
        .then('ticket.amended').ticket.suggestion?.leadUnitId,
    ).toBe(OTHER_BUREAU)
  })

  it('维持承办单位：派单员、主任，建议消失，其余不变', () => {
    for (const actor of [dispatcher, director]) {
      const { ticket } = given(s.handling, catalogue, toStreets).when(actor, 'keepUnit').then('ticket.unitKept')
      expect([ticket.suggestion, ticket.status]).toEqual([undefined, 'handling'])
    }
  })

  it('没有建议就没有可维持的；承办单位自己不能决定', () => {
    given(s.handling)
      .when(dispatcher, 'keepUnit')
      .refused('ruleViolated', /^没有待确认的改派建议$/)
    given(s.handling, catalogue, toStreets).when(agent, 'keepUnit').refused('forbidden', /./)
  })

  it('撤回改派后建议消失，重新派单也不再带着', () => {
    const recalled = given(s.handling, catalogue, toStreets).when(dispatcher, 'recall').then('ticket.recalled').ticket
    expect([recalled.suggestion, recalled.status]).toEqual([undefined, 'accepted'])
  })

  it('每次派单记下目录版本、哪一条、为什么', () => {
    const row = { ruleId: 'R010501', catalogueVersion: 3, reason: '目录：夜间施工噪音×滨城区' }
    const { ticket } = given(s.registered, where({ catalogueRow: () => row }))
      .when(dispatcher, 'dispatch')
      .then('ticket.dispatched')
    expect(ticket.assignments[0]).toMatchObject({
      ruleId: 'R010501',
      catalogueVersion: 3,
      ruleReason: '目录：夜间施工噪音×滨城区',
    })
  })
})
