import { CLOCK, hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { Quote } from '@hotline/shared/knowledge/quote'
import type { CommandOf, TicketCommand } from '@hotline/shared/ticket/commands'
import { assignmentMeant } from '@hotline/shared/ticket/available'
import { decide } from '@hotline/shared/ticket/decide/decide'
import { dueCommand } from '@hotline/shared/ticket/due'
import { evolve, fold } from '@hotline/shared/ticket/evolve'
import { isIndependentOf, type TicketEvent } from '@hotline/shared/ticket/events'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { canReveal, canSee, mayKnowCallers, sightOf } from '@hotline/shared/ticket/visibility'
import { historySeen } from '@hotline/shared/ticket/visibilityHistory'
import type { Revealed } from '@hotline/shared/ticket/view'
import { maskText } from '@hotline/shared/user/masking'
import type { Audit } from '../audit/auditService'
import type { Clock } from '../../platform/clock'
import type { Mergers } from './mergers'
import type { SealedContact } from './sealedContact'
import { describeSince } from './staleness'
import { broughtBy, type ClaimAttachments } from './ticketAttachments'
import type { WriteKey } from './ticketDocument'
import { drawQueryCode, type TicketNumbers } from './ticketNumbers'
import type { TicketRules } from './ticketRules'
import type { Found, TicketStore } from './ticketStore'

/** On a ticket that is there already. */
export type ExistingCommand = Exclude<TicketCommand, CommandOf<'register'>>

export interface TicketService {
  register(command: CommandOf<'register'>, actor: Actor, key: WriteKey): Promise<Found & { queryCode: string }>
  /** load → decide → evolve → commit → announce. @throws AppError */
  execute(idOrNo: string, command: ExistingCommand, actor: Actor, key: WriteKey): Promise<Found>
  load(idOrNo: string, actor: Actor): Promise<Found>
  reveal(
    idOrNo: string,
    field: 'contact' | 'contactNumber' | 'queryCode',
    reason: string,
    actor: Actor,
    ip?: string,
  ): Promise<Revealed>
  /** What the clock has to do with one ticket; nothing when another process was faster. */
  sweep(ticket: Ticket): Promise<number>
}

export interface TicketServiceDeps {
  store: TicketStore
  rules: TicketRules
  numbers: TicketNumbers
  contact: SealedContact
  audit: Audit
  clock: Clock
  mergers: Mergers
  claimAttachments: ClaimAttachments
  /** What an answer quotes may be told. @throws AppError */
  assertQuotes(quotes: readonly Quote[]): Promise<void>
  newId(): string
  /** Wakes the announcer; never awaited by a request. */
  onCommitted(ticket: Ticket): void
}

const RETRIES = 8
/** What the caller of a merged ticket says to it is said to the main one. */
const REACHES_MAIN: readonly ExistingCommand['type'][] = ['urge', 'supplement']
/** A ticket has a handful of deadlines; more than this in one go is a bug, not work. */
const MOST_AT_ONCE = 20

export function createTicketService(deps: TicketServiceDeps): TicketService {
  const { store, rules, numbers, contact, audit, clock } = deps

  async function load(idOrNo: string, actor: Actor): Promise<Found> {
    const found = await store.find(idOrNo)
    if (found && canSee(found.t, actor)) return found
    // An agent may open a ticket by its exact number, because the caller reads it to him; it is noted.
    if (found && found.t.no === idOrNo && mayOpenByNumber(found.t, actor)) {
      const target = `tickets/${found._id}`
      await audit.append({ actor, action: 'ticket.openedByNumber', target, details: { no: found.t.no } })
      return found
    }
    throw new AppError('notFound', '没有这张工单，或您无权查看')
  }

  async function register(command: CommandOf<'register'>, actor: Actor, key: WriteKey) {
    const { attachmentIds } = command
    // They are its earlier ticket's already.
    if (attachmentIds.length > 0 && (await store.findByKey(key.k))) return again()
    const at = clock.now()
    const id = deps.newId()
    const no = await numbers.next(at)
    const events = decide(undefined, command, rules.context(actor, { id, no }))
    const ticket = foldOnto(undefined, events)
    await deps.claimAttachments(attachmentIds, id, actor, key.k)
    const queryCode = drawQueryCode()
    const { sealed, callerHashes } = contact.sealCaller(id, command.caller, queryCode)
    if (await store.insert(ticket, events, sealed, callerHashes, key)) {
      deps.onCommitted(ticket)
      return { _id: id, t: ticket, events, sealed, keys: [key], callerHashes, queryCode }
    }
    return again()

    async function again() {
      const earlier = await replayed(key)
      // Two that came at once may have claimed them one after the other.
      await deps.claimAttachments(attachmentIds, earlier._id, actor, key.k)
      return { ...earlier, queryCode: contact.open(earlier._id, earlier.sealed).queryCode }
    }
  }

  async function replayed(key: WriteKey): Promise<Found> {
    const earlier = await store.findByKey(key.k)
    if (!earlier) throw new AppError('unavailable', '与另一项操作同时进行，请重试', { retryAfter: 1 })
    assertSameBody(earlier, key)
    return earlier
  }

  async function execute(idOrNo: string, command: ExistingCommand, actor: Actor, key: WriteKey): Promise<Found> {
    const found = await load(idOrNo, actor)
    const mainId = found.t.status === 'merged' ? found.t.merger?.mainId : undefined
    if (!mainId || !REACHES_MAIN.includes(command.type)) {
      let first: Found | undefined = found
      const find = async () => {
        const next = first ?? (await load(idOrNo, actor))
        first = undefined
        return next
      }
      return run(find, command, actor, key)
    }
    // Whose ticket was merged needs no other right on the main one than this.
    await run(async () => (await store.find(mainId)) ?? found, command, actor, key, { isNewest: true })
    return found
  }

  async function run(
    find: () => Promise<Found>,
    given: ExistingCommand,
    actor: Actor,
    key: WriteKey,
    { isNewest = false } = {},
  ): Promise<Found> {
    for (let attempt = 0; attempt < RETRIES; attempt += 1) {
      const found = await find()
      if (assertSameBody(found, key)) return found
      const before = found.t
      const command = isNewest ? { ...given, version: before.version } : given
      const meant = withAssignment(found, command, actor)
      assertFresh(found, meant, actor)
      const sealed = sealSecrets(found, meant)
      const main = await mainOf(meant, before, actor)
      const events = decide(before, meant, { ...rules.context(actor), main })
      const after = foldOnto(before, events)
      if ('knowledge' in meant && meant.knowledge) await deps.assertQuotes(meant.knowledge)
      await deps.claimAttachments(broughtBy(meant, before, actor), before.id, actor, key.k)
      const result = await store.commit({ before, after, events, key, sealed })
      if (result === 'keyUsed') {
        await replayed(key)
        throw new AppError('ruleViolated', '同一幂等键不能用于不同的请求')
      }
      if (result === 'done') {
        deps.onCommitted(after)
        // Should this fail, the announcer does it.
        await deps.mergers.follow(after, events).catch(() => undefined)
        const isMerger = events.some(({ type }) => type === 'ticket.merged' || type === 'ticket.unmerged')
        return (
          (isMerger && (await store.find(after.id))) || { ...found, t: after, events: [...found.events, ...events] }
        )
      }
    }
    throw new AppError('staleVersion', '工单正被多人同时更新，请稍后重试')
  }

  /** The ticket to merge into, as far as the actor may see it; or the one that it was merged into. */
  async function mainOf(command: ExistingCommand, { merger }: Ticket, actor: Actor): Promise<Ticket | undefined> {
    if (command.type === 'merge') return (await load(command.mainId, actor)).t
    if (command.type !== 'unmerge' || !merger) return undefined
    return (await store.find(merger.mainId))?.t
  }

  /**
   * A newer version costs the author nothing when all that happened meanwhile are cards, urges, contacts, progress, or
   * acts on other assignments; else he is told who did what.
   */
  function assertFresh(found: Found, command: ExistingCommand, actor: Actor): void {
    const { version } = found.t
    const seen = command.version
    if (seen === version) return
    if (seen > version)
      throw new AppError('invalidInput', '版本号不正确', { fields: [{ path: 'version', message: '大于现有版本' }] })
    const since = found.events.filter((event) => event.version > seen)
    if (since.every((event) => isIndependentOf(event, command.assignmentId))) return
    const told = describeSince(historySeen(since, found.t, sightOf(found.t, actor)))
    throw new AppError('staleVersion', '工单已被他人更新，请核对后重试', { since: told, version })
  }

  /**
   * Names the assignment that the author meant on what he saw: on a newer state the same words could mean another. Also
   * where a rule will refuse the command, so that he hears the rule.
   */
  function withAssignment<C extends ExistingCommand>(found: Found, command: C, actor: Actor): C {
    if (command.assignmentId !== undefined) return command
    const isNewest = command.version >= found.t.version
    const seen = isNewest ? found.t : fold(found.events.filter(({ version }) => version <= command.version))
    if (!seen) return command
    return { ...command, assignmentId: assignmentMeant(seen, command.type, rules.surroundings(actor))?.id }
  }

  /** The number that a unit called is sealed beside the ticket; events never hold it. */
  function sealSecrets(found: Found, command: ExistingCommand): Record<string, string> | undefined {
    if (command.type !== 'reply' || !command.contactNumber || !command.assignmentId) return undefined
    return { [`contactNumbers.${command.assignmentId}`]: contact.sealNumber(found._id, command.contactNumber) }
  }

  return {
    register,
    execute,
    load,
    async reveal(idOrNo, field, reason, actor, ip) {
      const found = await load(idOrNo, actor)
      if (!canReveal(found.t, actor))
        throw new AppError('forbidden', '匿名、保密工单或非本人经手的工单，不能查看联系方式')
      const isHotline = hasRole(actor, 'agent', 'dispatcher', 'callbackOfficer', 'director')
      if (field === 'queryCode' && !isHotline) throw new AppError('forbidden', '只有热线可以查看查询码')
      await audit.append({
        actor,
        action: 'ticket.revealed',
        target: `tickets/${found._id}`,
        reason: maskText(reason),
        ip,
        details: { field, no: found.t.no },
      })
      const { queryCode, ...plain } = contact.open(found._id, found.sealed)
      if (field === 'queryCode') return { queryCode }
      if (field === 'contact') return plain
      const lead = found.t.leadAssignmentId
      return { phone: lead ? contact.openNumber(found._id, found.sealed, lead) : undefined }
    },
    async sweep(ticket) {
      let current = ticket
      for (let done = 0; done < MOST_AT_ONCE; done += 1) {
        const command = dueCommand(current, rules.surroundings(CLOCK))
        if (!command) return done
        const events = decide(current, command, rules.context(CLOCK))
        const after = foldOnto(current, events)
        // Somebody else was faster: what is still due is due at the next sweep.
        if ((await store.commit({ before: current, after, events })) !== 'done') return done
        deps.onCommitted(after)
        await deps.mergers.follow(after, events)
        current = after
      }
      return MOST_AT_ONCE
    },
  }

  function assertSameBody(found: Found, key: WriteKey): boolean {
    const earlier = found.keys.find(({ k }) => k === key.k)
    if (!earlier) return false
    if (earlier.h !== key.h) throw new AppError('ruleViolated', '同一幂等键不能用于不同的请求')
    return true
  }
}

/** 举报保密: not to an agent who also works for a unit; it may be the accused one. */
function mayOpenByNumber({ confidentiality }: Ticket, actor: Actor): boolean {
  return hasRole(actor, 'agent') && (confidentiality < 2 || mayKnowCallers(actor))
}

function foldOnto(before: Ticket | undefined, events: readonly TicketEvent[]): Ticket {
  const after = events.reduce<Ticket | undefined>(evolve, before)
  if (!after) throw new AppError('internal', '没有产生任何事件')
  return after
}
