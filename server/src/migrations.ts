import { attachmentMigrations } from './features/attachment/attachmentStore'
import { auditMigrations } from './features/audit/auditMigrations'
import { authMigrations } from './features/auth/authMigrations'
import { boardMigrations } from './features/board/boardMigrations'
import { callMigrations } from './features/call/callMigrations'
import { callbackMigrations } from './features/callback/callbackMigrations'
import { matterMigrations } from './features/catalogue/matterStore'
import { rulebookMigrations } from './features/catalogue/rulebook'
import { exportMigrations } from './features/export/exportStore'
import { knowledgeMigrations } from './features/knowledge/knowledgeMigrations'
import { policyMigrations } from './features/limits/policy'
import { messageMigrations } from './features/message/messageFeature'
import { noticeMigrations } from './features/notice/noticeFeature'
import { ratingMigrations } from './features/rating/ratingStore'
import { borderMigrations } from './features/region/borderStore'
import { cityNoticeMigrations } from './features/public/cityNoticeStore'
import { guessMigrations } from './features/public/guessStore'
import { regionMigrations } from './features/region/regionStore'
import { statsMigrations } from './features/stats/statsMigrations'
import { unitMigrations } from './features/unit/unitStore'
import { duplicateMigrations } from './features/ticket/duplicatesQueries'
import { ticketMigrations } from './features/ticket/ticketMigrations'
import { inspectionMigrations } from './features/inspection/inspectionStore'
import { rosterMigrations } from './features/roster/rosterStore'
import { templateMigrations } from './features/template/templateStore'
import { userMigrations } from './features/user/userMigrations'
import { viewMigrations } from './features/view/viewStore'
import { idempotencyMigrations } from './platform/http/idempotency'
import { rateLimitMigrations } from './platform/http/rateLimit'
import { jobMigrations } from './platform/jobs'
import { liveMigrations } from './platform/live'
import { keyRingMigrations } from './platform/keyRings'
import type { Logger } from './platform/log'
import { outboxMigrations } from './platform/outbox'
import { migrate } from './platform/migrations'
import { rehashMigrations } from './platform/rehash'
import type { Database } from './platform/mongo'

const MIGRATIONS = [
  ...rateLimitMigrations,
  ...idempotencyMigrations,
  ...jobMigrations,
  ...outboxMigrations,
  ...liveMigrations,
  ...keyRingMigrations,
  ...userMigrations,
  ...authMigrations,
  ...auditMigrations,
  ...regionMigrations,
  ...borderMigrations,
  ...unitMigrations,
  ...matterMigrations,
  ...rulebookMigrations,
  ...noticeMigrations,
  ...messageMigrations,
  ...ticketMigrations,
  ...duplicateMigrations,
  ...policyMigrations,
  ...statsMigrations,
  ...ratingMigrations,
  ...callMigrations,
  ...attachmentMigrations,
  ...knowledgeMigrations,
  ...templateMigrations,
  ...inspectionMigrations,
  ...rosterMigrations,
  ...boardMigrations,
  ...callbackMigrations,
  ...guessMigrations,
  ...cityNoticeMigrations,
  ...viewMigrations,
  ...rehashMigrations,
  ...exportMigrations,
]

/** Brings the database up to this code, before a server or a script works on it. */
export function migrateDatabase(database: Database, logger: Logger): Promise<void> {
  return migrate(database.db, MIGRATIONS, logger)
}
