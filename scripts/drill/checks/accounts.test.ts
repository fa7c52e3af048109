import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../ledger'
import { compare } from './accounts'

type History = TicketView['history']

const event = (version: number, type: string, userId: string) => ({
  ...{ version, type, at: '2026-11-20T02:00:00.000Z' },
  by: { userId, name: '', unitId: '' },
})
const ticket = (events: object[], version: number) => ({
  ...{ no: '371600261120000001', version },
  history: events as History,
})
const entry = (command: Entry['command'], userId: string, base: number, version: number): Entry => ({
  ...{ ticketId: 't', command, userId, base, version },
})

const REGISTERED = [event(1, 'ticket.registered', 'a'), event(1, 'ticket.accepted', 'a')]
const DISPATCHED = event(2, 'ticket.dispatched', 'd')

describe('已确认的写入', () => {
  const entries = [entry('register', 'a', 0, 1), entry('dispatch', 'd', 1, 2)]

  it('一一对应时没有差错', () => {
    expect(compare(ticket([...REGISTERED, DISPATCHED], 2), entries, false)).toEqual([])
  })

  it('确认过的不见了', () => {
    expect(compare(ticket(REGISTERED, 1), entries, false)).toEqual([expect.stringContaining('派单')])
  })

  it('多做了一次', () => {
    const doubled = [...REGISTERED, DISPATCHED, event(3, 'ticket.dispatched', 'd')]
    expect(compare(ticket(doubled, 3), entries, false)).toEqual([expect.stringContaining('多出来了')])
  })

  it('没有等到答复的那一张，多一步不算错', () => {
    const more = [...REGISTERED, DISPATCHED, event(3, 'ticket.acknowledged', 'c')]
    expect(compare(ticket(more, 3), entries, true)).toEqual([])
  })

  it('时钟发的牌不在账上', () => {
    const carded = [...REGISTERED, DISPATCHED, event(3, 'ticket.cardIssued', 'system')]
    expect(compare(ticket(carded, 3), entries, false)).toEqual([])
  })

  it('答复丢失后重试的，版本可以更晚', () => {
    const urged = [...REGISTERED, event(2, 'ticket.urged', 's'), event(3, 'ticket.dispatched', 'd')]
    const late = [entry('register', 'a', 0, 1), entry('dispatch', 'd', 1, 3), entry('urge', 's', 1, 3)]
    expect(compare(ticket(urged, 3), late, false)).toEqual([])
  })

  it('版本有缺号', () => {
    expect(compare(ticket([...REGISTERED, { ...DISPATCHED, version: 3 }], 3), entries, true)).toContainEqual(
      expect.stringContaining('版本不连续'),
    )
  })
})
