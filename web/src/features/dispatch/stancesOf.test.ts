import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { stancesOf } from './stancesOf'

const said = (...opinions: [unitId: string, stance: string][]) =>
  ({
    consultations: [{ opinions: opinions.map(([unitId, stance]) => ({ unitId, stance })) }],
  }) as unknown as TicketView

describe('会商意见预填结论', () => {
  it('只有一家愿主办的填为主办，愿协办的填为协办，以最后一次为准', () => {
    expect(stancesOf(said(['a', 'co'], ['b', 'co'], ['c', 'no'], ['a', 'lead']))).toEqual({ lead: 'a', co: ['b'] })
  })
  it('两家都愿主办时由派单员定', () => expect(stancesOf(said(['a', 'lead'], ['b', 'lead']))).toEqual({ co: [] }))
})
