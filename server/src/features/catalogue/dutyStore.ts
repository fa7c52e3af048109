import { FIRST_DUTY_LIST } from '@hotline/shared/catalogue/dutyData'
import type { Logger } from '../../platform/log'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import type { DutyContent } from './catalogueService'
import { openVersions, writeFirstVersion, type VersionStore } from './versionStore'

const VERSIONS = 'dutyVersions'

/** 属地管理事项责任清单, every version of it. */
export function openDuties(db: Db, logger: Logger): Promise<VersionStore<DutyContent>> {
  return openVersions<DutyContent>(db, VERSIONS, logger)
}

export const dutyMigrations: Migration[] = [
  {
    id: 440,
    name: '属地管理事项责任清单',
    up: (db) => writeFirstVersion(db, VERSIONS, { rows: FIRST_DUTY_LIST.rows }, '初始清单'),
  },
]
