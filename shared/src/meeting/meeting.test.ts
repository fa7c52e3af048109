import { describe, expect, it } from 'vitest'
import { gathered, isCarried, weekOf, WeekInput, type MeetingReason } from './meeting'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const item = (ticketId: string, reasons: MeetingReason[], words = '') => ({ ticketId, reasons, words })

describe('周例会清单', () => {
  it('一周从周一零点到周日二十四点', () => {
    expect(weekOf(at('2026-11-23 00:00'))).toBe('2026-11-23')
    expect(weekOf(at('2026-11-22 23:59'))).toBe('2026-11-16')
    expect(weekOf(at('2026-11-29 12:00'))).toBe('2026-11-23')
    expect(WeekInput.safeParse('2026-11-23').success).toBe(true)
    expect(WeekInput.safeParse('2026-11-24').error?.issues[0]?.message).toBe('周例会以周一的日期为名')
    expect(WeekInput.safeParse('2026-02-30').error?.issues.map(({ message }) => message)).toEqual(['没有这一天'])
  })

  it('再次归集：已写的内容不动，多了缘由的补上；一件因两条上单只列一次', () => {
    const before = [item('a', ['overdue'], '已写'), item('b', ['hand'])]
    const found = [item('b', ['quiet']), item('c', ['overdue']), item('c', ['returned']), item('a', ['overdue'])]
    expect(gathered(before, found)).toEqual([
      item('a', ['overdue'], '已写'),
      item('b', ['hand', 'quiet']),
      item('c', ['overdue', 'returned']),
    ])
  })

  it('议定后未落实的带入下一次；落实了的、移除了的不带', () => {
    expect(isCarried({ state: 'open' })).toBe(true)
    expect(isCarried({ state: 'done' })).toBe(false)
    expect(isCarried({ state: 'open', removed: {} })).toBe(false)
  })
})
