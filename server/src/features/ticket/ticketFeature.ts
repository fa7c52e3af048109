import { randomBytes } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { clockMillis, dayOf, startOfDay } from '@hotline/shared/calendar/day'
import { canSee } from '@hotline/shared/ticket/visibility'
import type { Staff } from '@hotline/shared/ticket/context'
import { ACCOUNT_ROLES } from '@hotline/shared/user/roles'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { Audit } from '../audit/auditService'
import type { Notices } from '../notice/noticeService'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import type { Write } from '../../platform/http/idempotency'
import type { Live, Room } from '../../platform/live'
import type { Logger } from '../../platform/log'
import type { Database } from '../../platform/mongo'
import { createAlikeFeature } from './alikeFeature'
import { type Announcer, createAnnouncer, type Effect } from './announcer'
import { createDeadlineFeature } from './deadlineRoutes'
import { createDuplicatesFeature } from './duplicatesFeature'
import { createLookupNote } from './lookupAudit'
import { createJoinedTickets } from './participantStore'
import { participantEffect } from './effects/participants'
import { createMergers, mergerEffect } from './mergers'
import { createSealedContact, type SealedContact } from './sealedContact'
import { hintAt, hintEffect, messageEffect, noticeEffect, type Duty, type OutboundEntry } from './ticketEffects'
import { sweepClock, ticketJobs } from './ticketJobs'
import type { ClaimAttachments } from './ticketAttachments'
import { createTicketNumbers } from './ticketNumbers'
import { createTicketQueries, type TicketQueries } from './ticketQueries'
import { createCallerRoutes, createTicketRoutes, ticketApi } from './ticketRoutes'
import { createRecomputeFeature } from './recomputeFeature'
import { createPoolOrderStore } from './poolOrderStore'
import { createRecompute, type Recompute } from './recomputeService'
import { createRecomputeStore } from './recomputeStore'
import { createTicketRules, type Masters, type Policy, type TicketRules } from './ticketRules'
import { createSearchFeeder } from './searchFeeder'
import { createTicketSearch } from './ticketSearch'
import { createTicketService, type TicketService, type TicketServiceDeps } from './ticketService'
import { createTicketStore, type TicketStore } from './ticketStore'
import { createTicketPresenter, type TicketPresenter } from './ticketView'

export interface TicketDeps {
  database: Database
  masters: Masters
  staff: Staff
  policy: Policy & { refresh(): Promise<void> }
  crypto: Crypto
  audit: Audit
  clock: Clock
  logger: Logger
  cityCode: string
  write: Write
  hint: Live['hint']
  claimAttachments: ClaimAttachments
  assertQuotes: TicketServiceDeps['assertQuotes']
  notices: Notices
  send(entries: OutboundEntry[]): Promise<void>
  /** Whom an urgent ticket wakes at night. */
  dutyPhoneOf: Duty['phoneOf']
  /** What other features do about what happened to tickets. */
  effects?: readonly Effect[]
}

export interface TicketFeature {
  features: Feature[]
  service: TicketService
  queries: TicketQueries
  presenter: TicketPresenter
  rules: TicketRules
  recomputing: Recompute
  store: TicketStore
  contact: SealedContact
  canFollow(actor: Actor, ticketId: string): Promise<boolean>
  /** Gives what is due and announces what is committed, now; the jobs do it every few seconds. */
  sweep(): Promise<number>
  stop(): Promise<void>
}

export function createTicketFeature(deps: TicketDeps): TicketFeature {
  const { database, masters, clock, logger, audit, crypto, write } = deps
  const { db } = database
  const rules = createTicketRules(masters, deps.staff, clock, deps.policy)
  const store = createTicketStore(db, rules.paths)
  const contact = createSealedContact(crypto, logger)
  const search = createTicketSearch(db)
  const feeder = createSearchFeeder({ db, search, regions: masters.regions, contact, logger })
  const onCommitted = (ticket: Ticket) => {
    hintAt(deps.hint, ticket)
    announcer.nudge(ticket.id)
    feeder.nudge()
  }
  const mergers = createMergers({ store, rules, onCommitted })
  const joined = createJoinedTickets(db)
  const announcer: Announcer = createAnnouncer(
    db,
    [
      mergerEffect(mergers),
      hintEffect(deps.hint),
      noticeEffect(deps.notices, deps.staff, contact, rules),
      messageEffect(contact, dutyOf(deps.dutyPhoneOf, rules), deps.send),
      participantEffect(joined, contact, deps.send),
      ...(deps.effects ?? []),
    ],
    logger,
  )
  const service = createTicketService({
    store,
    rules,
    numbers: createTicketNumbers(db, deps.cityCode),
    contact,
    audit,
    clock,
    newId: createIds(clock),
    mergers,
    claimAttachments: deps.claimAttachments,
    assertQuotes: deps.assertQuotes,
    onCommitted,
  })
  const presenter = createTicketPresenter(masters, rules, contact, joined)
  const note = createLookupNote(audit, contact)
  const queries = createTicketQueries(db, search, contact, clock, rules)

  const recomputeStore = createRecomputeStore(db, () => rules.profile.poolOrder)
  const recomputing = createRecompute({
    store: recomputeStore,
    policy: deps.policy,
    units: masters.units,
    clock,
    onProgress: ({ _id: id, state }) => deps.hint(EVERYBODY, 'recompute.changed', { id, isDone: state === 'done' }),
  })

  return {
    features: [
      {
        path: '/api/tickets',
        router: createTicketRoutes({ service, queries, presenter, crypto, write, note }),
        api: ticketApi,
        jobs: ticketJobs({ store, service, announcer, feeder, pool: createPoolOrderStore(db), rules, clock }),
      },
      { path: '/api/callers', router: createCallerRoutes(queries, presenter, note), api: [] },
      createRecomputeFeature(recomputeStore, recomputing),
      createDeadlineFeature(masters, rules, clock),
      createDuplicatesFeature({ db, search, service, masters, rules, contact, audit, clock }),
      createAlikeFeature({ db, search, service, masters, contact, presenter, clock }),
    ],
    service,
    queries,
    presenter,
    rules,
    recomputing,
    store,
    contact,
    async canFollow(actor, ticketId) {
      const found = await store.find(ticketId)
      return found !== undefined && canSee(found.t, actor)
    },
    async sweep() {
      const done = await sweepClock(store, service, clock)
      await announcer.sweep()
      await feeder.drain()
      return done
    },
    async stop() {
      await feeder.stop()
      await announcer.stop()
    },
  }
}

const EVERYBODY = ACCOUNT_ROLES.map((role): Room => `role:${role}`)

/** Office hours of the demo city. */
const OFFICE_HOURS = ['08:30', '17:30'] as const

function dutyOf(phoneOf: Duty['phoneOf'], rules: TicketRules): Duty {
  const [from, to] = OFFICE_HOURS.map(clockMillis) as [number, number]
  return {
    phoneOf,
    isOfficeTime(at) {
      const day = dayOf(at)
      const millis = at.getTime() - startOfDay(day).getTime()
      return rules.calendar.isWorkday(day) && millis >= from && millis < to
    },
  }
}

/** 24 hex digits in order of time, and within a process in order of receipt: what "newest first" in a search means. */
function createIds(clock: Clock): () => string {
  const process = randomBytes(4).toString('hex')
  let last = 0
  let count = 0
  return () => {
    const millis = Math.max(clock.now().getTime(), last)
    count = millis === last ? count + 1 : 0
    last = millis
    return `${millis.toString(16).padStart(12, '0')}${count.toString(16).padStart(4, '0')}${process}`
  }
}
