import { AppError, type FieldError } from '@hotline/shared/error'
import type { DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import { OPINION_MAX } from '@hotline/shared/ticket/commandInputs'
import type { TicketView } from '@hotline/shared/ticket/view'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useDraft } from '../../platform/drafts'
import { api } from '../../platform/http'
import { serverNow } from '../../platform/now'
import {
  createDraft,
  isBlank,
  isOutcomeUnknown,
  titleOf,
  type Attempt,
  type CallDraft,
  type CallPanel,
  type CallResult,
  type CallSeed,
  type RegisteredTicket,
} from './callDraft'
import { bringFiles, lostFiles, untilHere, type CallFiles } from './callFiles'
import { changesBetween, checkDraft, hasOtherFiles, toRegister, toSecond } from './toRegister'

export type Call = ReturnType<typeof createCall>

export interface City {
  /** Stands for 未提及; empty until it has been loaded. */
  code: Readonly<Ref<string>>
  load(): Promise<void>
}

/**
 * One call: what was typed, and its way to a ticket. Whatever fails, nothing typed is lost, and however often it is
 * submitted, one ticket comes of it: the idempotency key is kept with the draft until the server's answer is known.
 */
export function createCall(userId: string, id: string, city: City, seed: CallSeed = {}) {
  const kept = useDraft(userId, `call:${id}`, () => ({ ...createDraft(id, serverNow().toISOString()), ...seed }))
  const { value: draft, savedAt, save, clear } = kept
  if (!kept.wasRestored && Object.keys(seed).length > 0) save()
  /** What is still missing, once a submit was tried; it gets shorter while it is filled in. */
  const missing = ref<FieldError[]>()
  /** What the server objected to, until the next try. */
  const refused = ref<FieldError[]>([])
  const errors = computed(() => [...(missing.value ?? []), ...refused.value])
  const problem = shallowRef<AppError>()
  const isBusy = ref(false)
  const files = shallowRef<CallFiles>({ isComing: false, lost: 0 })

  /** As at its beginning: of the call only that it is this one. */
  function blank(): CallDraft {
    const { startedAt, callId, returnId } = draft.value
    return { ...createDraft(id, startedAt), callId, returnId }
  }

  /** The same caller has another matter. */
  function again(number: string): void {
    draft.value = { ...blank(), number }
    save()
  }

  /** F4 without a panel; with one, the ticket is registered and ended at once. */
  async function submit(panel?: CallPanel): Promise<boolean> {
    if (isBusy.value || draft.value.result) return false
    isBusy.value = true
    draft.value.panel = panel
    refused.value = []
    problem.value = undefined
    try {
      await untilHere(files)
      missing.value = faults()
      if (missing.value.length > 0) return false
      if (!city.code.value) await city.load()
      const body = bodyNow()
      draft.value.registered ??= await register(body)
      const lostChanges = await bringIn(body)
      if (panel) draft.value.registered.ticket = await end(panel, draft.value.registered.ticket)
      const merged = panel ? {} : await mergeAtOnce(draft.value.registered.ticket)
      finish({ lostChanges, ...merged })
      return true
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      problem.value = error
      refused.value = (error.details?.fields ?? []).map(withoutPrefix)
      save()
      return false
    } finally {
      isBusy.value = false
    }
  }

  function choosePanel(panel: CallPanel | undefined): void {
    draft.value.panel = panel
    missing.value = undefined
  }

  const faults = () => [...checkDraft(draft.value, city.code.value), ...lostFiles(files.value)]
  watch(
    [draft, files],
    () => {
      if (missing.value) missing.value = faults()
    },
    { deep: true },
  )

  const bodyNow = () => JSON.stringify(toRegister(draft.value, city.code.value))

  /** An earlier try of unknown outcome comes first: it may have made the ticket already. */
  async function register(body: string): Promise<NonNullable<CallDraft['registered']>> {
    const earlier = draft.value.registering
    try {
      const attempt = begin('registering', earlier?.body ?? body)
      return { ticket: await send('registering', '/api/tickets', attempt), body: attempt.body }
    } catch (error) {
      if (!earlier || earlier.body === body || draft.value.registering) throw error
      return { ticket: await send('registering', '/api/tickets', begin('registering', body)), body }
    }
  }

  /** What was changed after a try that had succeeded without our knowing. Returns what could not be brought in. */
  async function bringIn(body: string): Promise<string | undefined> {
    const registered = draft.value.registered
    if (!registered || registered.body === body) return undefined
    const changes = changesBetween(registered.body, body)
    const lost = hasOtherFiles(registered.body, body) ? '附件' : undefined
    if (!changes) return lost ?? '诉求人信息'
    const { version, id: ticketId } = registered.ticket
    const amended = await api.post<TicketView>(`/api/tickets/${ticketId}/amend`, { version, changes })
    draft.value.registered = { ticket: { ...registered.ticket, version: amended.version }, body }
    return lost
  }

  async function end(panel: CallPanel, ticket: RegisteredTicket): Promise<RegisteredTicket> {
    const body = JSON.stringify({ ...toSecond(draft.value, panel), version: ticket.version })
    const { id: ticketId, queryCode } = ticket
    const { no, version, status, dispatchBy } = await send(
      'ending',
      `/api/tickets/${ticketId}/${panel}`,
      begin('ending', body),
    )
    return { id: ticketId, no, version, status, dispatchBy, queryCode }
  }

  /** Who may merge does, at once; from others it is a suggestion that the dispatcher finds. */
  async function mergeAtOnce(ticket: RegisteredTicket): Promise<Pick<CallResult, 'mergedInto' | 'notMerged'>> {
    const main = draft.value.duplicateOf
    if (!main || !ticket.can?.includes('merge')) return {}
    const body = JSON.stringify({ mainId: main.id, version: ticket.version })
    try {
      const { version, status } = await send('ending', `/api/tickets/${ticket.id}/merge`, begin('ending', body))
      Object.assign(ticket, { version, status, dispatchBy: undefined })
      return { mergedInto: main.no }
    } catch (error) {
      if (!(error instanceof AppError) || isOutcomeUnknown(error)) throw error
      return { notMerged: error.message }
    }
  }

  /**
   * The caller says again what he has said: no new ticket, the earlier one is urged with what he says now, and the call
   * is over. @returns false when it did not come to that; `problem` says why
   */
  async function attach({ no, version, title, status }: DuplicateView): Promise<boolean> {
    const { result, registering, registered, attaching } = draft.value
    if (isBusy.value || result) return false
    if (registering || registered) {
      problem.value = new AppError('ruleViolated', '这次来电已经提交过登记，请先按 F4 完成')
      return false
    }
    isBusy.value = true
    problem.value = undefined
    await untilHere(files)
    refused.value = lostFiles(files.value)
    const fresh = { key: crypto.randomUUID(), no, body: JSON.stringify({ version, note: noteOf(draft.value) }) }
    const attempt = attaching?.no === no ? attaching : fresh
    try {
      if (refused.value.length > 0) return false
      await bringFiles(draft.value, { no, version }, noteOf(draft.value), save)
      draft.value.attaching = attempt
      save()
      const { urgeCount } = await urge(attempt)
      const attached = { ticketId: no, no, title: title ?? titleOf(draft.value), status, urgeCount }
      draft.value = { ...blank(), result: attached }
      save()
      return true
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (!isOutcomeUnknown(error)) draft.value.attaching = undefined
      problem.value = error
      save()
      return false
    } finally {
      isBusy.value = false
    }
  }

  /** By its number: another agent may have registered it. What others did meanwhile does not stand in an urge's way. */
  async function urge({ no, key, body }: Attempt & { no: string }): Promise<TicketView> {
    const send = (text: string, idempotencyKey: string) =>
      api.post<TicketView>(`/api/tickets/${no}/urge`, JSON.parse(text), { idempotencyKey })
    try {
      return await send(body, key)
    } catch (error) {
      const newest = error instanceof AppError && error.code === 'staleVersion' ? error.details?.version : undefined
      if (newest === undefined) throw error
      const again = { key: crypto.randomUUID(), no, body: JSON.stringify({ ...JSON.parse(body), version: newest }) }
      draft.value.attaching = again
      save()
      return send(again.body, again.key)
    }
  }

  function begin(step: 'registering' | 'ending', body: string): Attempt {
    const open = draft.value[step]
    const attempt = open?.body === body ? open : { key: crypto.randomUUID(), body }
    draft.value[step] = attempt
    save()
    return attempt
  }

  /** @throws AppError; the attempt stays only while its outcome is unknown */
  async function send(step: 'registering' | 'ending', path: string, { key, body }: Attempt) {
    try {
      const { id, no, version, queryCode, status, dispatchBy, can } = await api.post<TicketView>(
        path,
        JSON.parse(body),
        {
          idempotencyKey: key,
        },
      )
      return { id, no, version, queryCode, status, dispatchBy, can }
    } catch (error) {
      if (error instanceof AppError && !isOutcomeUnknown(error)) draft.value[step] = undefined
      throw error
    }
  }

  /** Only what is read to the caller stays; the caller's own data leaves the browser. */
  function finish(more: Pick<CallResult, 'lostChanges' | 'mergedInto' | 'notMerged'>): void {
    const { registered } = draft.value
    if (!registered) return
    const { id: ticketId, no, queryCode, status, dispatchBy } = registered.ticket
    const title = titleOf(draft.value)
    missing.value = undefined
    draft.value = { ...blank(), result: { ticketId, no, queryCode, status, dispatchBy, title, ...more } }
    save()
  }

  const errorOf = (path: string) => errors.value.find((field) => field.path === path)?.message
  const isEmpty = computed(() => isBlank(draft.value) && !draft.value.result)
  return {
    id,
    draft,
    savedAt,
    save,
    clear,
    errors,
    errorOf,
    problem,
    isBusy,
    files,
    isEmpty,
    choosePanel,
    submit,
    attach,
    again,
  }
}

/** What the unit reads beside the urge. */
function noteOf({ detail }: CallDraft): string {
  const said = detail.trim()
  return said ? `来电人再次反映：${said}`.slice(0, OPINION_MAX) : '来电人再次来电催促'
}

/** A correction speaks of `changes.title`, the form of `title`. */
function withoutPrefix({ path, message }: FieldError): FieldError {
  return { path: path.replace(/^changes\./, ''), message }
}
