import { describe, expect, it } from 'vitest'
import { CLOCK } from '../actor'
import { isIndependentOf, type EventType } from './events'
import { given, by, on } from './testing/given'
import * as s from './testing/stories'
import { bureau, callbackOfficer, citizen, dispatcher, otherBureau, supervisor } from './testing/world'

/** The newest event of this type in a story. */
function lastOf(type: EventType, ...story: Parameters<typeof given>) {
  const event = given(...story).scene.events.findLast((each) => each.type === type)
  if (!event) throw new Error(`no ${type} in this story`)
  return event
}
const handlingBoth = [...s.withCo, s.acknowledged, by(otherBureau.clerk, 'acknowledge')]

describe('别人在此期间做的事，是否使我的提交作废', () => {
  it.each([
    ['黄牌', lastOf('ticket.cardIssued', s.handling, on('2026-11-30 10:00'), by(CLOCK, 'yellowCard'))],
    ['催办', lastOf('ticket.urged', s.handling, by(citizen, 'urge'))],
    ['联系', lastOf('ticket.contactRecorded', s.handling, by(bureau.clerk, 'recordContact'))],
    ['进展', lastOf('ticket.progressRecorded', s.handling, by(bureau.clerk, 'recordProgress'))],
  ])('%s：哪个任务上的都不作废', (_, event) => {
    for (const assignmentId of ['a1', 'a2', undefined]) expect(isIndependentOf(event, assignmentId)).toBe(true)
  })

  const coReplied = [...handlingBoth, by(otherBureau.handler, 'reply')]
  it.each([
    ['协办签收', lastOf('ticket.acknowledged', handlingBoth)],
    ['协办分办', lastOf('ticket.handlerAssigned', handlingBoth, by(otherBureau.clerk, 'assignHandler'))],
    ['协办反馈', lastOf('ticket.replied', coReplied)],
    ['协办审核', lastOf('ticket.unitReviewed', coReplied, by(otherBureau.lead, 'reviewByUnit'))],
    ['协办延期', lastOf('ticket.extensionRequested', handlingBoth, by(otherBureau.handler, 'requestExtension'))],
    ['协办退单', lastOf('ticket.returnRequested', handlingBoth, by(otherBureau.clerk, 'requestReturn'))],
    [
      '协办退单获准',
      lastOf(
        'ticket.returnApproved',
        handlingBoth,
        by(otherBureau.clerk, 'requestReturn'),
        by(dispatcher, 'approveReturn'),
      ),
    ],
  ])('%s：不作废主办的提交，作废协办自己的', (_, event) => {
    expect(isIndependentOf(event, 'a1')).toBe(true)
    expect(isIndependentOf(event, 'a2')).toBe(false)
    expect(isIndependentOf(event, undefined)).toBe(false)
  })

  it.each([
    ['受理', lastOf('ticket.accepted', s.registered)],
    ['更正', lastOf('ticket.amended', s.handling, by(dispatcher, 'amend'))],
    ['派单', lastOf('ticket.dispatched', s.dispatched)],
    ['撤回改派', lastOf('ticket.recalled', s.handling, by(dispatcher, 'recall'))],
    [
      '主办退单获准',
      lastOf('ticket.returnApproved', s.withCo, by(bureau.clerk, 'requestReturn'), by(dispatcher, 'approveReturn')),
    ],
    ['热线退回', lastOf('ticket.hotlineReviewed', s.signedOff, by(dispatcher, 'reviewByHotline', { isPassed: false }))],
    ['热线审核通过', lastOf('ticket.hotlineReviewed', s.inCallback)],
    ['重办', lastOf('ticket.reworked', s.reworked)],
    ['回访', lastOf('ticket.callbackRecorded', s.closed)],
    ['未接通', lastOf('ticket.callbackAttempted', s.inCallback, by(callbackOfficer, 'recordAttempt'))],
    ['甄别', lastOf('ticket.callbackJudged', s.inJudgement, by(supervisor, 'judgeCallback'))],
    ['办结', lastOf('ticket.closed', s.closed)],
    ['重启', lastOf('ticket.reopened', s.closed, by(dispatcher, 'reopen'))],
  ])('%s：谁的提交都作废', (_, event) => {
    for (const assignmentId of ['a1', 'a2', undefined]) expect(isIndependentOf(event, assignmentId)).toBe(false)
  })
})
