import { describe, expect, it } from 'vitest'
import { after, by, given, on, setting, where } from '../testing/given'
import * as s from '../testing/stories'
import {
  at,
  BUREAU,
  bureau,
  COUNTY,
  county,
  COUNTY_BUREAU,
  countyBureau,
  dispatcher,
  OFFICE,
  OTHER_BUREAU,
  otherBureau,
  TOWN,
  town,
  units,
} from '../testing/world'

/** The county leads, a bureau of the city helps. */
const atCounty = [...s.dispatchedAs({ leadUnitId: COUNTY, coUnitIds: [BUREAU] }), by(county.clerk, 'acknowledge')]
const toTown = [...atCounty, by(county.clerk, 'delegate', { unitId: TOWN })]
const townWorks = [...toTown, by(town.clerk, 'acknowledge')]
const townReplied = [...townWorks, on('2026-11-24 10:00'), by(town.handler, 'reply'), by(town.lead, 'reviewByUnit')]
const statuses = (story: Parameters<typeof after>) => after(...story).assignments.map(({ status }) => status)

describe('下派', () => {
  it('在办单位的收文员下派给下级：任务、标准、时限，上级的任务不变', () => {
    const { ticket } = given(atCounty)
      .when(county.clerk, 'delegate', { unitId: TOWN })
      .then('ticket.delegated', { parentId: 'a1' })
    expect(ticket.status).toBe('handling')
    expect(ticket.assignments.at(-1)).toMatchObject({
      id: 'a3',
      parentId: 'a1',
      role: 'delegated',
      unitId: TOWN,
      status: 'toAcknowledge',
      task: '到现场查看',
      resolveBy: ticket.assignments[0]?.resolveBy,
      locked: false,
    })
  })

  it('协办单位也可以下派', () => {
    given(atCounty, by(bureau.clerk, 'acknowledge'))
      .when(bureau.clerk, 'delegate')
      .then('ticket.delegated', { parentId: 'a2' })
  })

  it('签收以后才能下派，经办人不能下派', () => {
    given(s.dispatched)
      .when(bureau.clerk, 'delegate')
      .refused('illegalTransition', /^承办任务待签收，不能下派$/)
    given(s.handling)
      .when(bureau.handler, 'delegate')
      .refused('forbidden', /^您的岗位不能下派$/)
  })

  it.each([
    ['本单位', COUNTY, /^只能下派给本单位的下级单位$/],
    ['平级单位', OTHER_BUREAU, /^只能下派给本单位的下级单位$/],
    ['别的区县的街道', '371681003', /^只能下派给本单位的下级单位$/],
    ['没有的单位', 'nobody', /^承办单位不存在或已停用$/],
  ])('不能下派给%s', (_, unitId, message) => {
    given(atCounty).when(county.clerk, 'delegate', { unitId }).refused('ruleViolated', message)
  })

  it('停用的下级不能下派', () => {
    const closed = { ...units, get: (id: string) => ({ ...units.get(id)!, isOpen: id !== TOWN }) }
    given(atCounty, where({ units: closed }))
      .when(county.clerk, 'delegate', { unitId: TOWN })
      .refused('ruleViolated', /^承办单位不存在或已停用$/)
  })

  it('没有下级的单位不能下派', () => {
    given(s.dispatchedAs({ leadUnitId: OTHER_BUREAU }), by(otherBureau.clerk, 'acknowledge'))
      .when(otherBureau.clerk, 'delegate', { unitId: TOWN })
      .refused('ruleViolated', /^没有可下派的下级单位$/)
  })

  it('被反映的下级不得承办', () => {
    given(
      s.registeredAs({ accusedUnitIds: [TOWN] }),
      by(dispatcher, 'dispatch', { leadUnitId: COUNTY }),
      by(county.clerk, 'acknowledge'),
    )
      .when(county.clerk, 'delegate', { unitId: TOWN })
      .refused('ruleViolated', /是被反映单位，不得承办$/)
  })

  it('不在属地管理事项责任清单内的，不得下派', () => {
    given(
      atCounty,
      where({ dutyAllows: (_ticket, unitId) => unitId !== TOWN || '不在属地管理事项责任清单内，不得下派' }),
    )
      .when(county.clerk, 'delegate', { unitId: TOWN })
      .refused('ruleViolated', /^不在属地管理事项责任清单内，不得下派$/)
  })

  it('同一单位在办的不能再派；退回以后可以', () => {
    given(toTown)
      .when(county.clerk, 'delegate', { unitId: TOWN })
      .refused('ruleViolated', /已在办理本件$/)
    given(toTown, by(county.clerk, 'recallDelegation'))
      .when(county.clerk, 'delegate', { unitId: TOWN })
      .then('ticket.delegated')
  })

  it('时限不能晚于本单位的，可以更短', () => {
    given(atCounty)
      .when(county.clerk, 'delegate', { unitId: TOWN, limit: { kind: 'workdays', n: 6 } })
      .refused('ruleViolated', /^下派的时限不能晚于本单位的时限 2026-11-30 24:00$/)
    const { ticket } = given(atCounty)
      .when(county.clerk, 'delegate', { unitId: TOWN, limit: { kind: 'workdays', n: 2 } })
      .then('ticket.delegated')
    expect(ticket.assignments.at(-1)).toMatchObject({ resolveBy: at('2026-11-25 24:00'), limitFrom: 'manual' })
  })

  it('签收、退单时限按自己的收到时间起算，不晚于本单位的时限', () => {
    const late = [...atCounty, on('2026-11-30 16:00'), by(county.clerk, 'delegate', { unitId: TOWN })]
    expect(after(toTown).assignments.at(-1)).toMatchObject({ acknowledgeBy: at('2026-11-24 24:00') })
    expect(after(late).assignments.at(-1)).toMatchObject({
      acknowledgeBy: at('2026-11-30 24:00'),
      returnBy: at('2026-11-30 24:00'),
    })
  })

  it('退单申请待审的不能下派', () => {
    given(atCounty, by(county.clerk, 'requestReturn'))
      .when(county.clerk, 'delegate', { unitId: TOWN })
      .refused('ruleViolated', /^退单申请待审核，不能下派$/)
  })

  it('可以再往下派', () => {
    const { ticket } = given(
      atCounty,
      by(county.clerk, 'delegate', { unitId: COUNTY_BUREAU }),
      by(countyBureau.clerk, 'acknowledge'),
      where({
        units: {
          ...units,
          subtree: (id) => (id === COUNTY_BUREAU ? [id, TOWN] : units.subtree(id)),
          isWithin: () => true,
        },
      }),
    )
      .when(countyBureau.clerk, 'delegate', { unitId: TOWN })
      .then('ticket.delegated', { parentId: 'a3' })
    expect(ticket.assignments.at(-1)).toMatchObject({ parentId: 'a3', unitId: TOWN })
  })
})

describe('撤回下派', () => {
  it('终止这个任务，连同它再下派的', () => {
    const deeper = [
      ...townWorks,
      setting(({ assignments }) => ({
        assignments: [...assignments, { ...assignments[2]!, id: 'a4', parentId: 'a3', unitId: OFFICE }],
      })),
    ]
    const { ticket } = given(deeper)
      .when(county.clerk, 'recallDelegation', { assignmentId: 'a3' })
      .then('ticket.delegationRecalled', { assignmentId: 'a3', reason: '改由本单位直接办理' })
    expect(ticket.assignments.map(({ status }) => status)).toEqual([
      'handling',
      'toAcknowledge',
      'recalled',
      'recalled',
    ])
  })

  it('只有下派的单位能撤回，协办的任务它撤不了', () => {
    given(toTown).when(bureau.clerk, 'recallDelegation', { assignmentId: 'a3' }).refused('forbidden', /./)
    given(toTown).when(county.clerk, 'recallDelegation', { assignmentId: 'a2' }).refused('forbidden', /./)
  })
})

describe('上面的结束，下面的也结束', () => {
  it('有下派的须先撤回，才能申请退单', () => {
    given(toTown)
      .when(county.clerk, 'requestReturn')
      .refused('ruleViolated', /^已下派的任务须先撤回，才能退单$/)
    given(toTown, by(county.clerk, 'recallDelegation'))
      .when(county.clerk, 'requestReturn')
      .then('ticket.returnRequested')
  })

  it('热线撤回改派、办结时，下派的任务一并结束', () => {
    expect(statuses([...toTown, by(dispatcher, 'recall')])).toEqual(['recalled', 'recalled', 'recalled'])
    const closed = [
      ...townReplied,
      by(bureau.clerk, 'acknowledge'),
      by(bureau.handler, 'reply'),
      by(bureau.lead, 'reviewByUnit'),
      by(county.handler, 'reply'),
      by(county.lead, 'reviewByUnit'),
      by(dispatcher, 'reviewByHotline'),
      s.closed.at(-1)!,
    ]
    expect(statuses(closed)).toEqual(['done', 'done', 'done'])
  })
})
