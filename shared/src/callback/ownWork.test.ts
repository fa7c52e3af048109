import { expect, it } from 'vitest'
import { NO_CALLS, ownCalls } from './ownWork'

const valueOf = (counts: Partial<typeof NO_CALLS>) =>
  Object.fromEntries(ownCalls({ ...NO_CALLS, ...counts }).map(({ id, value }) => [id, value]))

it('还没打电话时没有率，不是 0%', () => {
  expect(valueOf({})).toEqual({ called: 0, connectRate: null, satisfactionRate: null, talkMean: null })
})

it('约了时间也算接通；不评价的不进满意率；没记时长的不进平均', () => {
  expect(valueOf({ results: 5, appointments: 1, vain: 2, rated: 4, satisfied: 3, talks: 2, talkSeconds: 185 })).toEqual(
    {
      called: 5,
      connectRate: 75,
      satisfactionRate: 75,
      talkMean: 93,
    },
  )
})
