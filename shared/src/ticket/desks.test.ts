import { describe, expect, it } from 'vitest'
import { deskKey, desksOf, dueByOf, isDueToday, isOverdue, unmetByOf } from './desks'
import { after, by, on, setting } from './testing/given'
import * as s from './testing/stories'
import { agent, at, BUREAU, bureau, callbackOfficer, dispatcher, OTHER_BUREAU, otherBureau } from './testing/world'

const bureauDesk = (desk: Parameters<typeof deskKey>[1]) => deskKey(BUREAU, desk)

describe('办件台', () => {
  it.each([
    ['待受理', s.submitted(), ['hotline|intake']],
    ['待派单', s.registered, ['hotline|dispatch']],
    ['待补充', s.infoRequested, ['hotline|needInfo']],
    ['已并单', s.merged, []],
    ['待签收', s.dispatched, [bureauDesk('open'), bureauDesk('toAcknowledge')]],
    ['在办', s.handling, [bureauDesk('open'), bureauDesk('handling')]],
    ['待单位审核', s.replied, [bureauDesk('open'), bureauDesk('inReview')]],
    ['热线审核', s.signedOff, [bureauDesk('replied'), 'hotline|hotlineReview']],
    ['待回访', s.inCallback, [bureauDesk('replied'), 'hotline|callback']],
    ['待甄别', s.inJudgement, [bureauDesk('replied'), 'hotline|judgement']],
    [
      '一位诉求人待甄别，另一位还要回访',
      [...s.bothInCallback, by(callbackOfficer, 'recordCallback', s.dissatisfied('unreasonable'))],
      [bureauDesk('replied'), 'hotline|judgement', 'hotline|callback'],
    ],
    ['退单审核', s.returnRequested, [bureauDesk('open'), bureauDesk('returning'), 'hotline|returnReview']],
    ['延期待单位审', s.extensionRequested, [bureauDesk('open'), bureauDesk('handling'), bureauDesk('extending')]],
    ['延期待热线审', s.extensionEndorsed, [bureauDesk('open'), bureauDesk('handling'), 'hotline|extensionReview']],
    ['已办结', s.closed, []],
    ['直接办结', s.answered, []],
  ])('%s', (_, story, desks) => expect(desksOf(after(story)).sort()).toEqual([...desks].sort()))

  it('各单位各在各的台上，抄送不上台', () => {
    expect(desksOf(after(s.withCo, s.acknowledged)).sort()).toEqual(
      [
        bureauDesk('open'),
        bureauDesk('handling'),
        deskKey(OTHER_BUREAU, 'open'),
        deskKey(OTHER_BUREAU, 'toAcknowledge'),
      ].sort(),
    )
  })

  it('退单中的在单位的退单中，同时在热线的退单审核', () => {
    const both = after(s.withCo, by(bureau.clerk, 'requestReturn'), by(otherBureau.clerk, 'requestReturn'))
    expect(desksOf(both).filter((desk) => desk === 'hotline|returnReview')).toHaveLength(1)
    expect(desksOf(both)).not.toContain(bureauDesk('toAcknowledge'))
  })

  it('退回、撤回以后不在单位的台上', () => {
    for (const story of [
      [...s.returnRequested, by(dispatcher, 'approveReturn')],
      [...s.handling, by(dispatcher, 'recall')],
    ])
      expect(desksOf(after(story))).toEqual(['hotline|dispatch'])
  })
})

describe('在谁手里，什么时候到期', () => {
  it.each([
    ['待受理：没有', s.submitted(), undefined],
    ['待派单：派单时限', s.registered, at('2026-11-23 24:00')],
    ['在单位：主办的时限', s.handling, at('2026-11-30 24:00')],
    ['待单位审核：还是单位的', s.replied, at('2026-11-30 24:00')],
    ['热线审核：热线的', s.signedOff, at('2026-11-24 24:00')],
    ['待回访：下次拨打', s.inCallback, at('2026-11-23 09:00')],
    ['待甄别：回访时限', s.inJudgement, at('2026-11-26 24:00')],
    ['办结：没有', s.closed, undefined],
  ])('%s', (_, story, due) => expect(dueByOf(after(story))).toEqual(due))

  it('没有主办时按承诺', () => {
    expect(
      dueByOf(
        after(
          s.dispatched,
          setting(() => ({ leadAssignmentId: undefined })),
        ),
      ),
    ).toEqual(at('2026-11-30 24:00'))
  })
})

describe('对诉求人的承诺还没兑现', () => {
  const promise = at('2026-11-30 24:00')
  it.each([
    ['首次派单前没有承诺', s.registered, undefined],
    ['在单位手里', s.handling, promise],
    ['待单位审核', s.replied, promise],
    ['退回热线待派单，仍算', [...s.returnRequested, by(dispatcher, 'approveReturn')], promise],
    ['会商中，仍算', [...s.handling, setting(() => ({ status: 'consulting' }))], promise],
    ['单位已签发，不算', s.signedOff, undefined],
    ['回访中，不算', s.inCallback, undefined],
    ['办结，不算', s.closed, undefined],
    ['重启待派，承诺重新起算', [...s.closed, by(agent, 'reopen')], undefined],
  ])('%s', (_, story, expected) => expect(unmetByOf(after(story))).toEqual(expected))

  it('重办后又是未兑现', () => {
    expect(unmetByOf(after(s.inCallback, on('2026-12-08 10:00'), s.reworked.slice(s.inCallback.length)))).toEqual(
      at('2026-12-11 24:00'),
    )
  })

  it('超期：到期时刻一过即是', () => {
    expect(isOverdue(promise, promise)).toBe(false)
    expect(isOverdue(promise, new Date(promise.getTime() + 1))).toBe(true)
    expect(isOverdue(undefined, promise)).toBe(false)
  })

  it('今日到期：24:00 到期的属于当日，已超期的不算', () => {
    expect(isDueToday(promise, at('2026-11-30 00:00'))).toBe(true)
    expect(isDueToday(promise, at('2026-11-29 23:59'))).toBe(false)
    expect(isDueToday(at('2026-11-30 09:00'), at('2026-11-30 10:00'))).toBe(false)
    expect(isDueToday(at('2026-11-30 09:00'), at('2026-11-30 08:00'))).toBe(true)
    // At the stroke of midnight it is neither overdue nor of the new day.
    expect(isDueToday(promise, promise)).toBe(false)
    expect(isDueToday(undefined, promise)).toBe(false)
  })
})
