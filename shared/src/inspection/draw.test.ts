import { describe, expect, it } from 'vitest'
import { assignInspectors, drawOrder, randomOf, type Drawable } from './draw'

const many = (n: number, layer = 'u'): Drawable[] =>
  Array.from({ length: n }, (_, k) => ({ id: `${layer}${String(k).padStart(4, '0')}`, layer }))
const nobody = new Set<string>()

describe('随机抽取检查件', () => {
  it('同一个种子、同一批工单，任何人重抽都是同样的结果；名单的先后不影响', () => {
    const population = many(50)
    const order = drawOrder(population, 'a', false).map(({ id }) => id)
    expect(drawOrder(population.toReversed(), 'a', false).map(({ id }) => id)).toEqual(order)
    expect(drawOrder(population, 'b', false).map(({ id }) => id)).not.toEqual(order)
    expect(new Set(order).size).toBe(50)
  })

  it('每件被抽到的机会相同', () => {
    const hits = new Map<string, number>()
    const [draws, size, of] = [4000, 5, 20]
    for (let n = 0; n < draws; n += 1)
      for (const { id } of drawOrder(many(of), `seed ${n}`, false).slice(0, size)) hits.set(id, (hits.get(id) ?? 0) + 1)
    const expected = (draws * size) / of
    // Five standard deviations of a binomial: a fair draw passes it in all but one of a hundred thousand.
    const wide = 5 * Math.sqrt(expected * (1 - size / of))
    for (const { id } of many(of)) expect(Math.abs((hits.get(id) ?? 0) - expected)).toBeLessThan(wide)
  })

  it('随机数均匀', () => {
    const random = randomOf('x')
    const buckets = Array.from({ length: 10 }, () => 0)
    for (let n = 0; n < 100_000; n += 1) {
      const bucket = Math.floor(random() * 10)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })

  it('分层抽取：每个单位按它的件数出，相差不到两件，抽多少都如此', () => {
    const population = [...many(60, 'a'), ...many(30, 'b'), ...many(10, 'c')]
    for (const seed of ['1', '2', '3']) {
      const order = drawOrder(population, seed, true)
      for (const size of [10, 20, 37, 50, 100])
        for (const [layer, share] of Object.entries({ a: 0.6, b: 0.3, c: 0.1 })) {
          const got = order.slice(0, size).filter((one) => one.layer === layer).length
          expect(Math.abs(got - size * share)).toBeLessThan(2)
        }
    }
  })
})

describe('随机派检查人', () => {
  it('经手过的人不检查这一件', () => {
    const candidates = many(40).map(({ id }) => ({ id, barred: new Set(['甲']) }))
    const { drawn } = assignInspectors(candidates, 20, ['甲', '乙'], 's')
    expect(drawn.length).toBe(20)
    expect(new Set(drawn.map(({ inspectorId }) => inspectorId))).toEqual(new Set(['乙']))
  })

  it('人人都经手过的一件跳过，由下一件补上，并且说得出跳过了哪件', () => {
    const candidates = many(3).map(({ id }, n) => ({ id, barred: n === 0 ? new Set(['甲', '乙']) : nobody }))
    const { drawn, passedOver } = assignInspectors(candidates, 2, ['甲', '乙'], 's')
    expect(passedOver).toEqual(['u0000'])
    expect(drawn.map(({ id }) => id)).toEqual(['u0001', 'u0002'])
  })

  it('各人件数相差不过一件', () => {
    const { drawn } = assignInspectors(
      many(50).map(({ id }) => ({ id, barred: nobody })),
      50,
      ['甲', '乙', '丙'],
      's',
    )
    const counts = ['甲', '乙', '丙'].map((who) => drawn.filter(({ inspectorId }) => inspectorId === who).length)
    expect(counts.toSorted()).toEqual([16, 17, 17])
  })

  it('没有检查人就抽不出', () => {
    expect(assignInspectors([{ id: 'x', barred: nobody }], 1, [], 's').drawn).toEqual([])
  })
})
