import type { CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { unitActions } from './unitActions'

type Mine = TicketView['assignments'][number]
const ticket = (can: CommandType[], mine: Partial<Mine>) =>
  ({ can, myAssignmentId: 'a1', assignments: [{ id: 'a1', ...mine }] }) as unknown as TicketView

describe('承办单位的操作栏', () => {
  it('待签收的先签收，退单与签收并列', () => {
    const actions = unitActions(ticket(['requestReturn', 'assignHandler', 'acknowledge'], { status: 'toAcknowledge' }))
    expect(actions).toEqual({ primary: 'acknowledge', plain: ['assignHandler', 'requestReturn'], more: [] })
  })

  it('在办的先联系诉求人，联系过了再反馈；延期、退单收进更多', () => {
    const can: CommandType[] = ['reply', 'recordContact', 'requestExtension', 'requestReturn']
    const before = unitActions(ticket(can, { status: 'handling' }))
    expect(before).toEqual({
      primary: 'recordContact',
      plain: ['reply'],
      more: ['requestExtension', 'requestReturn'],
    })
    const after = unitActions(ticket(can, { status: 'handling', firstContactAt: '2026-11-22T02:00:00.000Z' }))
    expect(after.primary).toBe('reply')
  })

  it('服务器允许的一个不少', () => {
    const can: CommandType[] = ['urge', 'recall', 'reply']
    const { primary, plain, more } = unitActions(ticket(can, { status: 'handling' }))
    expect([primary, ...plain, ...more].toSorted()).toEqual(can.toSorted())
  })
})
