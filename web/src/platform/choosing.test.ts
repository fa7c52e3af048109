import { describe, expect, it } from 'vitest'
import { beginChoosing, isChoosing, untilChosen } from './choosing'

describe('选得比列表快', () => {
  it('提交前等到选定，后开始的也等；没有在选的不等', async () => {
    expect(await untilChosen()).toBe(true)
    const steps: string[] = []
    const first = beginChoosing()
    const sent = untilChosen().then(() => steps.push('提交'))
    const second = beginChoosing()
    first()
    await Promise.resolve()
    steps.push('选定')
    second()
    second()
    await sent
    expect(steps).toEqual(['选定', '提交'])
    expect(isChoosing()).toBe(false)
  })

  it('没有选上的，说没有选上', async () => {
    const end = beginChoosing()
    const other = beginChoosing()
    const sent = untilChosen()
    end(false)
    other()
    expect(await sent).toBe(false)
  })
})
