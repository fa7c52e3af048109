import { describe, expect, it } from 'vitest'
import { agentOf, endWrapUp, evolveCall, isUnanswered, loseCall, resultOf, secondsOf, stateOf, type Call } from './call'
import type { CallNews } from './call'

const START = Date.parse('2026-11-20T02:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1000)

type Step = [seconds: number, event: CallNews['event'], more?: Partial<CallNews>]
const LI = { agentId: 'li' }
const play = (...steps: Step[]): Call => {
  let call: Call | undefined
  for (const [seconds, event, more] of steps)
    call = evolveCall(call, { event, direction: 'in', ...more }, at(seconds), 120)
  if (!call) throw new Error('no steps')
  return call
}

describe('一通电话', () => {
  it('振铃、应答、挂断、整理：等待、通话、话后的秒数各归各', () => {
    const call = play([0, 'newCall', LI], [8, 'answer', LI], [188, 'hangup', { cause: 'normalClearing', ...LI }])
    expect(stateOf(call)).toBe('wrapUp')
    const ended = endWrapUp(call, at(218))
    expect(stateOf(ended)).toBe('done')
    expect(resultOf(ended)).toBe('answered')
    expect(secondsOf(ended)).toEqual({ wait: 8, talk: 180, wrapUp: 30 })
  })

  it('各个阶段', () => {
    expect(stateOf(play([0, 'newCall', LI]))).toBe('ringing')
    expect(stateOf(play([0, 'newCall', LI], [5, 'answer', LI]))).toBe('talking')
    expect(stateOf(play([0, 'newCall', LI], [5, 'hangup', { cause: 'cancel' }]))).toBe('done')
  })

  it('无论哪一步重复多少次，都和一次一样', () => {
    const steps: Step[] = [
      [0, 'newCall', LI],
      [8, 'answer', LI],
      [60, 'hangup', { cause: 'normalClearing', ...LI }],
    ]
    const once = play(...steps)
    expect(play(...steps.flatMap((step): Step[] => [step, step, step]))).toEqual(once)
    expect(play(...steps, [70, 'newCall', LI], [71, 'answer', LI], [72, 'hangup', { cause: 'busy' }])).toEqual(once)
  })

  it.each([
    ['normalClearing', 'abandoned'],
    ['cancel', 'abandoned'],
    [undefined, 'abandoned'],
    ['busy', 'busy'],
    ['USER_BUSY', 'busy'],
    ['congestion', 'busy'],
    ['noAnswer', 'missed'],
    ['notFound', 'missed'],
    ['timeout', 'missed'],
    ['forwarded', 'forwarded'],
  ])('没有人接，挂断原因 %s：%s', (cause, result) => {
    expect(resultOf(play([0, 'newCall', LI], [20, 'hangup', { cause }]))).toBe(result)
  })

  it('先到的是挂断，后到的应答仍算接通，但不编造通话时长', () => {
    const call = play([0, 'hangup', { cause: 'normalClearing', ...LI }], [1, 'answer', LI], [2, 'newCall', LI])
    expect(resultOf(call)).toBe('answered')
    expect(stateOf(call)).toBe('wrapUp')
    expect(secondsOf(call)).toEqual({ wait: undefined, talk: undefined, wrapUp: undefined })
  })

  it('没有振铃的应答：等待多久不知道，通话多久知道', () => {
    const call = play([0, 'answer', LI], [1, 'newCall', LI], [61, 'hangup', { cause: 'normalClearing' }])
    expect(secondsOf(call)).toMatchObject({ wait: undefined, talk: 61 })
  })

  it('排队的电话没有坐席，挂断后不进入整理', () => {
    const call = play([0, 'newCall', { queue: '综合' }], [30, 'hangup', { cause: 'cancel' }])
    expect(agentOf(call)).toBeUndefined()
    expect(call.queue).toBe('综合')
    expect(isUnanswered(call)).toBe(true)
    expect(secondsOf(call).wait).toBe(30)
    expect(stateOf(play([0, 'newCall'], [3, 'answer'], [30, 'hangup']))).toBe('done')
  })

  it('无人接时转振另一个坐席，屏幕跟着走；旧事件重放不会把它拉回来', () => {
    const moved = play([0, 'newCall', LI], [15, 'newCall', { agentId: 'wang' }], [16, 'newCall', LI])
    expect(agentOf(moved)).toBe('wang')
    const answered = evolveCall(moved, { event: 'answer', direction: 'in', ...LI }, at(20))
    expect(agentOf(answered)).toBe('li')
  })

  it('整理只结束一次，过了时限按时限算', () => {
    const call = play([0, 'newCall', LI], [2, 'answer', LI], [10, 'hangup'])
    expect(endWrapUp(call, at(500)).wrapUpEndedAt).toEqual(at(130))
    const ended = endWrapUp(call, at(20))
    expect(endWrapUp(ended, at(40))).toBe(ended)
  })

  it('收不到挂断的电话被时钟关闭：不算通话时长，没人接过的算漏接', () => {
    const talking = loseCall(play([0, 'newCall', LI], [2, 'answer', LI]), at(6 * 3600))
    expect([stateOf(talking), resultOf(talking)]).toEqual(['done', 'answered'])
    expect(secondsOf(talking)).toMatchObject({ wait: 2, talk: undefined })
    const ringing = loseCall(play([0, 'newCall', LI]), at(6 * 3600))
    expect([stateOf(ringing), resultOf(ringing)]).toEqual(['done', 'missed'])
    expect(secondsOf(ringing).wait).toBeUndefined()
  })
})
