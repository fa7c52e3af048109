import { hasRole, type Actor } from '@hotline/shared/actor'
import type { ReturnRow } from '@hotline/shared/call/view'
import { AppError } from '@hotline/shared/error'
import { TOTAL_CAP } from '@hotline/shared/page'
import { maskPhone } from '@hotline/shared/user/masking'
import type { Role } from '@hotline/shared/user/roles'
import type { Clock } from '../../platform/clock'
import type { Live, Room } from '../../platform/live'
import type { Audit } from '../audit/auditService'
import type { CallService } from './callService'
import { claimOf, type ReturnCallStore } from './returnCallStore'

/** 漏接回拨: who was not answered is called back; one row a number. */
export interface ReturnCalls {
  list(actor: Actor): Promise<{ items: ReturnRow[]; total: number }>
  /** It is his to call now. @returns the number in plain, which is audited */
  claim(id: string, actor: Actor, ip?: string): Promise<string>
  done(id: string, actor: Actor, note?: string): Promise<void>
  unreached(id: string, actor: Actor): Promise<void>
}

export interface ReturnCallsDeps {
  store: ReturnCallStore
  numberOf: CallService['numberOf']
  audit: Audit
  clock: Clock
  hint: Live['hint']
}

const MAY_RETURN: readonly Role[] = ['agent', 'shiftLead', 'callbackOfficer', 'director']
export const RETURN_ROOMS = MAY_RETURN.map((role): Room => `role:${role}`)

const SHOWN = 200
const gone = () => new AppError('notFound', '这个号码已经回拨或再次接通，列表已更新')

export function mayReturn(actor: Actor): boolean {
  return hasRole(actor, ...MAY_RETURN)
}

export function createReturnCalls({ store, numberOf, audit, clock, hint }: ReturnCallsDeps): ReturnCalls {
  const changed = () => hint(RETURN_ROOMS, 'returnCalls.changed')

  function assertMay(actor: Actor): void {
    if (!mayReturn(actor)) throw new AppError('forbidden', '您没有这项权限')
  }

  async function assertNotHeld(id: string, actor: Actor): Promise<void> {
    const other = await store.heldByOther(id, actor.userId, clock.now())
    if (other) throw new AppError('illegalTransition', `${other.name}正在回拨这个号码`)
  }

  return {
    async list(actor) {
      assertMay(actor)
      const now = clock.now()
      const [rows, total] = await Promise.all([store.waiting(SHOWN), store.count(TOTAL_CAP)])
      const states = new Map((await store.states(rows.map(({ _id }) => _id))).map((state) => [state._id, state]))
      const items = rows.map(({ _id, tries, firstAt, lastAt, last }): ReturnRow => {
        const state = states.get(_id)
        return {
          id: _id,
          number: maskPhone(numberOf(last) ?? ''),
          tries,
          firstAt: firstAt.toISOString(),
          lastAt: lastAt.toISOString(),
          lastResult: last.result ?? 'missed',
          queue: last.queue,
          attempts: state?.attempts ?? 0,
          lastAttemptAt: state?.lastAttemptAt?.toISOString(),
          claimedBy: claimOf(state, now),
        }
      })
      return { items, total }
    },

    async claim(id, actor, ip) {
      assertMay(actor)
      const row = await store.newestOf(id)
      const number = row && numberOf(row)
      if (!number) throw gone()
      const { userId, name } = actor
      const other = await store.claim(id, { userId, name }, clock.now())
      if (other) throw new AppError('illegalTransition', `${other.name}正在回拨这个号码`)
      const details = { number: maskPhone(number) }
      await audit.append({ actor, action: 'call.returned', target: `callers/${id}`, reason: '漏接回拨', ip, details })
      changed()
      return number
    },

    async done(id, actor, note) {
      assertMay(actor)
      await assertNotHeld(id, actor)
      const now = clock.now()
      const row = await store.newestOf(id)
      // Somebody spoke to him in between: that is what was wanted.
      if (!row) return
      const details = { number: maskPhone(numberOf(row) ?? ''), ...(note ? { note } : {}) }
      await audit.append({ actor, action: 'call.returnDone', target: `callers/${id}`, details })
      await store.clear(id, now, now)
      changed()
    },

    async unreached(id, actor) {
      assertMay(actor)
      await assertNotHeld(id, actor)
      if (!(await store.newestOf(id))) throw gone()
      await store.unreached(id, clock.now())
      changed()
    },
  }
}
