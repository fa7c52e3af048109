import { describe, expect, it } from 'vitest'
import { flagsOf, outcomeOf, type Said } from './callbackRule'

const said = (solved: Said['solved'], result: Said['satisfaction']['result'], judged?: Said['judged']): Said => ({
  solved,
  satisfaction: { result, attitude: 5, agent: 5 },
  judged,
})

describe('回访结果的去向', () => {
  it.each([
    ['已解决、非常满意', said('yes', 5), 'close'],
    ['已解决、拒绝评价', said('yes', 'declined'), 'close'],
    ['未表态、基本满意', said('noOpinion', 3), 'close'],
    ['部分解决、基本满意', said('partly', 3), 'close'],
    ['部分解决、不满意、合理', said('partly', 2, 'reasonable'), 'rework'],
    ['已解决、非常不满意、合理', said('yes', 1, 'reasonable'), 'rework'],
    ['未解决、满意、合理', said('no', 4, 'reasonable'), 'rework'],
    ['未解决、不合理', said('no', 1, 'unreasonable'), 'judgement'],
    ['未解决、尚未判定', said('no', 'declined'), undefined],
  ] as const)('%s', (_name, answers, outcome) => expect(outcomeOf(answers)).toBe(outcome))

  it('态度差、话务差另行跟进，不影响去向', () => {
    const answers: Said = { solved: 'yes', satisfaction: { result: 5, attitude: 2, agent: 1 } }
    expect(outcomeOf(answers)).toBe('close')
    expect(flagsOf(answers)).toEqual(['attitude', 'agentService'])
    expect(flagsOf({ satisfaction: { result: 1, attitude: 3, agent: 'declined' } })).toEqual([])
  })
})
