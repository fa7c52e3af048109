import { MongoClient, type Db } from 'mongodb'
import { expect } from 'vitest'
import type { CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Answer, Client, RequestOptions, TestApp } from './app'

/** 滨城区住建局, another bureau beside it, and those above and beside them. */
export const UNIT = '371602-ZJ'
export const OTHER_UNIT = '371602-CG'
export const COUNTY = '371602'
export const TOWN = '371602005'
export const MATTER = '010501'
export const NUMBER = '13800001234'
export const NAME = '欧阳静文'

type Body = Record<string, unknown>

export const aCaller = (overrides: Body = {}): Body => ({ number: NUMBER, name: NAME, ...overrides })

/** What an agent sends when he registers; complete, ordinary. */
export const aRegistration = (overrides: Body = {}): Body => ({
  channel: 'phone',
  caller: aCaller(),
  kind: 'complaint',
  matterCode: MATTER,
  regionCode: TOWN,
  address: '渤海十八路黄河五路',
  title: '夜间施工噪音',
  detail: '工地连续三晚施工到凌晨两点，影响休息。',
  urgency: 'general',
  ...overrides,
})

export const aDispatch = (overrides: Body = {}): Body => ({
  leadUnitId: UNIT,
  task: '核实夜间施工',
  standard: '停止夜间施工并答复诉求人',
  limit: { kind: 'profile' },
  ...overrides,
})

export const aReply = (at: Date, overrides: Body = {}): Body => ({
  isFactual: 'yes',
  contacted: 'yes',
  contactedAt: at.toISOString(),
  contactMethod: 'phone',
  contactNumber: NUMBER,
  solved: 'yes',
  handling: '已责令停工。',
  publicReply: '您反映的夜间施工已停止。',
  overdueReason: '检测耗时',
  ...overrides,
})

export const aCallback = (overrides: Body = {}): Body => ({
  method: 'phone',
  solved: 'yes',
  contactedByUnit: true,
  satisfaction: { result: 5, attitude: 5, agent: 5 },
  ...overrides,
})

export const dissatisfied = (judged: 'reasonable' | 'unreasonable'): Body =>
  aCallback({ solved: 'no', satisfaction: { result: 1, attitude: 3, agent: 5 }, reasons: ['notSolved'], judged })

export function ok(answer: Answer): Answer['body'] {
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

export interface Desk {
  as(username: string): Promise<Client>
  register(overrides?: Body, username?: string): Promise<TicketView>
  /** The ticket as this person sees it now. */
  see(username: string, ticket: { id: string }): Promise<Answer>
  /** A command on the ticket's newest version. */
  tryTo(
    username: string,
    ticket: { id: string },
    command: CommandType | string,
    body?: Body,
    more?: RequestOptions,
  ): Promise<Answer>
  /** The same, and it must succeed. */
  act(username: string, ticket: { id: string }, command: CommandType, body?: Body): Promise<TicketView>
  /** Brings a new ticket there, through all the hands before. */
  dispatched(registration?: Body, dispatch?: Body): Promise<TicketView>
  handling(registration?: Body, dispatch?: Body): Promise<TicketView>
  inReview(registration?: Body, dispatch?: Body): Promise<TicketView>
  inHotlineReview(registration?: Body, dispatch?: Body): Promise<TicketView>
  inCallback(registration?: Body, dispatch?: Body): Promise<TicketView>
  closed(registration?: Body, dispatch?: Body): Promise<TicketView>
}

const AGENT = 'agent1'
const DISPATCHER = 'dispatcher1'

/** What a desk needs of an app: its people, and what time it is there. */
export type House = Pick<TestApp, 'signIn'> & { clock: { now(): Date } }

export function openDesk(app: House): Desk {
  const desk: Desk = {
    as: (username) => app.signIn(username),
    async register(overrides, username = AGENT) {
      return ok(await (await app.signIn(username)).post('/api/tickets', aRegistration(overrides)))
    },
    see: async (username, { id }) => (await app.signIn(username)).get(`/api/tickets/${id}`),
    async tryTo(username, { id }, command, body = {}, more) {
      const { version } = ok(await (await app.signIn('director')).get(`/api/tickets/${id}`))
      return (await app.signIn(username)).post(`/api/tickets/${id}/${command}`, { version, ...body }, more)
    },
    act: async (username, ticket, command, body) => ok(await desk.tryTo(username, ticket, command, body)),
    async dispatched(registration, dispatch) {
      return desk.act(DISPATCHER, await desk.register(registration), 'dispatch', aDispatch(dispatch))
    },
    async handling(registration, dispatch) {
      const ticket = await desk.dispatched(registration, dispatch)
      return desk.act(`clerk@${ticket.leadUnitId}`, ticket, 'acknowledge')
    },
    async inReview(registration, dispatch) {
      const ticket = await desk.handling(registration, dispatch)
      const isHidden = ticket.confidentiality > 0 || ticket.isAnonymous || !ticket.hasContact
      const contact = isHidden
        ? { contacted: 'exempt', contactedAt: undefined, contactMethod: undefined, contactNumber: undefined }
        : {}
      return desk.act(`handler@${ticket.leadUnitId}`, ticket, 'reply', aReply(app.clock.now(), contact))
    },
    async inHotlineReview(registration, dispatch) {
      const ticket = await desk.inReview(registration, dispatch)
      return desk.act(`lead@${ticket.leadUnitId}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意上报' })
    },
    async inCallback(registration, dispatch) {
      const ticket = await desk.inHotlineReview(registration, dispatch)
      return desk.act(DISPATCHER, ticket, 'reviewByHotline', { isPassed: true, opinion: '办理到位' })
    },
    async closed(registration, dispatch) {
      return desk.act('callback1', await desk.inCallback(registration, dispatch), 'recordCallback', aCallback())
    },
  }
  return desk
}

/** The app's own database, to look at what is really stored. */
export async function openDatabase(app: Pick<TestApp, 'uri'>): Promise<{ db: Db; close(): Promise<void> }> {
  const client = await MongoClient.connect(app.uri)
  return { db: client.db(), close: () => client.close() }
}

const PATIENCE_MS = 20_000

/** Asks until it is so: what jobs and effects do a moment later. */
export async function eventually<T>(ask: () => Promise<T>, isSo: (value: T) => boolean, what = '没有等到'): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS
  for (;;) {
    const value = await ask()
    if (isSo(value)) return value
    if (Date.now() > giveUpAt) throw new Error(`${what}: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
