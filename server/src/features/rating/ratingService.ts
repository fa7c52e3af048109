import { randomBytes } from 'node:crypto'
import { CLOCK, hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { RateInput, RatingState } from '@hotline/shared/rating/view'
import { leadOf, type Ticket } from '@hotline/shared/ticket/ticket'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Logger } from '../../platform/log'
import { isOutage } from '../../platform/mongo'
import type { Effect, News } from '../ticket/announcer'
import { createHider, isHidden } from '../ticket/hiddenText'
import type { SealedContact } from '../ticket/sealedContact'
import type { TicketService } from '../ticket/ticketService'
import type { TicketStore } from '../ticket/ticketStore'
import { contactContext, type RatingRow, type RatingStore } from './ratingStore'
import { RECTIFY_STANDARD, RECTIFY_TASK, rectificationTicket } from './rectificationTicket'

export interface RatingService {
  rate(input: RateInput, actor: Actor): Promise<RatingRow>
  /** Takes over what callers said of their tickets, and what became of rectification tickets. */
  follow: Effect
  /** Registers and dispatches what still wants it. @returns how many */
  rectifyWanted(touch?: () => Promise<void>): Promise<number>
}

export interface RatingDeps {
  store: RatingStore
  service: Pick<TicketService, 'register' | 'execute'>
  tickets: Pick<TicketStore, 'find'>
  contact: Pick<SealedContact, 'open' | 'nameOf'>
  units: UnitTree
  crypto: Crypto
  clock: Clock
  logger: Logger
  isLeafMatter(code: string): boolean
}

const BATCH = 100
const BAD = 2

export function createRatingService(deps: RatingDeps): RatingService {
  const { store, service, tickets, contact, units, crypto, clock, logger } = deps

  async function take(row: RatingRow): Promise<RatingRow> {
    const { row: kept, isNew } = await store.insert(row)
    if (isNew && kept.isWanting)
      await rectify(kept).catch((error: unknown) => {
        // The job tries again: a rating that was given is not lost because a ticket could not be made at once.
        logger.warn({ err: error, ratingId: kept._id }, '差评整改工单未能登记，稍后重试')
      })
    return kept
  }

  /** Each step has its own key, so that a process that dies between them is taken up where it stood. */
  async function rectify(row: RatingRow): Promise<void> {
    const unit = units.get(row.unitId)
    if (!unit) throw new AppError('internal', `评价的单位 ${row.unitId} 不存在`)
    const rated = row.ticketId ? await tickets.find(row.ticketId) : undefined
    const ofTicket = rated && contact.open(rated._id, rated.sealed)
    const who = row.sealed ? openContact(row) : { name: ofTicket?.name, phone: ofTicket?.phone ?? ofTicket?.number }
    const command = rectificationTicket({
      row,
      unit,
      ticket: rated?.t,
      contact: who,
      isLeafMatter: deps.isLeafMatter,
    })
    const key = (step: string) => ({ k: `rating:${row._id}:${step}`, h: row._id })
    const { t } = await service.register(command, CLOCK, key('register'))
    const isUnits = unit.isOpen && unit.kind !== 'hotline' && unit.kind !== 'hotlineGroup'
    if (isUnits && t.status === 'accepted' && t.dispatchCount === 0)
      await service
        .execute(
          t.id,
          {
            type: 'dispatch',
            version: t.version,
            leadUnitId: unit.id,
            coUnitIds: [],
            copyUnitIds: [],
            task: RECTIFY_TASK,
            standard: RECTIFY_STANDARD,
            limit: { kind: 'profile' },
          },
          CLOCK,
          key('dispatch'),
        )
        .catch((error: unknown) => {
          // Somebody has taken it in hand meanwhile: it is his now.
          if (!(error instanceof AppError) || isOutage(error) || error.code === 'internal') throw error
        })
    await store.registered(row._id)
  }

  function openContact({ _id, sealed }: RatingRow): { name?: string; phone?: string } {
    const open = (field: 'name' | 'phone') => sealed?.[field] && crypto.open(sealed[field], contactContext(_id, field))
    return { name: open('name'), phone: open('phone') }
  }

  function sealContact(id: string, { contact: given, isNamed, score }: RateInput): RatingRow['sealed'] {
    // A good one is counted and nothing more.
    if (!given || !isNamed || score > BAD) return undefined
    const seal = (field: 'name' | 'phone') => given[field] && crypto.seal(given[field], contactContext(id, field))
    return { name: seal('name'), phone: seal('phone') }
  }

  async function followOne({ ticket, events, sealed }: News): Promise<void> {
    for (const event of events)
      if (event.type === 'ticket.rated') {
        const { channel, score, isNamed, at, by } = event
        // Units read what is said of them: what would tell whose matter it was stays on the ticket.
        const { hide } = createHider(ticket.id, sealed, contact)
        const comment = event.comment && isHidden(ticket) ? hide(event.comment) : event.comment
        // Who answered it: a citizen who registered for himself belongs to no unit.
        const unitId = leadOf(ticket)?.unitId ?? ticket.answer?.by.unitId ?? ticket.registeredBy.unitId
        if (units.has(unitId))
          await take({
            ...ofScore(score),
            _id: newId(),
            externalNo: `ticket:${ticket.id}`,
            channel,
            unitId,
            unitPath: units.pathOf(unitId),
            score,
            comment,
            isNamed,
            isActive: true,
            ratedAt: at,
            by,
            ticketId: ticket.id,
          })
      }
    if (ticket.rated) await store.follow(ticket.rated.ratingId, rectificationOf(ticket), stateOf(ticket))
  }

  return {
    async rate(input, actor) {
      const { unitId, ratedAt, externalNo, contact: _contact, ...said } = input
      assertMayEnter(input, actor, units)
      const now = clock.now()
      if (ratedAt && ratedAt.getTime() > now.getTime() + 60_000)
        throw new AppError('invalidInput', '评价时间不能晚于现在', {
          fields: [{ path: 'ratedAt', message: '评价时间不能晚于现在' }],
        })
      const id = newId()
      return take({
        ...said,
        ...ofScore(said.score),
        _id: id,
        externalNo: externalNo && `${unitId}:${externalNo}`,
        unitId,
        unitPath: units.pathOf(unitId),
        ratedAt: ratedAt ?? now,
        by: { userId: actor.userId, name: actor.name, unitId: actor.unitId },
        sealed: sealContact(id, input),
      })
    },
    async follow(news) {
      for (const one of news) await followOne(one)
    },
    async rectifyWanted(touch = async () => undefined) {
      const stuck: string[] = []
      let done = 0
      for (;;) {
        const rows = await store.wanting(BATCH, stuck)
        for (const row of rows)
          try {
            await rectify(row)
            done += 1
          } catch (error) {
            if (isOutage(error)) throw error
            logger.error({ err: error, ratingId: row._id }, '差评整改工单未能登记，稍后重试')
            stuck.push(row._id)
          }
        if (rows.length < BATCH || stuck.length >= BATCH) return done
        await touch()
      }
    },
  }
}

function newId(): string {
  return randomBytes(12).toString('hex')
}

function ofScore(score: number): Pick<RatingRow, 'isWanting' | 'state'> {
  return score <= BAD ? { isWanting: true, state: 'rectifying' } : {}
}

/** An agent what a citizen says of any unit; a clerk what was pressed at a counter of his own unit or one under it. */
function assertMayEnter({ unitId, channel }: RateInput, actor: Actor, units: UnitTree): void {
  if (!units.has(unitId)) {
    const message = '没有这个单位'
    throw new AppError('invalidInput', message, { fields: [{ path: 'unitId', message }] })
  }
  if (hasRole(actor, 'agent') && channel === 'phone') return
  if (hasRole(actor, 'clerk') && channel !== 'phone') {
    if (units.isWithin(unitId, actor.unitId)) return
    throw new AppError('forbidden', '只能录入本单位及下级单位的评价')
  }
  throw new AppError('forbidden', '电话评价由话务员录入，窗口、网上和自助终端的评价由被评价单位收文员录入')
}

function rectificationOf(ticket: Ticket): RatingRow['rectification'] & object {
  const { id, no, version, status, rated, callbacks, closedAt, resolveBy } = ticket
  const isPassed = ['callback', 'closed', 'archived'].includes(status)
  const lead = leadOf(ticket)
  return {
    ticketId: id,
    no,
    version,
    status,
    hasAppeal: rated?.appeal !== undefined,
    verdict: rated?.verdict?.verdict,
    // What is said of the hotline itself it answers itself.
    rectifiedAt: ticket.answer?.at ?? (isPassed && lead?.rectification ? lead.metAt : undefined),
    calledBackAt: callbacks.at(-1)?.at,
    resolveBy,
    closedAt,
  }
}

function stateOf(ticket: Ticket): RatingState {
  const verdict = ticket.rated?.verdict?.verdict
  if (verdict === 'misrated' || verdict === 'malicious') return verdict
  return rectificationOf(ticket).rectifiedAt ? 'rectified' : 'rectifying'
}
