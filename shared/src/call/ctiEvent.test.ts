import { describe, expect, it } from 'vitest'
import { CtiEvent } from './ctiEvent'

const BASE = { event: 'newCall', callId: 'a1', from: '13800000000', to: '12345' }
const read = (more: Record<string, unknown>) => CtiEvent.parse({ ...BASE, ...more })

describe('交换机的事件', () => {
  it('呼入的号码是主叫，呼出的是被叫', () => {
    expect(read({ direction: 'in' }).number).toBe('13800000000')
    expect(read({ direction: 'out', from: '8001', to: '0543-3161234' })).toMatchObject({
      number: '0543-3161234',
      extensions: ['8001'],
    })
  })
  it('坐席依次在应答分机、user、被叫里找', () => {
    expect(read({ answeringNumber: '8003', user: ['8002', '王敏'], to: '8001' }).extensions).toEqual([
      '8003',
      '8002',
      '王敏',
      '8001',
    ])
    expect(read({ 'user[]': '8002', to: '' }).extensions).toEqual(['8002'])
  })
  it('数字写的号码和分机、call_id、别的字段都认', () => {
    const { callId, ...rest } = BASE
    const event = CtiEvent.parse({ ...rest, call_id: 42, from: 13800000000, to: 8001, trunk: 'pri-1' })
    expect([callId, event]).toEqual(['a1', expect.objectContaining({ callId: '42', number: '13800000000' })])
  })
  it('交换机不知道的以 null 或空字段来，也不丢事件', () => {
    const unknown = { cause: null, queue: null, user: [null, '8002'], answeringNumber: null, satisfactionKey: null }
    expect(read({ ...unknown, direction: null })).toMatchObject({ direction: 'in', extensions: ['8002', '12345'] })
    expect(read({ event: 'hangup', satisfactionKey: '', direction: '', user: null })).toMatchObject({
      event: 'hangup',
      satisfactionKey: undefined,
    })
  })
  it.each([
    ['没有的事件', { event: 'transfer' }, 'event'],
    ['没有的方向', { direction: 'both' }, 'direction'],
    ['没有通话标识', { callId: '' }, 'callId'],
    ['过长的通话标识', { callId: 'x'.repeat(251) }, 'callId'],
    ['一个对象作号码', { from: { $gt: '' } }, 'from'],
    ['没有的评价键', { satisfactionKey: 9 }, 'satisfactionKey'],
  ])('%s不收', (_label, more, path) => {
    const { error } = CtiEvent.safeParse({ ...BASE, ...more })
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  })
})
