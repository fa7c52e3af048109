import type { RatingItem } from '@hotline/shared/rating/view'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { CaseWorld, CommandCases } from './commandCases'
import { dissatisfied, eventually, ok, UNIT } from './desk'

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`
const LEAD = `lead@${UNIT}`
const HOUR = 3_600_000

/** 督办, 提级, 批示, 申诉, 好差评. */
export function oversightCases({ desk, now }: CaseWorld): CommandCases {
  const tomorrow = () => new Date(now().getTime() + 24 * HOUR).toISOString()
  const watching = () => ({
    form: 'written',
    trigger: 'overdue',
    requirement: '三日内办结并报告',
    deadline: tomorrow(),
  })
  const watched = async () => desk().act('supervisor1', await desk().handling(), 'supervise', watching())
  const reworked = async (times = 1): Promise<TicketView> => {
    let ticket = await desk().inCallback()
    for (let time = 1; ; time += 1) {
      ticket = await desk().act('callback1', ticket, 'recordCallback', dissatisfied('reasonable'))
      if (time === times) return ticket
      const reply = { isFactual: 'yes', contacted: 'yes', contactedAt: now().toISOString(), contactMethod: 'visit' }
      await desk().act(HANDLER, ticket, 'reply', { ...reply, solved: 'yes', handling: '已停工', publicReply: '已停工' })
      // Often reworked ones are weighty.
      await desk().act(`head@${UNIT}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意' })
      await desk().act('dispatcher1', ticket, 'reviewByHotline', { isPassed: true, opinion: '同意' })
    }
  }
  /** A bad rating's rectification ticket, in the hands of the unit. */
  const rectifying = async (): Promise<TicketView> => {
    const rating = { channel: 'counter', unitId: UNIT, window: '3 号窗口', score: 1, isNamed: false }
    const { id } = ok(await (await desk().as(CLERK)).post('/api/ratings', rating)) as RatingItem
    const items = async (): Promise<RatingItem[]> =>
      ok(await (await desk().as('supervisor1')).get('/api/ratings?pageSize=100')).items
    const found = await eventually(
      async () => (await items()).find((item) => item.id === id),
      (item) => item?.rectification !== undefined,
    )
    return desk().act(CLERK, { id: found!.rectification!.ticketId }, 'acknowledge')
  }

  return {
    supervise: {
      given: () => desk().handling(),
      by: 'supervisor1',
      body: watching,
      wrong: { form: 'shout', trigger: 'mood', requirement: '', deadline: '明天' },
      fields: ['deadline', 'form', 'requirement', 'trigger'],
      notHis: 'callback1',
      becomes: 'handling',
    },
    answerSupervision: {
      given: watched,
      by: HANDLER,
      body: () => ({ supervisionId: 's1', answer: '已责令停工' }),
      wrong: { supervisionId: '', answer: '' },
      fields: ['answer', 'supervisionId'],
      notHis: 'callback1',
      becomes: 'handling',
    },
    closeSupervision: {
      given: watched,
      by: 'supervisor1',
      body: () => ({ supervisionId: 's1', result: '已停工，销号' }),
      wrong: { supervisionId: '', result: '' },
      fields: ['result', 'supervisionId'],
      notHis: 'callback1',
      becomes: 'handling',
    },
    escalate: {
      given: () => reworked(3),
      by: 'supervisor1',
      body: () => ({ requirement: '请区政府协调', deadline: tomorrow() }),
      wrong: { requirement: '', deadline: '尽快' },
      fields: ['deadline', 'requirement'],
      notHis: 'callback1',
      becomes: 'handling',
    },
    instruct: {
      given: () => desk().handling(),
      by: 'cityleader',
      body: () => ({ instruction: '请认真办理' }),
      wrong: { instruction: '', deadline: '尽快' },
      fields: ['deadline', 'instruction'],
      notHis: 'director',
      becomes: 'handling',
    },
    appealCallback: {
      given: () => reworked(),
      by: LEAD,
      body: () => ({ reason: '问题已解决，诉求人另有所求' }),
      wrong: { reason: '', attachmentIds: 'a1' },
      fields: ['attachmentIds', 'reason'],
      notHis: HANDLER,
      becomes: 'handling',
    },
    rectify: {
      given: rectifying,
      by: HANDLER,
      body: () => ({ cause: '业务不熟', measures: '组织培训', result: '已当面致歉' }),
      wrong: { cause: '', measures: '', result: '' },
      fields: ['cause', 'measures', 'result'],
      notHis: LEAD,
      becomes: 'unitReview',
    },
    appealRating: {
      given: rectifying,
      by: CLERK,
      body: () => ({ reason: '评价人误触评价器' }),
      wrong: { reason: '' },
      fields: ['reason'],
      notHis: HANDLER,
      becomes: 'handling',
    },
    judgeRating: {
      given: rectifying,
      by: 'supervisor1',
      body: () => ({ verdict: 'valid', reason: '经核实属实' }),
      wrong: { verdict: 'maybe', reason: '' },
      fields: ['reason', 'verdict'],
      notHis: 'dispatcher1',
      becomes: 'handling',
    },
  }
}
