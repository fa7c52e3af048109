import { CALENDAR_YEARS } from '@hotline/shared/calendar/data'
import { SYSTEM_CLOCK } from '../../platform/clock'
import type { Migration } from '../../platform/migrations'
import type { CalendarDoc } from './calendarStore'

export const calendarMigrations: Migration[] = [
  {
    id: 610,
    name: '工作日历（已公布的年份）',
    up: async (db) => {
      const years = db.collection<CalendarDoc>('calendarVersions')
      await years.createIndex({ year: 1, version: 1 }, { name: 'version', unique: true })
      if ((await years.countDocuments({}, { limit: 1 })) > 0) return
      const at = SYSTEM_CLOCK.now()
      await years.insertMany(
        CALENDAR_YEARS.map(({ year, off, work, source }, index) => ({
          _id: index + 1,
          year,
          version: 1,
          isPublished: true,
          off: [...off],
          work: [...work],
          source,
          note: '出厂数据',
          at,
          by: { userId: 'system', name: '系统', unitId: 'system' },
        })),
      )
    },
  },
]
