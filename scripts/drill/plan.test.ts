import { describe, expect, it } from 'vitest'
import { drawTodo } from './plan'
import { createDice } from './random'
import { isJoining, STORIES, storyOf, TIMED } from './stories'

const diceOf = (block: number) => createDice(`seed/${block}`)
const storiesOf = (count: number) => Array.from({ length: count }, (_, index) => storyOf(index, diceOf))

describe('演练的路', () => {
  it('每一百条走遍所有的路', () => {
    const all = storiesOf(300)
    for (const from of [0, 100, 200])
      expect(new Set(all.slice(from, from + 100))).toEqual(new Set(Object.keys(STORIES)))
  })

  it('三十条就走到会商、下派、并单、挂起、整改，和要等时间的路', () => {
    const first = storiesOf(30)
    for (const story of [
      'designated',
      'delegated',
      'joint',
      'consulted',
      'merged',
      'suspended',
      'supplemented',
    ] as const)
      expect(first).toContain(story)
    for (const story of ['secret', 'noContact', 'namedRating', 'overdue', 'unclaimed', 'unreachable'] as const)
      expect(first).toContain(story)
  })

  it('并入的一条紧跟主单', () => {
    const all = storiesOf(200)
    all.forEach((story, index) => expect(isJoining(story)).toBe(all[index - 1] === 'mergeMain'))
  })

  it('时钟不能拨动时，不走要等时间的路', () => {
    const all = Array.from({ length: 100 }, (_, index) => storyOf(index, diceOf, false))
    expect(all.filter((story) => TIMED.includes(story))).toEqual([])
  })

  it('同一种子，同样的经过；另一种子，另一顺序', () => {
    expect(storiesOf(100)).toEqual(storiesOf(100))
    expect(storiesOf(100)).not.toEqual(
      Array.from({ length: 100 }, (_, index) => storyOf(index, (block) => createDice(`other/${block}`))),
    )
    const todo = () => drawTodo('plain', 'help', createDice('seed/7'))
    expect(todo()).toEqual(todo())
  })

  it('不满意的都有理由和判定', () => {
    for (const story of ['reworked', 'dismissed', 'upheld'] as const) {
      const [said] = drawTodo(story, 'help', createDice(story)).said
      expect(said?.judged).toBe(story === 'reworked' ? 'reasonable' : 'unreasonable')
      expect(said?.reasons).toHaveLength(1)
    }
  })
})
