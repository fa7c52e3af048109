import { hasRole, type Actor } from '@hotline/shared/actor'
import { endWrapUp, evolveCall, loseCall, type Call } from '@hotline/shared/call/call'
import type { CtiEvent } from '@hotline/shared/call/ctiEvent'
import { MAY_REVEAL_CALLS } from '@hotline/shared/call/roles'
import { HOUR } from '@hotline/shared/calendar/millis'
import { AppError } from '@hotline/shared/error'
import { canSee } from '@hotline/shared/ticket/visibility'
import { isPhone, maskPhone, normalizePhone } from '@hotline/shared/user/masking'
import type { Role } from '@hotline/shared/user/roles'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Live } from '../../platform/live'
import type { Audit } from '../audit/auditService'
import type { Effect } from '../ticket/announcer'
import type { SealedContact } from '../ticket/sealedContact'
import type { TicketStore } from '../ticket/ticketStore'
import type { CallSettingsStore } from './callSettingsStore'
import { callIdOf, changed, isSame, rowOf, type NextCall } from './callRow'
import { callNumberContext, type CallRow, type CallStore } from './callStore'
import { RETURN_ROOMS } from './returnCalls'
import type { ReturnCallStore } from './returnCallStore'

export interface CallService {
  /** What an exchange tells; told again it changes nothing. @returns the call's id */
  receive(exchangeId: string, event: CtiEvent): Promise<string>
  /** One's own call, or, for those who look after all, any. @throws AppError notFound */
  load(id: string, actor: Actor): Promise<CallRow>
  endWrapUp(id: string, actor: Actor): Promise<CallRow>
  link(id: string, ticketId: string, actor: Actor): Promise<CallRow>
  reveal(id: string, reason: string, actor: Actor, ip?: string): Promise<string>
  /** In plain; nothing where it was withheld, or cannot be opened: one such call must not keep a list from being shown. */
  numberOf(row: Pick<CallRow, '_id' | 'number'>): string | undefined
  /** A ticket that was registered during a call is its ticket. */
  follow: Effect
  sweepWrapUps(): Promise<number>
  sweepLost(): Promise<number>
}

export interface CallServiceDeps {
  store: CallStore
  returns: ReturnCallStore
  settings: Pick<CallSettingsStore, 'now' | 'lineOf'>
  tickets: Pick<TicketStore, 'find'>
  contact: Pick<SealedContact, 'hashOf'>
  crypto: Crypto
  audit: Audit
  clock: Clock
  hint: Live['hint']
}

const MAY_LINK: readonly Role[] = ['shiftLead', 'director']
export const SEE_ALL_CALLS: readonly Role[] = [...MAY_REVEAL_CALLS, ...MAY_LINK]

const BATCH = 200
/** Two processes write the same call now and then, never so often. */
const ATTEMPTS = 20
const notFound = () => new AppError('notFound', '没有这通电话，或您无权查看')

export function createCallService(deps: CallServiceDeps): CallService {
  const { store, returns, settings, contact, crypto, audit, clock, hint } = deps

  /** Writes what it becomes, whoever else writes it at the same time. @returns undefined when nothing changes */
  async function change(
    id: string,
    become: (before: CallRow | undefined) => NextCall | undefined,
  ): Promise<{ before?: CallRow; after?: CallRow }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = await store.find(id)
      const next = become(before)
      if (!next) return { before, after: before }
      const after: CallRow = { ...next, version: (before?.version ?? 0) + 1 }
      if (await store.save(before, after)) {
        tell(before, after)
        return { before, after }
      }
    }
    throw new AppError('unavailable', '同一通电话正在被写入，请重试', { retryAfter: 1 })
  }

  /** The agent whose call it is or was a moment ago looks again; nobody else hears of it. */
  function tell(before: CallRow | undefined, after: CallRow): void {
    const agents = new Set([before?.agentId, after.agentId].filter((one): one is string => one !== undefined))
    if (agents.size > 0)
      hint(
        [...agents].map((one) => `user:${one}` as const),
        'call.changed',
        { id: after._id },
      )
  }

  /** Whoever was not answered waits for a call, until somebody has spoken to him. */
  async function settle({ numberHash, call, wantsReturn, beganAt }: CallRow, isNew: boolean) {
    if (!numberHash) return
    const answeredAt = call.answeredAt ?? (wantsReturn ? await returns.answeredSince(numberHash, beganAt) : undefined)
    const cleared = answeredAt ? await returns.clear(numberHash, answeredAt, answeredAt) : 0
    if (cleared > 0 || (wantsReturn && isNew)) hint(RETURN_ROOMS, 'returnCalls.changed')
  }

  async function load(id: string, actor: Actor): Promise<CallRow> {
    const row = await store.find(id)
    if (row && (row.agentId === actor.userId || hasRole(actor, ...SEE_ALL_CALLS))) return row
    throw notFound()
  }

  const numberOf: CallService['numberOf'] = ({ _id, number }) => {
    try {
      return number && crypto.open(number, callNumberContext(_id))
    } catch {
      return undefined
    }
  }

  function sealed(id: string, number: string) {
    if (number === '') return undefined
    return {
      numberHash: contact.hashOf(number),
      number: crypto.seal(number, callNumberContext(id)),
      ...(isPhone(number) ? { isCallable: true as const } : {}),
    }
  }

  async function sweep(rows: readonly CallRow[], become: (call: Call) => Call): Promise<number> {
    for (const { _id } of rows) {
      const { before, after } = await change(_id, (row) => row && changed(row, become(row.call)))
      if (after && after !== before) await settle(after, true)
    }
    return rows.length
  }

  return {
    load,
    numberOf,

    async receive(exchangeId, { callId, extensions, number: given, ...news }) {
      const id = callIdOf(exchangeId, callId)
      const agent = settings.lineOf(extensions)
      const number = sealed(id, normalizePhone(given))
      const at = clock.now()
      const { before, after } = await change(id, (row) => {
        const call = evolveCall(row?.call, { ...news, agentId: agent?.userId }, at, settings.now().wrapUpSeconds)
        const { direction, beganAt } = call
        const next = rowOf(row ?? { _id: id, exchangeId, direction, beganAt, tickets: [] }, call, { agent, number })
        return row && isSame(row, next) ? undefined : next
      })
      if (after) await settle(after, after !== before && !before?.wantsReturn)
      return id
    },

    async endWrapUp(id, actor) {
      const row = await load(id, actor)
      if (row.agentId !== actor.userId) throw notFound()
      if (!row.call.hangupAt) throw new AppError('illegalTransition', '通话还没有结束')
      const { after } = await change(id, (now) => now && changed(now, endWrapUp(now.call, clock.now())))
      return after ?? row
    },

    async link(id, ticketId, actor) {
      const row = await load(id, actor)
      if (row.agentId !== actor.userId && !hasRole(actor, ...MAY_LINK)) throw notFound()
      const found = await deps.tickets.find(ticketId)
      const isOfCaller = row.numberHash !== undefined && found?.callerHashes.includes(row.numberHash)
      if (!found || !(isOfCaller || canSee(found.t, actor)))
        throw new AppError('notFound', '没有这张工单，或您无权查看')
      const linked = await store.link(id, { id: found._id, no: found.t.no })
      if (!linked) throw notFound()
      tell(row, linked)
      return linked
    },

    async reveal(id, reason, actor, ip) {
      const row = await load(id, actor)
      if (row.agentId !== actor.userId && !hasRole(actor, ...MAY_REVEAL_CALLS))
        throw new AppError('forbidden', '您没有这项权限')
      const number = numberOf(row)
      if (!number)
        throw new AppError('ruleViolated', row.number ? '号码无法解密，请联系系统管理员' : '来电没有显示号码')
      const details = { number: maskPhone(number) }
      await audit.append({ actor, action: 'call.revealed', target: `calls/${id}`, reason, ip, details })
      return number
    },

    async follow(news) {
      for (const { ticket, events } of news) {
        const { callId, registeredBy, id, no } = ticket
        if (!callId || !events.some(({ type }) => type === 'ticket.registered')) continue
        const row = await store.find(callId)
        // Somebody else's call is not his to give tickets to.
        if (!row || ![...row.call.offeredTo, ...row.call.answeredBy].includes(registeredBy.userId)) continue
        const linked = await store.link(callId, { id, no })
        if (linked) tell(row, linked)
      }
    },

    sweepWrapUps: async () => {
      const now = clock.now()
      return sweep(await store.wrapUpsDue(now, BATCH), (call) => endWrapUp(call, now))
    },
    sweepLost: async () => {
      const now = clock.now()
      const before = new Date(now.getTime() - settings.now().lostHours * HOUR)
      return sweep(await store.openSince(before, BATCH), (call) => loseCall(call, now))
    },
  }
}
