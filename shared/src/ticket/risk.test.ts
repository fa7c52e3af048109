import { describe, expect, it } from 'vitest'
import { DEFAULT_PROFILE } from '../limits/presets'
import { riskByOf, riskReasons } from './risk'
import type { Ticket } from './ticket'

const DUE = new Date('2026-11-20T16:00:00Z')
const ticket = (overrides: Partial<Ticket>): Ticket =>
  ({
    ...{ status: 'accepted', dispatchBy: DUE, registeredAt: new Date('2026-11-20T02:00:00Z'), urgency: 'general' },
    ...{ matterCode: '010501', returnCount: 0, urgeCount: 0 },
    ...overrides,
  }) as Ticket
const order = DEFAULT_PROFILE.poolOrder
const hoursEarlier = (overrides: Partial<Ticket>, own = order) =>
  (DUE.getTime() - (riskByOf(ticket(overrides), own)?.getTime() ?? 0)) / 3_600_000

describe('待派单按风险排序', () => {
  it('一般件就按派单期限', () => expect(hoursEarlier({})).toBe(0))
  it('紧急、特急、涉及人身安全、停水停电的提前', () => {
    expect(hoursEarlier({ urgency: 'urgent' })).toBe(24)
    expect(hoursEarlier({ urgency: 'critical' })).toBe(48)
    expect(hoursEarlier({ matterCode: '030404' })).toBe(12)
    expect(hoursEarlier({ matterCode: '030101' })).toBe(4)
  })
  it('退过单的、被催的、多人反映的提前，有封顶', () => {
    expect(hoursEarlier({ returnCount: 2 })).toBe(4)
    expect(hoursEarlier({ returnCount: 9, urgeCount: 9 })).toBe(10)
  })
  it('提前多少小时由本市方案定', () => {
    const own = { ...order, urgentHours: 6, lifeHours: 0, returnHours: 5, returnHoursMost: 20 }
    expect(hoursEarlier({ urgency: 'urgent', matterCode: '030404', returnCount: 3 }, own)).toBe(6 + 0 + 15)
  })
  it('待受理没有派单期限，按登记时间；已派出的不在此列', () => {
    const { registeredAt } = ticket({})
    expect(riskByOf(ticket({ status: 'registered', dispatchBy: undefined }), order)).toEqual(registeredAt)
    expect(riskByOf(ticket({ status: 'dispatched' }), order)).toBeUndefined()
  })
  it('理由说得出来', () => {
    const risky = { urgency: 'urgent', matterCode: '030404', returnCount: 1, urgeCount: 0 } as const
    const reasons = riskReasons(risky, order)
    expect(reasons.map(({ text }) => text)).toEqual(['紧急', '人身安全', '退单 1 次'])
  })
})
