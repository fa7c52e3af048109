import { describe, expect, it } from 'vitest'
import { readPasted } from './paste'
import { DayDuties, inRosterOrder, isOnDuty, mayEditRoster, mayRingDuty, RosterQuery } from './roster'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)

describe('值班表', () => {
  it('当班到结束那一刻为止，交给下一位；夜班跨到次日', () => {
    const day = { from: '08:00', to: '18:00' }
    const night = { from: '18:00', to: '08:00' }
    expect(isOnDuty('2026-11-22', day, at('2026-11-22 08:00'))).toBe(true)
    expect(isOnDuty('2026-11-22', day, at('2026-11-22 18:00'))).toBe(false)
    expect(isOnDuty('2026-11-22', night, at('2026-11-22 18:00'))).toBe(true)
    expect(isOnDuty('2026-11-22', night, at('2026-11-23 07:59'))).toBe(true)
    expect(isOnDuty('2026-11-22', night, at('2026-11-23 08:00'))).toBe(false)
    expect(isOnDuty('2026-11-22', { from: '00:00', to: '24:00' }, at('2026-11-22 23:59'))).toBe(true)
  })

  it('板块带班须写明板块；同一人同一岗位不写两次；起止不能相同', () => {
    const duty = { post: 'section', name: '周建国' }
    const messages = (duties: unknown[]) =>
      DayDuties.safeParse({ version: 0, duties }).error?.issues.map(({ message }) => message)
    expect(messages([duty])).toEqual(['板块带班须写明板块'])
    expect(messages([{ post: 'leader', name: '李明', from: '08:00', to: '08:00' }])).toEqual(['起止时刻不能相同'])
    const leader = { post: 'leader', name: '李明' }
    expect(messages([leader, leader])).toEqual(['李明 的同一岗位写了两次'])
    expect(messages([{ ...duty, section: '城建环保' }, leader])).toBeUndefined()
  })

  it('领导在前，板块按名称', () => {
    const duties = [
      { post: 'shift', name: '丁', from: '00:00' },
      { post: 'section', section: '教育卫生', name: '丙', from: '00:00' },
      { post: 'section', section: '城建环保', name: '乙', from: '00:00' },
      { post: 'leader', name: '甲', from: '00:00' },
    ] as const
    expect(inRosterOrder(duties).map(({ name }) => name)).toEqual(['甲', '乙', '丙', '丁'])
  })

  it('一次最多看两个月，结束不早于开始', () => {
    const asked = (from: string, to: string) => RosterQuery.safeParse({ from, to }).success
    expect(asked('2026-11-01', '2026-12-31')).toBe(true)
    expect(asked('2026-11-01', '2027-01-02')).toBe(false)
    expect(asked('2026-11-02', '2026-11-01')).toBe(false)
    expect(asked('2026-02-30', '2026-03-01')).toBe(false)
  })

  it('督办员、主任编排；话务员看得到是谁，看不到电话', () => {
    const actor = (role: 'agent' | 'supervisor') => ({ userId: 'u', name: '某', unitId: 'hotline', roles: [role] })
    expect([mayEditRoster(actor('supervisor')), mayRingDuty(actor('supervisor'))]).toEqual([true, true])
    expect([mayEditRoster(actor('agent')), mayRingDuty(actor('agent'))]).toEqual([false, false])
  })
})

describe('粘贴导入', () => {
  const read = (text: string) => readPasted(text, '2026-11-22')

  it('日期、岗位、姓名之后，电话、起止、职务不论先后；表头跳过', () => {
    const lines = read(
      '日期\t岗位\t姓名\t电话\n2026-11-23\t带班领导\t李明\t副市长\t0543-3160001\n11月24日（周二）  板块带班：城建环保  周建国  18:00-8:00  13800000001',
    )
    expect(lines).toEqual([
      {
        n: 2,
        text: expect.any(String),
        day: '2026-11-23',
        duty: { post: 'leader', name: '李明', title: '副市长', phone: '0543-3160001', from: '00:00', to: '24:00' },
      },
      {
        n: 3,
        text: expect.any(String),
        day: '2026-11-24',
        duty: {
          post: 'section',
          section: '城建环保',
          name: '周建国',
          phone: '13800000001',
          from: '18:00',
          to: '08:00',
        },
      },
    ])
  })

  it('每一行错在哪里都说明白', () => {
    const problems = read(
      '2026-02-30 带班领导 李明\n2026-11-23 门卫 李明\n2026-11-23 板块带班 李明\n2026-11-23 巡查人\n2026-11-23 巡查 王芳\n2026-11-23 巡查人 王芳',
    ).map(({ n, problem }) => [n, problem])
    expect(problems).toEqual([
      [1, expect.stringContaining('看不懂日期“2026-02-30”')],
      [2, expect.stringContaining('没有“门卫”这个岗位')],
      [3, '板块带班须写明板块'],
      [4, '缺姓名'],
      [5, undefined],
      [6, '与第 5 行重复'],
    ])
  })

  it('没写年份的是最近的那一天', () => {
    expect(readPasted('1月2日 巡查 王芳', '2026-12-30')[0]?.day).toBe('2027-01-02')
    expect(readPasted('12.30 巡查 王芳', '2027-01-02')[0]?.day).toBe('2026-12-30')
  })
})
