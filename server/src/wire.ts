import { createServer, type Server } from 'node:http'
import { AppError } from '@hotline/shared/error'
import type { Express } from 'express'
import { createApp } from './app'
import type { Config } from './config'
import { createConsoles } from './consoles'
import { createAttachments } from './features/attachment/attachmentFeature'
import { openFileStore } from './features/attachment/fileStore'
import { createAuditFeature } from './features/audit/auditFeature'
import { openAuditLog } from './features/audit/auditLog'
import { createAuditQueries } from './features/audit/auditQueries'
import { createAuthFeature } from './features/auth/authFeature'
import { createMatterFeature } from './features/catalogue/matterFeature'
import { loadMatters } from './features/catalogue/matterStore'
import { openRulebook } from './features/catalogue/rulebook'
import { assertClockUnmoved, createDemoClock } from './features/demo/demoClock'
import { createDemoClockFeatures } from './features/demo/demoClockFeature'
import { createPolicy } from './features/limits/policy'
import { createMessageFeature } from './features/message/messageFeature'
import { createMessages, RECORDING_ADAPTER } from './features/message/messageService'
import { createNoticeFeature } from './features/notice/noticeFeature'
import { createNotices, NOTICE_TOPIC } from './features/notice/noticeService'
import { createGuesses } from './features/public/guessStore'
import { createPublicFeature } from './features/public/publicFeature'
import { createRatings } from './features/rating/ratings'
import { loadBorders } from './features/region/borderStore'
import { createRegionFeature } from './features/region/regionFeature'
import { loadRegions } from './features/region/regionStore'
import { createStatsFeature } from './features/stats/statsFeature'
import { createDutyPhoneFeature } from './features/unit/dutyPhoneFeature'
import { createDutyPhones } from './features/unit/dutyPhones'
import { createUnitFeature } from './features/unit/unitFeature'
import { createUnitService } from './features/unit/unitService'
import { loadUnits } from './features/unit/unitStore'
import { createHandOver } from './features/ticket/handOver'
import { openWorkOf } from './features/ticket/openWork'
import { createTicketFeature } from './features/ticket/ticketFeature'
import { createStaffDirectory } from './features/user/staffDirectory'
import { createDemoFeature } from './features/user/demoFeature'
import { demoAccounts, seedDemoUsers, type DemoAccount } from './features/user/demoUsers'
import { createAccountList } from './features/user/accountList'
import { createUserFeature } from './features/user/userFeature'
import { createUserStore } from './features/user/userStore'
import { migrateDatabase } from './migrations'
import type { Clock } from './platform/clock'
import { createCrypto } from './platform/crypto'
import type { Feature } from './platform/feature'
import { assertSameSecrets } from './platform/fingerprint'
import { closeServer } from './platform/http/closeServer'
import { createIdempotency } from './platform/http/idempotency'
import { createRateLimiter } from './platform/http/rateLimit'
import { createJobs } from './platform/jobs'
import { createLive, type Live } from './platform/live'
import type { Logger } from './platform/log'
import { createMetrics } from './platform/metrics'
import { createKeyWatch } from './platform/keyRings'
import { connectMongo } from './platform/mongo'
import { createOutbox } from './platform/outbox'

export interface Wired {
  app: Express
  httpServer: Server
  demoAccounts: DemoAccount[]
  /** Begins the jobs and polls; listening is the caller's. */
  start(): Promise<void>
  /** Lets requests and jobs end, then closes everything. Safe to call once. */
  stop(): Promise<void>
}

/** The only place where things are built and joined. */
export async function wire(
  config: Config,
  { clock: machine, logger }: { clock: Clock; logger: Logger },
): Promise<Wired> {
  const database = await connectMongo(config.mongoUri, logger)
  const { db } = database
  try {
    return await join()
  } catch (error) {
    await database.close()
    throw error
  }

  async function join(): Promise<Wired> {
    await migrateDatabase(database, logger)
    const crypto = createCrypto(config.secrets)
    await assertSameSecrets(db, crypto)
    const keyWatch = createKeyWatch(db, crypto, logger)
    const metrics = createMetrics()
    // What keeps people and processes apart counts by the machine's time: a leap of the city's clock must not sign
    // everybody out, nor give a running write to another process.
    const write = createIdempotency(db, crypto, machine)
    const rateLimiter = createRateLimiter(db, machine)
    const drillClock = config.hasDrillClock ? createDemoClock(db, machine, logger) : undefined
    if (drillClock) await drillClock.load()
    else await assertClockUnmoved(db)
    const clock: Clock = drillClock ?? machine

    const outbox = createOutbox(db, logger)
    const { transact } = outbox
    const audit = openAuditLog({ db, crypto, dataDir: config.dataDir, clock, logger, outbox })
    const regions = await loadRegions(db, config.cityCode)
    const units = await loadUnits(db, logger)
    const dutyPhones = createDutyPhones(db, crypto)
    const matters = await loadMatters(db)
    const borders = await loadBorders(db)
    const rulebook = await openRulebook({ db, matters, units, regions, borders, audit, transact, clock, write, logger })
    const policy = createPolicy(db, logger)
    const users = createUserStore(database)
    if (config.isDemo) await seedDemoUsers(users.store, units.all(), clock.now(), logger)
    if (config.isDemo) await dutyPhones.seedDemo(units.all())

    // Made before the sockets that they end: what a feature gives to `live` it gives when it is asked.
    const sockets = {
      disconnectUser: (userId: string) => live.disconnectUser(userId),
      disconnectUserHere: (userId: string) => live.disconnectUserHere(userId),
      disconnectSession: (sessionId: string) => live.disconnectSession(sessionId),
    }
    const auth = createAuthFeature({
      database,
      users: users.store,
      units,
      crypto,
      clock: machine,
      logger,
      rateLimiter,
      audit,
      sockets,
    })
    const messages = createMessages({ db, crypto, clock, adapter: RECORDING_ADAPTER, logger })
    const staff = createStaffDirectory(database, logger)
    const files = await openFileStore({ db, s3: config.s3, logger })
    const attachments = createAttachments({ db, files, crypto, audit, clock: machine, rateLimiter })
    const hint: Live['hint'] = (...args) => live.hint(...args)
    const notices = createNotices(db, clock, hint)
    outbox.receive(NOTICE_TOPIC, notices.receive)
    const tickets = createTicketFeature({
      database,
      masters: { units, regions, matters, ...rulebook },
      staff,
      policy,
      crypto,
      audit,
      clock,
      logger,
      cityCode: config.cityCode,
      write,
      hint,
      claimAttachments: attachments.claim,
      assertQuotes: (quotes) => consoles.assertQuotes(quotes),
      notices,
      send: (entries) => messages.enqueue(entries),
      dutyPhoneOf: dutyPhones.of,
      effects: [(news) => ratings.follow(news), (news) => consoles.follow(news)],
    })

    const ratings = createRatings({ db, tickets, units, matters, crypto, clock, logger, write })
    const handOver = createHandOver({ db, ...tickets })
    const auditQueries = createAuditQueries({
      db,
      unitName: (unitId) => units.name(unitId),
      ticketIdOf: async (no) => (await tickets.store.find(no))?._id,
    })
    const consoles = createConsoles({
      config,
      database,
      tickets,
      units,
      regions,
      matters,
      rulebook,
      policy,
      staff,
      users: users.store,
      accounts: createAccountList({ model: users.model, units, crypto, attempts: auth.attempts }),
      messages,
      attachments,
      audit,
      auditQueries,
      notices,
      transact,
      crypto,
      clock,
      logger,
      write,
      rateLimiter,
      hint,
    })
    const demo = config.isDemo ? demoAccounts(units.all()) : []
    const features: Feature[] = [
      auth.feature,
      ...createUserFeature({
        ...users,
        units,
        audit,
        transact,
        crypto,
        clock,
        write,
        openWorkOf: (user) => openWorkOf(db, user),
        handOver: handOver.person,
        revoke: (tx, ...whose) => auth.revoke(tx, ...whose).then(() => tx.after(staff.poll)),
        onChanged: (userId) => staff.poll().then(() => auth.accountChanged(userId)),
        attempts: auth.attempts,
      }),
      createDemoFeature(demo),
      ...createDemoClockFeatures(drillClock, audit, write),
      createRegionFeature(regions),
      createUnitFeature(units, createUnitService(units, handOver.unit, { audit, transact }), write),
      createDutyPhoneFeature({ units, phones: dutyPhones, audit, transact, write }),
      createMatterFeature(matters),
      ...rulebook.features,
      createAuditFeature({ queries: auditQueries, keeper: audit.keeper }),
      createNoticeFeature(db, write),
      createMessageFeature(db, messages),
      ...policy.features({ recomputing: tickets.recomputing, audit, transact, clock, write }),
      ...tickets.features,
      createStatsFeature({
        db,
        tickets: tickets.queries,
        presenter: tickets.presenter,
        units,
        calendar: policy.liveCalendar,
        clock,
      }),
      ratings.feature,
      ...attachments.features(tickets.store),
      createPublicFeature({
        ...tickets,
        ...{ crypto, units, regions, borders, rateLimiter, attachments },
        guesses: createGuesses(db, machine),
      }),
      ...consoles.features,
    ]

    let isLeaving = false
    const app = createApp({
      features,
      verify: (token) => auth.verify(token),
      metrics,
      logger,
      webDir: config.webDir,
      proxies: config.proxies,
      version: '0.1.0',
      clockOffset: drillClock && (() => drillClock.offsetSeconds()),
      async assertReady() {
        if (isLeaving) throw new AppError('unavailable', '服务正在停止')
        await database.ping()
      },
    })
    const httpServer = createServer(app)
    // Longer than a reverse proxy keeps its own: else it would send into a connection that is just being closed.
    httpServer.keepAliveTimeout = 75_000
    const live = createLive({
      httpServer,
      database,
      verify: (token) => auth.verify(token),
      canFollow: (actor, ticketId) => tickets.canFollow(actor, ticketId),
      clock: machine,
      logger,
    })
    const ownJobs = features.flatMap(({ jobs: own = [] }) => [...own])
    const jobs = createJobs(database, [outbox.job, ...consoles.jobs, ...ownJobs], logger)

    // What they know of the other processes' changes they ask for every moment or so.
    const followers = [
      staff,
      policy,
      units,
      rulebook,
      keyWatch,
      ...consoles.followers,
      ...(drillClock ? [drillClock] : []),
    ]
    // Before the first request: what was revoked a moment ago on another process must not pass here.
    await auth.start()
    for (const one of followers) await one.start()
    await audit.keeper.start()

    return {
      app,
      httpServer,
      demoAccounts: demo,
      start: () => jobs.start(),
      async stop() {
        isLeaving = true
        const closed = closeServer(httpServer)
        await jobs.stop()
        await tickets.stop()
        for (const one of followers) await one.stop()
        await live.close()
        await closed
        await auth.stop()
        await audit.keeper.stop()
        await database.close()
      },
    }
  }
}
