import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Config } from './config'
import type { createAttachments } from './features/attachment/attachmentFeature'
import type { openAuditLog } from './features/audit/auditLog'
import type { AuditQueries } from './features/audit/auditQueries'
import { createBoardFeature } from './features/board/boardFeature'
import { createCallbackFeature } from './features/callback/callbackFeature'
import { createCalls } from './features/call/callFeature'
import { HASHED_IN_CALLS } from './features/call/callStore'
import type { loadMatters } from './features/catalogue/matterStore'
import type { openRulebook } from './features/catalogue/rulebook'
import { createCityNoticeFeatures } from './features/public/cityNoticeFeature'
import { createCityNoticeStore } from './features/public/cityNoticeStore'
import { createKnowledge, type Knowledge } from './features/knowledge/knowledge'
import type { createPolicy } from './features/limits/policy'
import { createExports } from './features/export/exports'
import type { createMessages } from './features/message/messageService'
import type { Notices } from './features/notice/noticeService'
import type { loadRegions } from './features/region/regionStore'
import type { Effect } from './features/ticket/announcer'
import { HASHED_IN_TICKETS } from './features/ticket/sealedContact'
import type { TicketFeature } from './features/ticket/ticketFeature'
import type { AccountList } from './features/user/accountList'
import type { createStaffDirectory } from './features/user/staffDirectory'
import type { createUserStore } from './features/user/userStore'
import { createInspections } from './features/inspection/inspections'
import { createMeetingFeature } from './features/meeting/meetingFeature'
import { createMeetingReader } from './features/meeting/meetingReader'
import { createMeetingStore } from './features/meeting/meetingStore'
import { createRosterFeature } from './features/roster/rosterFeature'
import { createRosterReader } from './features/roster/rosterReader'
import { createRosterStore } from './features/roster/rosterStore'
import { createTemplateFeature } from './features/template/templateFeature'
import { createTemplateStore } from './features/template/templateStore'
import { createViewFeature } from './features/view/viewFeature'
import { createViewStore } from './features/view/viewStore'
import type { Clock } from './platform/clock'
import type { Crypto } from './platform/crypto'
import type { Feature } from './platform/feature'
import type { Write } from './platform/http/idempotency'
import type { RateLimiter } from './platform/http/rateLimit'
import type { Job } from './platform/jobs'
import type { Live } from './platform/live'
import type { Logger } from './platform/log'
import type { Database } from './platform/mongo'
import type { Transact } from './platform/outbox'
import { createRehash, type HashedPlace } from './platform/rehash'

export interface ConsoleDeps {
  config: Config
  database: Database
  tickets: TicketFeature
  units: UnitTree
  regions: Awaited<ReturnType<typeof loadRegions>>
  matters: Awaited<ReturnType<typeof loadMatters>>
  rulebook: Awaited<ReturnType<typeof openRulebook>>
  policy: ReturnType<typeof createPolicy>
  staff: ReturnType<typeof createStaffDirectory>
  users: ReturnType<typeof createUserStore>['store']
  accounts: AccountList
  messages: ReturnType<typeof createMessages>
  attachments: ReturnType<typeof createAttachments>
  audit: ReturnType<typeof openAuditLog>
  auditQueries: AuditQueries
  notices: Notices
  transact: Transact
  crypto: Crypto
  clock: Clock
  logger: Logger
  write: Write
  rateLimiter: RateLimiter
  hint: Live['hint']
}

/** What asks for changes of other processes again and again. */
interface Follower {
  start(): Promise<void>
  stop(): Promise<void>
}

export interface Consoles {
  features: Feature[]
  /** After the commit of a command, as every effect. */
  follow: Effect
  followers: Follower[]
  jobs: readonly Job[]
  /** Before an answer that quotes knowledge. @throws AppError */
  assertQuotes: Knowledge['assertQuotes']
}

const HASHED = [HASHED_IN_TICKETS, HASHED_IN_CALLS] as readonly HashedPlace[]

/** What stands beside the tickets and lives on them: joined here, as `wire` joins everything else. */
export function createConsoles(deps: ConsoleDeps): Consoles {
  const { db } = deps.database
  const { queries, presenter, rules } = deps.tickets
  const calls = createCalls({ ...deps, db, isDemo: deps.config.isDemo })
  const knowledge = createKnowledge({ ...deps, db, isDemo: deps.config.isDemo })
  const inspections = createInspections({ ...deps, db, tickets: queries, presenter })
  const meetingStore = createMeetingStore(db, rules)
  const meetings = createMeetingReader({ ...deps, store: meetingStore, tickets: queries, presenter })
  const rosterStore = createRosterStore(db)
  const roster = createRosterReader(rosterStore, deps.crypto)
  const lists = {
    ...{ calls: calls.log, accounts: deps.accounts, audited: deps.auditQueries, articles: knowledge.articles },
    ...{ inspections: inspections.reader, meetings, roster },
  }
  return {
    features: [
      ...calls.features,
      ...knowledge.features,
      createBoardFeature({ ...deps, db, tickets: queries, presenter, rules }),
      createCallbackFeature({ ...deps, db, tickets: queries, presenter }),
      createExports({ ...deps, ...lists, db, calendar: deps.policy.liveCalendar }),
      createViewFeature({ ...deps, store: createViewStore(db) }),
      inspections.feature,
      createMeetingFeature({ ...deps, store: meetingStore, reader: meetings, tickets: queries, presenter }),
      createRosterFeature({ ...deps, store: rosterStore, reader: roster }),
      ...createCityNoticeFeatures({ ...deps, store: createCityNoticeStore(db) }),
      createTemplateFeature({ ...deps, store: createTemplateStore(db) }),
    ],
    follow: async (news) => {
      await calls.follow(news)
      await knowledge.follow(news)
    },
    followers: [calls.follower, knowledge],
    jobs: [createRehash(db, deps.crypto, HASHED, deps.logger).job],
    assertQuotes: (quotes) => knowledge.assertQuotes(quotes),
  }
}
