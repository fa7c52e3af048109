import { DEFAULT_PROFILE, PRESETS } from '@hotline/shared/limits/presets'
import { SYSTEM_CLOCK } from '../../platform/clock'
import type { Migration } from '../../platform/migrations'
import { profileKey, type ChoiceDoc, type ProfileDoc } from './limitStore'

const SYSTEM = { userId: 'system', name: '系统', unitId: 'system' }

export const limitMigrations: Migration[] = [
  {
    id: 600,
    name: '时限方案（各地预设）和本市方案',
    up: async (db) => {
      const profiles = db.collection<ProfileDoc>('limitProfiles')
      await profiles.createIndex({ id: 1, version: 1 }, { name: 'version', unique: true })
      const at = SYSTEM_CLOCK.now()
      for (const profile of [DEFAULT_PROFILE, ...PRESETS]) {
        const { id } = profile
        const version = 1
        const _id = profileKey({ id, version })
        const row = { id, version, profile: { ...profile, version }, isPreset: true, note: '出厂预设', at, by: SYSTEM }
        await profiles.updateOne({ _id }, { $setOnInsert: row }, { upsert: true })
      }
      const choices = db.collection<ChoiceDoc>('limitChoices')
      const first = { profile: { id: DEFAULT_PROFILE.id, version: 1 }, from: new Date(0), note: '出厂设置', at }
      await choices.updateOne({ _id: 1 }, { $setOnInsert: { ...first, by: SYSTEM } }, { upsert: true })
    },
  },
]
