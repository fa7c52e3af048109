import { hasRole, type Actor } from '@hotline/shared/actor'
import { dayOf } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import { isAvailable } from '@hotline/shared/ticket/available'
import { merge } from '@hotline/shared/ticket/decide/merging'
import { DUPLICATE_RULES } from '@hotline/shared/ticket/duplicateRules'
import { createComparer, isHot, type Judged, type Told } from '@hotline/shared/ticket/duplicates'
import { DuplicatesInput, type DuplicatesAnswer, type DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import { leadOf, type Ticket } from '@hotline/shared/ticket/ticket'
import { canSee, mayKnowCallers } from '@hotline/shared/ticket/visibility'
import { maskEveryNumber, maskText } from '@hotline/shared/user/masking'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import { Router } from 'express'
import type { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import { parse } from '../../platform/http/validate'
import type { Db } from '../../platform/mongo'
import type { Audit } from '../audit/auditService'
import { createDuplicatesQueries, type Known } from './duplicatesQueries'
import { isHidden } from './hiddenText'
import type { SealedContact } from './sealedContact'
import type { Masters, TicketRules } from './ticketRules'
import type { TicketSearch } from './ticketSearch'
import type { TicketService } from './ticketService'

export interface DuplicatesDeps {
  db: Db
  search: Pick<TicketSearch, 'alike'>
  service: Pick<TicketService, 'load'>
  masters: Masters
  rules: TicketRules
  contact: Pick<SealedContact, 'hashOf'>
  audit: Audit
  clock: Clock
}

/** What is asked about: the matter, whose it is, and which ticket is not held against itself. */
interface Subject {
  told: Told
  callerHashes: readonly string[]
  ticket?: Ticket
  /** The ticket that its agent took it for. */
  suggestedId?: string
}

type Hit = Known & Judged & { isSameNumber: boolean; isSuggested: boolean }

/** The agent heard more than stands in the text. */
const SUGGESTED: Judged = { grade: 'likely', confidence: 0.5, reasons: [] }
const ENOUGH_DIGITS = 5
/** An agent who goes on typing sees the same tickets again: noted once in this time. */
const NOTED_MS = 10 * 60_000

/** 重复识别: what this may be again. Asked while somebody types, so every look is a bounded one by indexes. */
export function createDuplicatesFeature(deps: DuplicatesDeps): Feature {
  const { masters, rules, service, contact, audit, clock } = deps
  const queries = createDuplicatesQueries(deps.db, deps.search)
  const noted = new Map<string, number>()

  async function subjectOf(actor: Actor, input: z.output<typeof DuplicatesInput>): Promise<Subject> {
    const at = clock.now()
    if (input.ticketId) {
      const { t, callerHashes } = await service.load(input.ticketId, actor)
      return { told: { ...toldOf(t), at }, callerHashes, ticket: t, suggestedId: t.duplicateOfId }
    }
    const { number = '', regionCode } = input
    const isNumber = number.replace(/\D/g, '').length >= ENOUGH_DIGITS
    return {
      told: { ...input, at, regionPath: regionCode ? rules.paths.regionPath(regionCode) : [] },
      callerHashes: isNumber ? [contact.hashOf(number)] : [],
    }
  }

  const toldOf = (t: Ticket): Told => ({
    at: t.registeredAt,
    matterCode: t.matterCode,
    regionCode: t.regionCode,
    regionPath: rules.paths.regionPath(t.regionCode),
    address: t.address,
    title: t.title,
    detail: t.detail,
  })

  async function answer(actor: Actor, subject: Subject, ip?: string): Promise<DuplicatesAnswer> {
    const { told, callerHashes, suggestedId } = subject
    const comparer = createComparer(told, DUPLICATE_RULES)
    const [near, suggested] = await Promise.all([
      queries.near(told, callerHashes, DUPLICATE_RULES.days),
      suggestedId ? queries.find(suggestedId) : undefined,
    ])
    const known = [...near.filter(({ _id }) => _id !== suggested?._id), ...(suggested ? [suggested] : [])]
    const hits = known.flatMap((row): Hit[] => {
      // Who may not know a caller must not find him by trying numbers.
      const mayCompare = mayKnowCallers(actor) || !isHidden(row.t)
      const isSameNumber = mayCompare && row.callerHashes.some((hash) => callerHashes.includes(hash))
      if (row._id === subject.ticket?.id || row.t.status === 'void' || !mayHearOf(row.t, actor, isSameNumber)) return []
      const isSuggested = row === suggested
      const judged = comparer.judge(toldOf(row.t), isSameNumber) ?? (isSuggested ? SUGGESTED : undefined)
      return judged ? [{ ...row, ...judged, isSameNumber, isSuggested }] : []
    })
    hits.sort(
      (a, b) =>
        Number(b.isSuggested) - Number(a.isSuggested) || b.confidence - a.confidence || (a._id < b._id ? 1 : -1),
    )
    const shown = hits.slice(0, DUPLICATE_RULES.shown)
    await note(actor, shown, ip)
    const callersToday = callersOn(hits, told, callerHashes)
    return {
      items: shown.map((hit) => present(hit, subject, actor)),
      callersToday,
      isHot: isHot(callersToday, DUPLICATE_RULES),
    }
  }

  /** Other callers' confidential tickets are nobody's beyond the hotline's own (ticket.md §6). */
  function mayHearOf(t: Ticket, actor: Actor, isSameNumber: boolean): boolean {
    if (canSee(t, actor)) return true
    return t.confidentiality === 0 || (isSameNumber && mayKnowCallers(actor))
  }

  /** Different callers of today on this matter in this spot, with the one who calls now. */
  function callersOn(hits: readonly Hit[], told: Told, own: readonly string[]): number {
    const today = dayOf(told.at)
    const others = hits.filter(
      ({ grade, isSameNumber, t }) => grade === 'cluster' && !isSameNumber && dayOf(t.registeredAt) === today,
    )
    const callers = new Set(others.map(({ _id, callerHashes }) => callerHashes[0] ?? _id))
    return callers.size === 0 && own.length === 0 ? 0 : callers.size + 1
  }

  /** Who has the number on the line is shown what others registered for it: noted before it is shown. */
  async function note(actor: Actor, hits: readonly Hit[], ip?: string): Promise<void> {
    const now = Date.now()
    for (const [key, until] of noted) if (until < now) noted.delete(key)
    const fresh = hits.filter(
      ({ t, isSameNumber }) => isSameNumber && !canSee(t, actor) && !noted.has(`${actor.userId} ${t.id}`),
    )
    if (fresh.length === 0) return
    await audit.append({
      actor,
      action: 'ticket.shownAsDuplicate',
      target: 'tickets',
      ip,
      details: { nos: fresh.map(({ t }) => t.no) },
    })
    for (const { t } of fresh) noted.set(`${actor.userId} ${t.id}`, now + NOTED_MS)
  }

  function present(
    { t, grade, confidence, reasons, isSameNumber, isSuggested }: Hit,
    { ticket }: Subject,
    actor: Actor,
  ): DuplicateView {
    const lead = leadOf(t)
    const isOwn = canSee(t, actor) && (t.confidentiality === 0 || mayKnowCallers(actor))
    const mask = isOwn && !t.isAnonymous ? maskText : maskEveryNumber
    const { units, regions, matters } = masters
    return {
      id: t.id,
      no: t.no,
      version: t.version,
      status: t.status,
      title: t.title && mask(t.title),
      matterName: t.matterCode && matters.has(t.matterCode) ? matters.name(t.matterCode) : undefined,
      regionName: regions.fullName(t.regionCode),
      address: t.address && mask(t.address),
      registeredAt: t.registeredAt.toISOString(),
      closedAt: t.closedAt?.toISOString(),
      resolveBy: t.resolveBy?.toISOString(),
      leadUnitName: lead && units.name(lead.unitId),
      urgeCount: t.urgeCount,
      grade,
      confidence,
      reasons,
      isSameNumber,
      isSuggested,
      canUrge: isSameNumber && isAvailable(t, 'urge', rules.surroundings(actor)),
      canMergeInto: mayBeMain(t, ticket, actor),
      mergedInto: t.merger?.mainNo,
    }
  }

  /** As the rule of 并单 will say; of a draft, as far as one can know. */
  function mayBeMain(main: Ticket, ticket: Ticket | undefined, actor: Actor): boolean {
    if (!ticket) return OPEN_STATUSES.includes(main.status) && !main.merger && !main.rated && main.confidentiality < 2
    try {
      const command = { type: 'merge', mainId: main.id, version: ticket.version } as const
      merge(command, ticket, { ...rules.context(actor), main })
      return true
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
  }

  const router = Router()
  router.post('/duplicates', async (req, res) => {
    const actor = actorOf(req)
    if (!hasRole(actor, ...HOTLINE_ROLES, 'agent')) throw new AppError('forbidden', '只有热线可以核对重复诉求')
    res.json(await answer(actor, await subjectOf(actor, parse(DuplicatesInput, req.body)), req.ip))
  })

  return {
    path: '/api/tickets',
    router,
    api: [
      {
        method: 'post',
        path: '/api/tickets/duplicates',
        tag: '工单',
        summary: '疑似重复：同号码、同地点同事项、文字相似的已有工单，附理由；只读，登记时随时可问',
        body: DuplicatesInput,
      },
    ],
  }
}
