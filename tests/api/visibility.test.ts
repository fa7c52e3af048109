import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import {
  aCaller,
  aReply,
  eventually,
  NUMBER,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  TOWN,
  UNIT,
  type Desk,
} from '../helpers/desk'
import { listen } from '../helpers/socket'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`
const CO_CLERK = `clerk@${OTHER_UNIT}`
const idsIn = (body: { items: TicketRow[] }) => body.items.map(({ id }) => id)

/** Everything that a person's pages ask for about a ticket. */
async function everything(person: string, { id, no }: Pick<TicketView, 'id' | 'no'>): Promise<string> {
  const client = await desk.as(person)
  const paths = [`/api/tickets/${id}`, `/api/tickets/${no}`, '/api/tickets?pageSize=100', '/api/notices']
  const answers = await Promise.all(paths.map(async (path) => (await client.get(path)).body as unknown))
  return JSON.stringify(answers)
}

describe('保密、匿名件：正文里诉求人自己的姓名', () => {
  const NAME = '慕容晓燕'
  const KNOWN = /慕容|晓燕/
  const words = `我是${NAME}，慕容女士，小区里都叫我老慕容，电话${NUMBER}。`

  it.each([
    ['对承办单位隐藏身份', { confidentiality: 1 }],
    ['举报保密', { confidentiality: 2, kind: 'report' }],
    ['匿名', {}],
  ])(
    '%s：登记、更正、补充、进展、反馈、催办、退回里写到的，承办单位在详情、列表、记录、消息里都看不到',
    async (label, change) => {
      const caller = aCaller({ name: NAME, isAnonymous: label === '匿名' })
      const ticket = await desk.handling({
        ...change,
        caller,
        title: `${NAME}反映噪音`,
        detail: words,
        address: `${NAME}家`,
      })
      await desk.act('dispatcher1', ticket, 'amend', { changes: { detail: `更正：${words}` }, reason: `${NAME}要求` })
      await desk.act('agent1', ticket, 'supplement', { text: `补充：${words}` })
      await desk.act(HANDLER, ticket, 'recordProgress', { note: `走访了慕容女士` })
      await desk.act('dispatcher1', ticket, 'urge', { note: `${NAME}又来电` })
      await desk.act(HANDLER, ticket, 'reply', {
        ...aReply(app.clock.now(), { handling: `已答复${NAME}`, contacted: 'exempt' }),
        contactedAt: undefined,
        contactMethod: undefined,
        contactNumber: undefined,
      })
      await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', { isPassed: false, opinion: `请再核实慕容女士` })
      await eventually(
        async () => (await (await desk.as(HANDLER)).get('/api/notices')).body.items as { ticketId: string }[],
        (items) => items.some(({ ticketId }) => ticketId === ticket.id),
      )
      for (const person of [CLERK, HANDLER, `head@${UNIT}`, 'clerk@371602', 'cityleader'])
        expect([person, KNOWN.exec(await everything(person, ticket))?.[0]]).toEqual([person, undefined])
      const seen = ok(await desk.see(CLERK, ticket)) as TicketView
      expect([seen.title, seen.address]).toEqual(['***反映噪音', '***家'])
      expect(seen.detail).toBe('更正：我是***，*女士，小区里都叫我老*，电话138****1234。')
      expect(ok(await desk.see('dispatcher1', ticket)).detail).toContain(NAME)
    },
  )

  it('公开的件不动：姓名是诉求人自己写给承办单位的', async () => {
    const ticket = await desk.dispatched({ caller: aCaller({ name: NAME }), detail: words })
    expect(ok(await desk.see(CLERK, ticket)).detail).toContain('慕容女士')
  })

  it('摘要恰好截断在姓名中间，也不露半个', async () => {
    for (let before = 115; before <= 120; before += 1) {
      const detail = `${'噪'.repeat(before)}${NAME}请勿外传`
      const ticket = await desk.dispatched({ confidentiality: 1, caller: aCaller({ name: NAME }), detail })
      const list = ok(await (await desk.as(CLERK)).get('/api/tickets'))
      const row = list.items.find(({ id }: TicketRow) => id === ticket.id)
      expect([before, KNOWN.test(row.excerpt), /慕/.test(row.excerpt)]).toEqual([before, false, false])
    }
  })

  it('按姓名搜不到；事情本身搜得到；后来改为保密的，也随即搜不到', async () => {
    const ticket = await desk.dispatched({
      confidentiality: 1,
      caller: aCaller({ name: '尉迟宝琳' }),
      detail: '我是尉迟宝琳，尉迟先生，河边有人倾倒废渣。',
    })
    const later = await desk.dispatched({ caller: aCaller({ name: '尉迟宝琳' }), detail: '尉迟宝琳说桥栏杆断了' })
    const search = async (person: string, q: string) =>
      idsIn(ok(await (await desk.as(person)).get(`/api/tickets?q=${encodeURIComponent(q)}`)))
    await eventually(
      () => search(CLERK, '倾倒废渣'),
      (found) => found.includes(ticket.id),
    )
    await eventually(
      () => search(CLERK, '尉迟宝琳'),
      (found) => found.includes(later.id),
    )
    for (const person of [CLERK, 'dispatcher1'])
      for (const q of ['尉迟宝琳', '宝琳', '尉迟先生']) expect(await search(person, q)).not.toContain(ticket.id)
    await desk.act('dispatcher1', later, 'amend', { changes: { confidentiality: 1 }, reason: '诉求人要求保密' })
    await eventually(
      () => search(CLERK, '尉迟宝琳'),
      (found) => !found.includes(later.id),
    )
    expect(await search(CLERK, '桥栏杆')).toContain(later.id)
    const { db, close } = await openDatabase(app)
    const texts = await db
      .collection<{ _id: string; text: string }>('ticketTexts')
      .find({ _id: { $in: [ticket.id, later.id] } })
    expect(JSON.stringify(await texts.toArray())).not.toMatch(/尉迟|宝琳/)
    await close()
  })
})

describe('后来才保密的件', () => {
  it('先前发出的消息里也不再有诉求人的姓名', async () => {
    const ticket = await desk.dispatched({ caller: aCaller({ name: '淳于长风' }), title: '淳于长风反映扬尘' })
    const mine = async () => {
      const { items } = ok(await (await desk.as(CLERK)).get('/api/notices?pageSize=100'))
      return items.filter((item: { ticketId: string }) => item.ticketId === ticket.id) as { text: string }[]
    }
    await eventually(mine, (items) => items.some(({ text }) => text.includes('淳于长风')))
    await desk.act('dispatcher1', ticket, 'amend', { changes: { confidentiality: 1 }, reason: '诉求人要求保密' })
    await eventually(mine, (items) => items.every(({ text }) => text === '***反映扬尘'))
  })
})

describe('协办单位只见本任务', () => {
  const SECRET = '只给主办单位看的话'

  it('详情、列表、记录、消息、迟到的提示里都没有主办单位的办理和退单争议', async () => {
    const ticket = await desk.handling({}, { coUnitIds: [OTHER_UNIT] })
    await desk.act(CO_CLERK, ticket, 'acknowledge')
    const { version } = ok(await desk.see(CO_CLERK, ticket)) as TicketView
    await desk.act(HANDLER, ticket, 'recordProgress', { note: SECRET })
    await desk.act(HANDLER, ticket, 'recordContact', {
      contactedAt: app.clock.now().toISOString(),
      method: 'phone',
      isReached: true,
      result: SECRET,
    })
    await desk.act(HANDLER, ticket, 'requestExtension', { reason: SECRET, workdays: 2, isCallerTold: true })
    expect(await everything(CO_CLERK, ticket)).not.toContain(SECRET)
    expect(await everything(CLERK, ticket)).toContain(SECRET)
    const seen = ok(await desk.see(CO_CLERK, ticket)) as TicketView
    expect(seen.assignments.map(({ unitId, role }) => [unitId, role])).toEqual([[OTHER_UNIT, 'co']])
    expect([seen.leadUnitName, seen.detail]).toEqual([expect.stringContaining('住房'), expect.stringContaining('工地')])
    expect(seen.dueBy).toBe(seen.assignments[0]?.resolveBy)
    const list = ok(await (await desk.as(CO_CLERK)).get('/api/tickets'))
    const row = list.items.find(({ id }: TicketRow) => id === ticket.id) as TicketRow
    expect([row.hasPendingExtension, row.returnCount, row.mine?.role]).toEqual([false, 0, 'co'])
    await desk.act('dispatcher1', ticket, 'recall', { reason: '改派他处' })
    const late = await (
      await desk.as(CO_CLERK)
    ).post(`/api/tickets/${ticket.id}/requestReturn`, {
      version,
      reason: 'notOurDuty',
      basis: '三定规定',
      suggestedUnitId: UNIT,
    })
    expect(late.status).toBe(409)
    const labels = (late.body.details?.since ?? []).map(({ type }: { type: string }) => type)
    expect(labels).toEqual(['ticket.recalled'])
  })

  it('推送只说“看”，不说内容', async () => {
    const ticket = await desk.handling({}, { coUnitIds: [OTHER_UNIT] })
    const ear = await listen(app, await desk.as(CO_CLERK))
    expect(await ear.follow(ticket.id)).toBe(true)
    await desk.act(HANDLER, ticket, 'recordProgress', { note: SECRET })
    await eventually(
      async () => ear.heard,
      (heard) => heard.some(({ event }) => event === 'ticket.changed'),
    )
    expect(JSON.stringify(ear.heard)).not.toContain(SECRET)
    ear.close()
  })
})

describe('会商', () => {
  it('受邀单位在会商期间看到议题和意见，结束后看不到；没受邀的一直看不到', async () => {
    const ticket = await desk.register()
    await desk.act('dispatcher1', ticket, 'openConsultation', { topic: '由谁牵头', unitIds: [UNIT, OTHER_UNIT] })
    await desk.act(CLERK, ticket, 'giveOpinion', { stance: 'lead', opinion: '愿意牵头', basis: '三定规定' })
    const seen = ok(await desk.see(CO_CLERK, ticket)) as TicketView
    expect([seen.consultations?.[0]?.topic, seen.consultations?.[0]?.opinions[0]?.opinion]).toEqual([
      '由谁牵头',
      '愿意牵头',
    ])
    expect((await desk.see(`clerk@${TOWN}`, ticket)).status).toBe(404)
    await desk.act('dispatcher1', ticket, 'cancelConsultation', { reason: '已明确' })
    expect((await desk.see(CO_CLERK, ticket)).status).toBe(404)
  })
})

describe('并单以后的诉求人', () => {
  it('热线看到每个人的掩码联系方式；承办单位看不到，也不知道有保密的那一位', async () => {
    const main = await desk.register()
    const open = await desk.register({ caller: aCaller({ number: '13911112222', name: '钱多' }) })
    const hidden = await desk.register({
      confidentiality: 1,
      caller: aCaller({ number: '13933334444', name: '孙不二' }),
      detail: '我是孙不二，同一工地。',
    })
    for (const one of [open, hidden])
      await desk.act('dispatcher1', one, 'merge', { mainId: main.id, reason: '同一工地' })
    const seen = ok(await desk.see('callback1', main)) as TicketView
    expect(seen.participants?.map(({ no, contact }) => [no, contact])).toEqual([
      [open.no, { name: '钱**', number: '139****2222' }],
      [hidden.no, { name: '孙**', number: '139****4444' }],
    ])
    await desk.act('dispatcher1', main, 'dispatch', {
      leadUnitId: UNIT,
      task: '核实',
      standard: '答复',
      limit: { kind: 'profile' },
    })
    const unit = ok(await desk.see(CLERK, main)) as TicketView
    expect(unit.participants?.map(({ no, contact }) => [no, contact])).toEqual([[open.no, undefined]])
    const all = await everything(CLERK, main)
    for (const word of [hidden.no, hidden.id, '孙不二', '钱多', '13911112222', '139****2222'])
      expect([word, all.includes(word)]).toEqual([word, false])
    for (const one of [open, hidden]) expect((await desk.see(CLERK, one)).status).toBe(404)
  })
})
