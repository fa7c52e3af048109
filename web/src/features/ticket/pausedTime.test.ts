import { describe, expect, it } from 'vitest'
import { leftAtSuspension } from './pausedTime'

const suspended = (resolveBy: string) =>
  ({ suspension: { since: '2026-11-20T00:00:00.000Z' }, resolveBy }) as Parameters<typeof leftAtSuspension>[0]

describe('暂停前剩余', () => {
  it('以批准挂起时为准', () => expect(leftAtSuspension(suspended('2026-11-22T04:00:00.000Z'))).toBe('剩余 2 天 4 小时'))
  it('已超期的说超期多久', () => expect(leftAtSuspension(suspended('2026-11-19T23:00:00.000Z'))).toBe('已超期 1 小时'))
})
