import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { useTicks } from './useTicks'

const rows = ref(['1', '2', '3', '4', '5'].map((id) => ({ id })))
const idsOf = (chosen: readonly { id: string }[]) => chosen.map(({ id }) => id)

describe('勾选', () => {
  it('按住 Shift 连选一段，不能勾的跳过', () => {
    const ticks = useTicks(
      () => rows.value,
      ({ id }) => id !== '3',
    )
    ticks.tick({ id: '2' }, true)
    ticks.tick({ id: '5' }, true, true)
    expect(idsOf(ticks.chosen.value)).toEqual(['2', '4', '5'])
    ticks.tick({ id: '4' }, false, true)
    expect(idsOf(ticks.chosen.value)).toEqual(['2'])
  })

  it('全选本页；离开列表的不再算选中', () => {
    const ticks = useTicks(() => rows.value)
    ticks.all()
    expect(ticks.chosen.value).toHaveLength(5)
    rows.value = rows.value.slice(0, 2)
    expect(idsOf(ticks.chosen.value)).toEqual(['1', '2'])
    ticks.all(false)
    expect(ticks.chosen.value).toEqual([])
  })
})
