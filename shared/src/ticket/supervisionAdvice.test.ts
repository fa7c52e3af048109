import { describe, expect, it } from 'vitest'
import { desksOf } from './desks'
import { isSupervisionAdvised, supervisionAdvice } from './supervisionAdvice'
import { TRIGGERS_OF } from './supervision'
import { after, by, on, setting, ticketOf, type Step } from './testing/given'
import * as s from './testing/stories'
import * as w from './testing/world'

type Story = Parameters<typeof after>

/** What is advised after this story, at this moment. */
const adviceAt = (moment: string, ...story: Story) => {
  const advice = supervisionAdvice(after(...story), w.at(moment), w.calendar)
  for (const { form, trigger } of advice) expect(TRIGGERS_OF[form]).toContain(trigger)
  return advice.map(({ form, trigger, reason }) => `${form} ${trigger} ${reason}`)
}
/** Due 2026-11-30 24:00. */
const contacted = [...s.handling, by(w.bureau.handler, 'recordContact')]
const letter: Step[] = [
  on('2026-12-02 09:00'),
  by(w.supervisor, 'supervise', { form: 'urgeLetter', deadline: w.at('2026-12-04 18:00') }),
]
const again: Step[] = [
  ...s.throughReviews(w.bureau),
  by(w.callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
]

describe('督办建议（§2.7）', () => {
  it('没有到期、正常办理的，不建议', () => {
    expect(adviceAt('2026-11-30 23:59', contacted)).toEqual([])
    expect(adviceAt('2026-12-02 09:00', s.registered)).toEqual([])
    expect(adviceAt('2026-12-20 09:00', s.closed)).toEqual([])
  })

  it('到期次日仍未办结、未报理由的，书面催办', () => {
    expect(adviceAt('2026-11-30 24:00', contacted)).toEqual([])
    expect(adviceAt('2026-12-01 00:00:01', contacted)).toEqual(['urgeLetter overdue 超期 1 个工作日，未报理由'])
    expect(adviceAt('2026-12-03 09:00', contacted)).toEqual(['urgeLetter overdue 超期 3 个工作日，未报理由'])
  })

  it('反馈时已报超期理由的，不再书面催办', () => {
    const late = [...contacted, on('2026-12-01 09:00'), by(w.bureau.handler, 'reply')]
    expect(adviceAt('2026-12-02 09:00', late)).toEqual([])
  })

  it('书面催办后仍超 5 个工作日的，通报批评', () => {
    const urged = [...contacted, ...letter, by(w.supervisor, 'closeSupervision')]
    expect(adviceAt('2026-12-09 23:59', urged)).toEqual([])
    expect(adviceAt('2026-12-10 00:00', urged)).toEqual(['criticism overdue 书面催办后已超过 5 个工作日仍未办结'])
    // The letter is still being watched: the criticism is advised nevertheless.
    expect(adviceAt('2026-12-10 00:00', [...contacted, ...letter])).toEqual([
      'criticism overdue 书面催办后已超过 5 个工作日仍未办结',
    ])
    const criticised = [
      ...urged,
      on('2026-12-10 09:00'),
      by(w.supervisor, 'supervise', { form: 'criticism', deadline: w.at('2026-12-12 09:00') }),
    ]
    expect(adviceAt('2026-12-11 09:00', criticised)).toEqual([])
  })

  it('拒不接收：系统代签后没有进展的，电话督办', () => {
    const taken = [...s.dispatched, on('2026-11-25 00:00'), s.clockRuns]
    expect(adviceAt('2026-11-25 09:00', taken)).toEqual(['phone refused 逾期未签收也未退单，由系统签收后仍无进展'])
    expect(adviceAt('2026-11-25 09:00', taken, by(w.bureau.handler, 'recordProgress'))).toEqual([])
  })

  it('应解决未解决：重办两次的，书面督办', () => {
    expect(adviceAt('2026-11-23 10:00', s.reworked)).toEqual([])
    expect(adviceAt('2026-11-23 10:00', s.reworked, again)).toEqual(['written unsolved 已重办 2 次，应解决未解决'])
  })

  it('办理不力造成负面影响：紧急诉求逾期的，现场督办', () => {
    const urgent = [
      ...s.registeredAs({ urgency: 'urgent' }),
      by(w.dispatcher, 'dispatch'),
      s.acknowledged,
      by(w.bureau.handler, 'recordContact'),
    ]
    expect(adviceAt('2026-11-26 09:00', urgent)[0]).toBe('onSite badEffect 紧急诉求逾期未办，易造成负面影响')
  })

  it('其他：未按时联系诉求人的，电话督办；匿名件、已反馈的除外', () => {
    expect(adviceAt('2026-11-24 23:59', s.handling)).toEqual([])
    expect(adviceAt('2026-11-25 09:00', s.handling)).toEqual(['phone other 未按时联系诉求人'])
    const anonymous = [
      ...s.registeredAs({ caller: { isAnonymous: true, number: '13805430001' } }),
      by(w.dispatcher, 'dispatch'),
      s.acknowledged,
    ]
    expect(adviceAt('2026-11-25 09:00', anonymous)).toEqual([])
  })

  it('多次集中反映未解决：催办和同类诉求满三次的，书面督办', () => {
    const urged = [...contacted, ...[1, 2, 3].map(() => by(w.agent, 'urge'))]
    expect(adviceAt('2026-11-23 10:00', urged.slice(0, -1))).toEqual([])
    expect(adviceAt('2026-11-23 10:00', urged)).toEqual(['written repeated 催办和同类诉求共 3 次，多次集中反映未解决'])
  })

  it('回访对态度不满意的，请督办员核实作风', () => {
    const rude = [
      ...s.inCallback,
      by(w.callbackOfficer, 'recordCallback', {
        ...s.dissatisfied('reasonable'),
        satisfaction: { result: 1, attitude: 1, agent: 5 },
      }),
    ]
    expect(adviceAt('2026-11-23 10:00', rude)).toEqual(['phone attitude 回访对承办人员态度不满意，请核实作风'])
  })

  it('最重的在前；正在同样督办的不再建议', () => {
    const bad = [...s.handling, ...[1, 2, 3].map(() => by(w.agent, 'urge'))]
    expect(adviceAt('2026-12-01 09:00', bad).map((line) => line.split(' ')[0])).toEqual([
      'urgeLetter',
      'written',
      'phone',
    ])
    const watched = [
      ...bad,
      on('2026-12-01 09:00'),
      by(w.supervisor, 'supervise', { form: 'urgeLetter', deadline: w.at('2026-12-03 09:00') }),
    ]
    expect(adviceAt('2026-12-01 10:00', watched).map((line) => line.split(' ')[1])).toEqual(['repeated', 'other'])
  })

  it('每个承办单位分别看', () => {
    const advice = supervisionAdvice(
      after(s.withCo, s.acknowledged, by(w.bureau.handler, 'recordContact')),
      w.at('2026-12-01 09:00'),
      w.calendar,
    )
    expect(advice.map(({ unitId }) => unitId)).toEqual([w.BUREAU, w.OTHER_BUREAU])
  })

  it('发了红牌、系统代签的，在“建议督办”台上；督办以后不在', () => {
    const red = [...contacted, on('2026-12-01 00:00'), s.clockRuns]
    expect(isSupervisionAdvised(after(red))).toBe(true)
    expect(desksOf(after(red))).toContain('hotline|toSupervise')
    expect(desksOf(after(contacted))).not.toContain('hotline|toSupervise')
    const watched = after(red, by(w.supervisor, 'supervise'))
    expect(desksOf(watched)).not.toContain('hotline|toSupervise')
    expect(desksOf(watched)).toEqual(expect.arrayContaining(['hotline|supervising', `${w.BUREAU}|supervised`]))
    expect(desksOf(after(red, by(w.supervisor, 'supervise'), by(w.bureau.clerk, 'answerSupervision')))).not.toContain(
      `${w.BUREAU}|supervised`,
    )
    expect(desksOf(after(s.reworked, again))).toContain('hotline|toSupervise')
    expect(
      desksOf(
        ticketOf(
          setting(() => ({ status: 'archived' }))({
            world: w.WORLD,
            at: w.MONDAY,
            events: [],
            ticket: watched,
          }),
        ),
      ).filter((desk) => desk.startsWith('hotline')),
    ).toEqual([])
  })
})
