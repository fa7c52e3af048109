import type { Actor } from '@hotline/shared/actor'
import type { WorkCalendar } from '@hotline/shared/calendar/workingDays'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { SYSTEM_CLOCK, type Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import type { Write } from '../../platform/http/idempotency'
import type { Live } from '../../platform/live'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'
import type { Transact } from '../../platform/outbox'
import type { AuditQueries } from '../audit/auditQueries'
import type { Audit } from '../audit/auditService'
import { createSupervisions } from '../board/supervisions'
import type { Calls } from '../call/callFeature'
import type { InspectionReader } from '../inspection/inspectionReader'
import type { ArticleList } from '../knowledge/articleList'
import type { MeetingReader } from '../meeting/meetingReader'
import type { Notices } from '../notice/noticeService'
import { createRatingQueries } from '../rating/ratingQueries'
import type { RosterReader } from '../roster/rosterReader'
import { createStatsReads } from '../stats/statsFeature'
import type { TicketFeature } from '../ticket/ticketFeature'
import type { AccountList } from '../user/accountList'
import type { UserStore } from '../user/userStore'
import { createExportFeature } from './exportFeature'
import { createExportService } from './exportService'
import { createExportStore } from './exportStore'
import { createAccountSource, createAuditSource } from './sources/adminSources'
import { createCallSource } from './sources/callSource'
import { createArticleSource } from './sources/articleSource'
import { createInspectionSource } from './sources/inspectionSource'
import { createMeetingSource } from './sources/meetingSource'
import { createRosterSources } from './sources/rosterSources'
import { createSupervisionSource } from './sources/supervisionSource'
import { createTableSources } from './sources/tableSources'
import { createTicketSources } from './sources/ticketSource'

export interface ExportsDeps {
  db: Db
  calls: Calls['log']
  accounts: AccountList
  audited: AuditQueries
  articles: ArticleList
  inspections: InspectionReader
  meetings: Pick<MeetingReader, 'of'>
  roster: Pick<RosterReader, 'days'>
  tickets: Pick<TicketFeature, 'queries' | 'presenter' | 'rules'>
  units: UnitTree
  calendar: WorkCalendar
  users: UserStore
  audit: Audit
  notices: Notices
  transact: Transact
  clock: Clock
  logger: Logger
  write: Write
  hint: Live['hint']
}

/** 导出, joined: every list by the one mechanism. */
export function createExports(deps: ExportsDeps): Feature {
  const { db, tickets, units, calendar, users, audit, clock, logger, write, hint } = deps
  const stats = createStatsReads({ db, tickets: tickets.queries, units, calendar, clock })
  const ratings = createRatingQueries({ db, units, clock, targets: () => tickets.rules.profile.targets })
  const service = createExportService({
    store: createExportStore(db),
    sources: {
      ...createTicketSources({ queries: tickets.queries, stats, presenter: tickets.presenter }),
      calls: createCallSource(deps.calls),
      users: createAccountSource(deps.accounts),
      audit: createAuditSource(deps.audited),
      articles: createArticleSource(deps.articles),
      inspections: createInspectionSource(deps.inspections),
      meeting: createMeetingSource(deps.meetings),
      ...createRosterSources(deps.roster),
      ...createTableSources({ stats, ratings, units }),
      supervisions: createSupervisionSource(
        createSupervisions({ db, tickets: tickets.queries, presenter: tickets.presenter, units, clock }),
      ),
    },
    async actorOf(userId): Promise<Actor | undefined> {
      const user = await users.find(userId)
      if (!user?.isActive) return undefined
      return { userId: user._id, name: user.name, unitId: user.unitId, roles: user.roles }
    },
    audit,
    notices: deps.notices,
    transact: deps.transact,
    hint,
    clock: SYSTEM_CLOCK,
    logger,
  })
  return createExportFeature(service, write)
}
