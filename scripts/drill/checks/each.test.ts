import { begin, move, PEOPLE } from '@hotline/shared/ticket/testing/walk'
import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { createDice } from '../random'
import { unfolded } from './each'

/** A ticket with its history, as it comes over the wire. */
function aView(seed: string): TicketView {
  const dice = createDice(seed)
  let scene = begin({})
  for (let step = 0; step < 60; step += 1)
    scene = move(scene, {
      ...{ person: dice.int(0, PEOPLE.length - 1), pick: dice.int(0, 1000), variant: dice.int(0, 11) },
      ...{ minutes: dice.int(0, 200), wish: 'onward' },
    })
  return JSON.parse(JSON.stringify({ ...scene.ticket, history: scene.events })) as TicketView
}

describe('流转记录还原', () => {
  it('与工单一致时没有差别', () => {
    for (let n = 0; n < 20; n += 1) expect(unfolded(aView(`life ${n}`))).toEqual([])
  })

  it('工单与记录不符的，说出是哪一项', () => {
    const view = aView('changed')
    expect(unfolded({ ...view, detail: '改过的内容', reworkCount: 9 })).toEqual(['detail', 'reworkCount'])
  })

  it('记录少了一条的，看得出来', () => {
    const view = aView('short')
    expect(unfolded({ ...view, history: view.history.slice(0, -1) })).toContain('version')
  })
})
