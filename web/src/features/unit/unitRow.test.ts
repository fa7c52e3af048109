import { describe, expect, it } from 'vitest'
import { ownStatus } from './unitRow'

describe('本单位办到哪一步', () => {
  it.each([
    ['协办已反馈', { role: 'co', status: 'replied' }, 'replied'],
    ['下派待签收', { role: 'delegated', status: 'toAcknowledge' }, 'toAcknowledge'],
    ['主办的看工单状态', { role: 'lead', status: 'handling' }, undefined],
    ['抄送的看工单状态', { role: 'copy', status: 'done' }, undefined],
    ['已撤回的看工单状态', { role: 'co', status: 'recalled' }, undefined],
  ] as const)('%s', (_, mine, status) => expect(ownStatus(mine)).toBe(status))
  it('没有任务的看工单状态', () => expect(ownStatus(undefined)).toBeUndefined())
})
