import { describe, expect, it } from 'vitest'
import { factsOf } from './facts'
import { after, by, on } from './testing/given'
import * as s from './testing/stories'
import { at, bureau, callbackOfficer, dispatcher, OTHER_BUREAU } from './testing/world'

describe('统计读到的工单', () => {
  it('办结件：派单、签收、联系、回访俱在', () => {
    const facts = factsOf(
      after(
        s.handling,
        on('2026-11-24 10:00'),
        s.throughReviews(bureau),
        on('2026-11-25 09:00'),
        by(callbackOfficer, 'recordCallback', { satisfaction: { result: 4, attitude: 3, agent: 'declined' } }),
      ),
    )
    expect(facts).toMatchObject({
      status: 'closed',
      direct: false,
      outcome: 'satisfied',
      dispatchCount: 1,
      isDispatchedLate: false,
      acknowledgedOnTime: true,
      firstContactAt: at('2026-11-24 10:00'),
      firstContactBy: at('2026-11-24 24:00'),
      callbackAt: at('2026-11-25 09:00'),
      solved: 'yes',
      satisfactionResult: 4,
      satisfactionAttitude: 3,
      satisfactionAgent: 'declined',
    })
    expect(facts.cases).toHaveLength(1)
    expect(facts.current).toMatchObject({ isLate: false, closedAt: at('2026-11-25 09:00') })
    expect(facts.unreachable).toBeUndefined()
  })

  it('直接办结的计入直办', () => {
    expect(factsOf(after(s.answered))).toMatchObject({ direct: true, cases: [], dispatchCount: 0 })
  })

  it('退单、延期、重办各计各的', () => {
    expect(factsOf(after(s.twiceReturned, by(dispatcher, 'dispatch')))).toMatchObject({
      dispatchCount: 3,
      returnRequestCount: 2,
      returnCount: 2,
    })
    expect(factsOf(after(s.extensionEndorsed, by(dispatcher, 'approveExtension'))).extensionCount).toBe(1)
    expect(factsOf(after(s.reworked)).reworkCount).toBe(1)
  })

  it('退回待派的，签收和联系算最后那个主办的', () => {
    const moved = [...s.handling, by(dispatcher, 'recall'), by(dispatcher, 'dispatch', { leadUnitId: OTHER_BUREAU })]
    expect(factsOf(after(s.handling, by(dispatcher, 'recall'))).acknowledgedOnTime).toBe(true)
    expect(factsOf(after(moved)).acknowledgedOnTime).toBeUndefined()
    expect(factsOf(after(moved)).current?.unitId).toBe(OTHER_BUREAU)
  })

  it('无法接通的没有评价', () => {
    expect(factsOf(after(s.inCallback, s.unanswered, s.clockRuns))).toMatchObject({
      unreachable: true,
      satisfactionResult: undefined,
      callbackAt: undefined,
    })
  })
})
