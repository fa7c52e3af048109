import { describe, expect, it } from 'vitest'
import vectors from '../stats/vectors.json'
import { callMeasures, NO_CALLS, type CallCounts } from './measures'

const of = (counts: Partial<CallCounts>) =>
  Object.fromEntries(callMeasures({ ...NO_CALLS, ...counts }).map((measure) => [measure.id, measure]))

describe('通话类指标', () => {
  it('接通率与通报一致：滨州 2021-07 人工接通 16365、来电 16567', () => {
    const known = vectors.kpi_vectors.find(({ name }) => name.startsWith('connect rate'))
    expect(known).toBeDefined()
    const { connectRate } = of({ answered: known?.num, offered: known?.den })
    expect(connectRate?.value).toBe(known?.stated_pct)
    expect(connectRate?.target).toBe(95)
  })

  it('15 秒接通率以来电量为分母', () =>
    expect(of({ offered: 200, answered: 190, prompt: 182 }).promptRate?.value).toBe(91))

  it('平均时长只算说得清的通话', () => {
    const { averageWait, averageTalk } = of({ answered: 5, timed: 4, waitSeconds: 48, talkSeconds: 600 })
    expect([averageWait?.value, averageTalk?.value]).toEqual([12, 150])
  })

  it('漏接、放弃、忙线都要回拨，回拨率以它们为分母', () => {
    const { unanswered, returnRate } = of({ missed: 3, abandoned: 4, busy: 1, returned: 6 })
    expect([unanswered?.value, returnRate?.value]).toEqual([8, 75])
  })

  it('没有电话时没有比率', () => expect(of({}).connectRate?.value).toBeNull())
})
