import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { callScript, salutation } from './callScript'

describe('回访用语', () => {
  it('按姓和称谓称呼，缺了也不失礼', () => {
    expect(salutation({ contact: { name: '张**' }, callerGender: 'female' })).toBe('张女士')
    expect(salutation({ contact: { name: '张**' }, callerGender: 'unknown' })).toBe('张先生（女士）')
    expect(salutation({ callerGender: 'male' })).toBe('先生')
    expect(salutation({ callerGender: 'unknown' })).toBe('您')
  })

  it('填好时间、标题、承办单位和答复', () => {
    const ticket = {
      registeredAt: '2026-11-19T16:30:00.000Z',
      title: '渤海十八路夜间施工',
      leadUnitName: '滨城区住房和城乡建设局',
      leadAssignmentId: 'a1',
      assignments: [{ id: 'a1', reply: { publicReply: '已责令停工。' } }],
      callbacks: [],
      callerGender: 'male',
      contact: { name: '王**' },
    } as unknown as TicketView
    const script = callScript(ticket, '滨州市12345政务服务便民热线')
    expect(script.opening).toBe('您好，这里是滨州市12345政务服务便民热线，工单回访。请问是王先生吗？现在方便吗？')
    expect(script.matter).toBe('您于 11月20日 反映的“渤海十八路夜间施工”，由滨城区住房和城乡建设局办理。')
    expect(script.answer).toBe('已责令停工。')
  })

  it('差评整改件：说的是他的评价，念的是整改结果', () => {
    const ticket = {
      registeredAt: '2026-11-19T16:30:00.000Z',
      title: '差评整改',
      rated: { unitId: '371602-ZJ', score: 1, ratedAt: '2026-11-18T02:00:00.000Z' },
      unitNames: { '371602-ZJ': '滨城区住房和城乡建设局' },
      leadAssignmentId: 'a1',
      assignments: [{ id: 'a1', rectification: { result: '午间轮班表已公示。' } }],
      callbacks: [],
      callerGender: 'unknown',
    } as unknown as TicketView
    const script = callScript(ticket, '滨州市12345政务服务便民热线')
    expect(script.matter).toBe('您于 11月18日 对滨城区住房和城乡建设局的评价是“非常不满意”，该单位已经整改。')
    expect(script.answer).toBe('午间轮班表已公示。')
  })
})
