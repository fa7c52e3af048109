import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { factsOf } from '../facts'
import type { Ticket } from '../ticket'
import { by, given, on, setting, where } from '../testing/given'
import * as s from '../testing/stories'
import {
  agent,
  at,
  BUREAU,
  bureau,
  citizen,
  director,
  dispatcher,
  MAIN_ID,
  MAIN_NO,
  OTHER_BUREAU,
  profile,
  supervisor,
  WORLD,
} from '../testing/world'

const main = WORLD.main as Ticket
const withMain = (patch: Partial<Ticket>) => where({ main: { ...main, ...patch } })

describe('并单', () => {
  it('待派单、待受理的可以并入主单，写明并到哪里；不再有派单时限', () => {
    for (const story of [s.registered, s.submitted()])
      for (const actor of [dispatcher, director]) {
        const { ticket } = given(story).when(actor, 'merge').then('ticket.merged', { mainId: MAIN_ID, mainNo: MAIN_NO })
        expect(ticket).toMatchObject({ status: 'merged', merger: { mainId: MAIN_ID, mainNo: MAIN_NO } })
        expect([ticket.dispatchBy, ticket.nextCheckAt, ticket.closedAt]).toEqual([undefined, undefined, undefined])
      }
  })

  it('话务员不能并单；派出去的不能并单', () => {
    given(s.registered)
      .when(agent, 'merge')
      .refused('forbidden', /^您的岗位不能并单$/)
    given(s.dispatched)
      .when(dispatcher, 'merge')
      .refused('illegalTransition', /^工单待签收，不能并单$/)
  })

  it.each([
    [where({ main: undefined }), /^主单不存在，或您无权查看$/],
    [withMain({ id: 't1' }), /^不能并入本件自己$/],
    [withMain({ status: 'closed' }), /^主单已经结束，不能并入$/],
    [withMain({ status: 'withdrawn' }), /^主单已经结束，不能并入$/],
    [
      withMain({
        status: 'merged',
        merger: {
          mainId: 't0',
          mainNo: '371600261123000001',
          at: main.registeredAt,
          by: main.registeredBy,
          statusBefore: 'accepted',
        },
      }),
      /^所选工单已并入 371600261123000001，请并入该主单$/,
    ],
  ])('主单须未结束、未并入别处、不是本件', (world, message) => {
    given(s.registered, world).when(dispatcher, 'merge').refused('ruleViolated', message)
  })

  it('已有他人并入的不能再并入别处：不让任何一位诉求人辗转', () => {
    given(s.joined)
      .when(dispatcher, 'merge')
      .refused('ruleViolated', /^已有其他诉求并入本件，请把另一件并入本件$/)
  })

  it('督办未销号的不能并单', () => {
    given(s.registered, by(supervisor, 'supervise', { unitId: undefined }))
      .when(dispatcher, 'merge')
      .refused('ruleViolated', /^督办未销号，不能并单$/)
  })

  it('举报保密件只与同级、同一被反映单位的并单', () => {
    const secret = s.registeredAs({ kind: 'report', confidentiality: 2, accusedUnitIds: [BUREAU] })
    const onlySame = /^举报保密件只能与保密级别、被反映单位都相同的工单并单$/
    given(secret).when(dispatcher, 'merge').refused('ruleViolated', onlySame)
    given(secret, withMain({ confidentiality: 2, accusedUnitIds: [OTHER_BUREAU] }))
      .when(dispatcher, 'merge')
      .refused('ruleViolated', onlySame)
    given(s.registered, withMain({ confidentiality: 2 }))
      .when(dispatcher, 'merge')
      .refused('ruleViolated', onlySame)
    given(secret, withMain({ confidentiality: 2, accusedUnitIds: [BUREAU] }))
      .when(dispatcher, 'merge')
      .then('ticket.merged')
  })

  it('并入了举报保密件的主单，不能降低保密级别，不能去掉被反映单位；撤销并单以后可以', () => {
    const secret = s.registeredAs({ kind: 'report', confidentiality: 2, accusedUnitIds: [BUREAU] })
    const joined = [...secret, by(CLOCK, 'joinCaller', { keptFrom: [BUREAU] })]
    const story = given(joined)
    expect(story.ticket.participants?.[0]?.keptFrom).toEqual([BUREAU])
    for (const changes of [
      { confidentiality: 1 as const },
      { confidentiality: 0 as const, kind: 'complaint' as const },
    ])
      story
        .when(dispatcher, 'amend', { changes })
        .refused('invalidInput', /^并入的诉求是举报保密件，不能降低保密级别，请先撤销并单$/)
    story
      .when(dispatcher, 'amend', { changes: { accusedUnitIds: [] } })
      .refused('invalidInput', /^并入的举报保密件也反映了该单位，不能去掉$/)
    story.when(dispatcher, 'amend', { changes: { accusedUnitIds: [BUREAU, OTHER_BUREAU] } }).then('ticket.amended')
    given(joined, by(CLOCK, 'leaveCaller'))
      .when(dispatcher, 'amend', { changes: { confidentiality: 0 } })
      .then('ticket.amended')
  })

  it('同一时刻主单改了保密级别的，并不进去', () => {
    const open = s.registeredAs({ kind: 'report', accusedUnitIds: [BUREAU] })
    given(open)
      .when(CLOCK, 'joinCaller', { keptFrom: [BUREAU] })
      .refused('ruleViolated', /^举报保密件只能与/)
    const secret = s.registeredAs({ kind: 'report', confidentiality: 2, accusedUnitIds: [BUREAU] })
    given(secret)
      .when(CLOCK, 'joinCaller')
      .refused('ruleViolated', /^举报保密件只能与/)
  })

  it('被反映单位不得承办：主单由它承办、或主单没有列明它的，不能并入', () => {
    const accusing = s.registeredAs({ accusedUnitIds: [BUREAU] })
    given(
      accusing,
      where({
        main: given(
          s.handling,
          setting(() => ({ id: MAIN_ID })),
        ).ticket,
      }),
    )
      .when(dispatcher, 'merge')
      .refused('ruleViolated', /^主单由本件的被反映单位承办，不能并入$/)
    given(accusing)
      .when(dispatcher, 'merge')
      .refused('ruleViolated', /^本件反映的单位主单没有列明，请先更正$/)
    given(accusing, withMain({ accusedUnitIds: [BUREAU] }))
      .when(dispatcher, 'merge')
      .then('ticket.merged')
  })

  it('并单件上的命令都说清并到了哪里', () => {
    given(s.merged)
      .when(dispatcher, 'dispatch')
      .refused('illegalTransition', /^本件已并入 371600261123000090，请在主单上办理$/)
    given(s.merged)
      .when(citizen, 'withdraw')
      .refused('illegalTransition', /^本件已并入 371600261123000090，请在主单上办理$/)
  })

  it('退单回来的并入主单：它的期限由主单承担，不再另计一件应结', () => {
    const returned = given(s.registered, s.returnedBy(bureau))
    expect(returned.ticket.cases).toHaveLength(1)
    const { ticket } = returned.when(dispatcher, 'merge').then('ticket.merged')
    expect(factsOf(ticket).cases).toEqual([])
    expect(ticket.resolveBy).toEqual(returned.ticket.resolveBy)
  })
})

describe('撤销并单', () => {
  it('三个工作日内撤销，回到待派单，派单时限重新起算', () => {
    const { ticket } = given(s.merged, on('2026-11-26 23:59'))
      .when(dispatcher, 'unmerge', { reason: '不是同一工地' })
      .then('ticket.unmerged', { mainId: MAIN_ID, dispatchBy: at('2026-11-26 24:00') })
    expect(ticket).toMatchObject({ status: 'accepted' })
    expect(ticket.merger).toBeUndefined()
    given(s.merged, on('2026-11-27 00:01'))
      .when(dispatcher, 'unmerge')
      .refused('ruleViolated', /^并单超过 3 个工作日（.+），不能撤销$/)
  })

  it('期限按方案；并单前待受理的回到待受理', () => {
    const one = where({ profile: { ...profile, unmergeWorkdays: 1 } })
    given(one, s.merged, on('2026-11-25 00:01'))
      .when(director, 'unmerge')
      .refused('ruleViolated', /^并单超过 1 个工作日/)
    expect(
      given(s.submitted(), by(dispatcher, 'merge')).when(dispatcher, 'unmerge').then('ticket.unmerged').ticket.status,
    ).toBe('registered')
  })

  it('主单已经结束的不能撤销；没有并单的谈不上撤销', () => {
    given(s.merged, withMain({ status: 'closed' }))
      .when(dispatcher, 'unmerge')
      .refused('ruleViolated', /^主单已经结束，不能撤销并单$/)
    given(s.registered)
      .when(dispatcher, 'unmerge')
      .refused('illegalTransition', /^工单待派单，不能撤销并单$/)
  })

  it('主单接不了的，系统随时退回', () => {
    given(s.merged, withMain({ status: 'closed' }), on('2027-03-01 09:00'))
      .when(CLOCK, 'unmerge')
      .then('ticket.unmerged')
  })

  it('退单回来的撤销后，原来的期限和应结都还在', () => {
    const before = given(s.registered, s.returnedBy(bureau)).ticket
    const { ticket } = given(s.registered, s.returnedBy(bureau), by(dispatcher, 'merge'))
      .when(dispatcher, 'unmerge')
      .then('ticket.unmerged')
    expect(ticket.cases).toEqual(before.cases)
    expect(ticket.resolveBy).toEqual(before.resolveBy)
  })
})

describe('主单接收并入的诉求人', () => {
  it('逐人登记在主单上，算一次催办', () => {
    const { ticket, news } = given(s.handling).when(CLOCK, 'joinCaller').then('ticket.callerJoined')
    expect(news.map(({ type }) => type)).toEqual(['ticket.callerJoined', 'ticket.urged'])
    expect(ticket).toMatchObject({
      status: 'handling',
      urgeCount: 1,
      participants: [{ ticketId: 't9', no: '371600261123000009', needsCallback: true }],
    })
    expect(ticket.lastUrgedByCallerAt).toBeUndefined()
  })

  it('同一件并入两次，只算一次', () => {
    given(s.joined)
      .when(CLOCK, 'joinCaller', { ticketId: 't9' })
      .refused('ruleViolated', /^该诉求已经并入$/)
  })

  it('只有系统能并入诉求人；已结束的不再接收', () => {
    given(s.handling)
      .when(dispatcher, 'joinCaller')
      .refused('forbidden', /^您的岗位不能并入诉求人$/)
    given(s.closed)
      .when(CLOCK, 'joinCaller')
      .refused('illegalTransition', /^工单已办结，不能并入诉求人$/)
  })

  it('主单的期限取最早：先答应的先兑现，承办单位自己的时限不变', () => {
    const before = given(s.handling).ticket
    const { ticket } = given(s.handling)
      .when(CLOCK, 'joinCaller', { resolveBy: '2026-11-25T00:00:00+08:00' })
      .then('ticket.callerJoined', { promise: { resolveBy: at('2026-11-25 00:00'), isProvisional: false } })
    expect(ticket.resolveBy).toEqual(at('2026-11-25 00:00'))
    expect(ticket.promises.at(-1)).toMatchObject({ reason: 'merge' })
    expect(ticket.cases.at(-1)?.dueAt).toEqual(at('2026-11-25 00:00'))
    expect(ticket.assignments[0]?.resolveBy).toEqual(before.assignments[0]?.resolveBy)
  })

  it('晚于主单期限的不改主单', () => {
    const before = given(s.handling).ticket
    const { ticket } = given(s.handling)
      .when(CLOCK, 'joinCaller', { resolveBy: '2027-01-05T00:00:00+08:00' })
      .then('ticket.callerJoined')
    expect(ticket.resolveBy).toEqual(before.resolveBy)
    expect(ticket.promises).toEqual(before.promises)
  })

  it('主单还没派的：派单时限取最早，首次派单时的期限也取最早', () => {
    const story = [
      ...s.registered,
      by(CLOCK, 'joinCaller', { resolveBy: '2026-11-25T00:00:00+08:00', dispatchBy: '2026-11-23T10:00:00+08:00' }),
    ]
    const waiting = given(story).ticket
    expect(waiting.dispatchBy).toEqual(at('2026-11-23 10:00'))
    expect(waiting.resolveBy).toBeUndefined()
    expect(given(story).when(dispatcher, 'dispatch').then('ticket.dispatched').ticket).toMatchObject({
      resolveBy: at('2026-11-25 00:00'),
    })
  })

  it('撤销并入的，不再回访；已经答应的期限不收回，还没派的不再受其约束', () => {
    const early = { resolveBy: '2026-11-25T00:00:00+08:00' }
    const left = given(s.registered, by(CLOCK, 'joinCaller', early), by(CLOCK, 'leaveCaller'))
    expect(left.ticket.participants).toBeUndefined()
    expect(left.when(dispatcher, 'dispatch').then('ticket.dispatched').ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
    const working = given(s.handling, by(CLOCK, 'joinCaller', early), by(CLOCK, 'leaveCaller')).ticket
    expect(working.resolveBy).toEqual(at('2026-11-25 00:00'))
    given(s.joined)
      .when(CLOCK, 'leaveCaller', { ticketId: 't7' })
      .refused('ruleViolated', /^该诉求没有并入本件$/)
    given(s.registered)
      .when(CLOCK, 'leaveCaller')
      .refused('ruleViolated', /^没有并入的诉求人$/)
  })

  it('重办、重启是对每一个人的新期限，并入时的旧期限不再作数', () => {
    const early = { resolveBy: '2026-11-25T00:00:00+08:00', needsCallback: false }
    const { ticket } = given(s.registered, by(CLOCK, 'joinCaller', early), s.closed.slice(1), on('2026-12-01 09:00'))
      .when(supervisor, 'rework')
      .then('ticket.reworked')
    expect(ticket.joinedBy).toBeUndefined()
    expect(ticket.resolveBy).toEqual(at('2026-12-04 24:00'))
  })

  it('并入的诉求人各自一天可以催办一次', () => {
    const other = { ...citizen, ticketId: 't9' }
    const urged = given(s.dispatched, by(CLOCK, 'joinCaller'), by(citizen, 'urge'))
    const { ticket } = urged.when(other, 'urge').then('ticket.urged', { isByCaller: true, participantId: 't9' })
    expect(ticket.urgeCount).toBe(3)
    given(() => urged.scene, by(other, 'urge'))
      .when(other, 'urge')
      .refused('ruleViolated', /^一天只能催办一次$/)
    given(() => urged.scene, by(other, 'urge'), on('2026-11-24 08:00'))
      .when(other, 'urge')
      .then('ticket.urged')
  })

  it('有人并入的不能撤回：一个人撤回不了几个人的事', () => {
    given(s.joined)
      .when(citizen, 'withdraw')
      .refused('ruleViolated', /^其他诉求人也反映了同一事项，不能撤回$/)
  })
})
