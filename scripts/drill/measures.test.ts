import { evaluate } from '@hotline/shared/stats/evaluate'
import { MEASURES } from '@hotline/shared/stats/measures'
import { factsOf } from '@hotline/shared/ticket/facts'
import { begin, letClockAct, move, PEOPLE } from '@hotline/shared/ticket/testing/walk'
import { WORLD } from '@hotline/shared/ticket/testing/world'
import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { measuresOf } from './measures'
import { createDice, type Dice } from './random'
import { recount } from './recount'

const DAY = 24 * 3_600_000
const WALKS = 300

/** A ticket's life at random: weeks long, with cards, returns, reworks, reopenings, some never ending. */
function aLife(dice: Dice) {
  let scene = begin({ urgency: dice.pick(['general', 'general', 'urgent'] as const), needsCallback: dice.chance(0.8) })
  const steps = dice.int(5, 80)
  for (let step = 0; step < steps; step += 1) {
    const minutes = dice.chance(0.75) ? dice.int(0, 90) : dice.int(300, 3000)
    const wish = dice.pick(['onward', 'onward', 'onward', 'any', 'any', 'aside'] as const)
    const person = dice.int(0, PEOPLE.length - 1)
    scene = move(scene, { person, pick: dice.int(0, 1000), variant: dice.int(0, 11), minutes, wish })
  }
  return letClockAct(scene)
}

describe('由流转记录重算的指标', () => {
  const dice = createDice('measures')
  const lives = Array.from({ length: WALKS }, () => aLife(dice))
  const facts = lives.flatMap(({ ticket }) => (ticket ? [factsOf(ticket)] : []))
  const recounts = lives.map(({ events }) => recount(JSON.parse(JSON.stringify(events)) as TicketView['history']))
  const begun = Math.min(...facts.map(({ registeredAt }) => registeredAt.getTime()))

  it('各种经历都在其中', () => {
    const sum = (of: (one: (typeof recounts)[number]) => number) => recounts.reduce((total, one) => total + of(one), 0)
    expect(sum(({ returns }) => returns)).toBeGreaterThan(5)
    expect(sum(({ reworks }) => reworks)).toBeGreaterThan(5)
    expect(sum(({ extensions }) => extensions)).toBeGreaterThan(2)
    expect(recounts.some(({ ways }) => ways.length > 1)).toBe(true)
    expect(recounts.some(({ ways }) => ways.some(({ wasLate }) => wasLate))).toBe(true)
  })

  it.each([
    [0, 60],
    [1, 3],
    [2, 9],
    [5, 12],
    [7, 30],
  ])('第 %i 天到第 %i 天，与领域代码的统计一致', (first, last) => {
    const period = { from: new Date(begun + first * DAY), to: new Date(begun + last * DAY) }
    const own = measuresOf(recounts, period.from.getTime(), period.to.getTime())
    const theirs = MEASURES.flatMap((measure) => {
      const { numerator, denominator } = evaluate(measure, facts, period, WORLD.calendar)
      return own[measure.id] ? [[measure.id, { numerator, denominator }] as const] : []
    })
    expect(own).toEqual(Object.fromEntries(theirs))
  })
})
