import { AppError } from '@hotline/shared/error'
import { DEFAULT_PROFILE } from '@hotline/shared/limits/presets'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { ProfileRef } from '@hotline/shared/limits/profileInput'
import type { By } from '@hotline/shared/ticket/ticket'
import type { Logger } from '../../platform/log'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import { createNewest, type Newest } from '../../platform/newest'

/** One saved version of a profile; never changed afterwards. */
export interface ProfileDoc {
  _id: string
  id: string
  version: number
  profile: LimitProfile
  /** Came with the product. */
  isPreset: boolean
  note: string
  at: Date
  by: By
}

/** What a list shows of a version. */
export type ProfileHead = Omit<ProfileDoc, 'profile'> & Pick<LimitProfile, 'name' | 'source'>

/** 本市方案: which profile holds from when on. The newest that has begun is the one. */
export interface ChoiceDoc {
  _id: number
  profile: ProfileRef
  from: Date
  note: string
  at: Date
  by: By
}

export interface LimitStore extends Newest {
  /** The city's profile at this moment, from memory. */
  profileAt(at: Date): LimitProfile
  choiceAt(at: Date): ChoiceDoc
  /** All versions of all profiles, without their content. */
  list(): Promise<ProfileHead[]>
  choices(): Promise<ChoiceDoc[]>
  /** @throws AppError notFound */
  find(ref: ProfileRef): Promise<ProfileDoc>
  newestOf(id: string): Promise<ProfileDoc | undefined>
  /** @throws AppError staleVersion when somebody has saved this profile meanwhile */
  save(profile: LimitProfile, note: string, at: Date, by: By, tx: Tx): Promise<ProfileDoc>
  /** @throws AppError staleVersion when another choice was made meanwhile */
  choose(choice: Omit<ChoiceDoc, '_id'>, basedOn: number, tx: Tx): Promise<ChoiceDoc>
}

export function profileKey({ id, version }: ProfileRef): string {
  return `${id}@${version}`
}

/** Choices lie in the past or a few months ahead; more than these nobody looks back. */
const MOST_CHOICES = 50

export function createLimitStore(db: Db, logger: Logger): LimitStore {
  const profiles = db.collection<ProfileDoc>('limitProfiles')
  const choices = db.collection<ChoiceDoc>('limitChoices')
  let chosen: { choice: ChoiceDoc; profile: LimitProfile }[] = []

  const newestChoices = () => choices.find().sort({ _id: -1 }).limit(MOST_CHOICES).toArray()
  const newest = createNewest('时限方案', {
    logger,
    ask: async () => (await choices.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } }))?._id ?? 0,
    async load() {
      const rows = await newestChoices()
      const found = await profiles.find({ _id: { $in: rows.map(({ profile }) => profileKey(profile)) } }).toArray()
      const byKey = new Map(found.map((row) => [row._id, completed(row).profile]))
      chosen = rows.flatMap((choice) => {
        const profile = byKey.get(profileKey(choice.profile))
        return profile ? [{ choice, profile }] : []
      })
    },
  })
  const at = (moment: Date) => chosen.find(({ choice }) => choice.from <= moment)

  return {
    ...newest,
    profileAt: (moment) => at(moment)?.profile ?? DEFAULT_PROFILE,
    choiceAt(moment) {
      const found = at(moment)
      if (!found) throw new AppError('internal', '没有本市时限方案')
      return found.choice
    },
    async list() {
      const fields = { id: 1, version: 1, isPreset: 1, note: 1, at: 1, by: 1, 'profile.name': 1, 'profile.source': 1 }
      const rows = await profiles.find({}, { projection: fields }).sort({ id: 1, version: -1 }).toArray()
      return rows.map(({ profile: { name, source }, ...row }) => ({ ...row, name, source }))
    },
    choices: newestChoices,
    async find(ref) {
      const row = await profiles.findOne({ _id: profileKey(ref) })
      if (!row) throw new AppError('notFound', '没有这个时限方案或版本')
      return completed(row)
    },
    async newestOf(id) {
      const row = await profiles.findOne({ id }, { sort: { version: -1 } })
      return row ? completed(row) : undefined
    },
    async save(profile, note, savedAt, by, { session }) {
      const { id, version } = profile
      const row = { _id: profileKey(profile), id, version, profile, isPreset: false, note, at: savedAt, by }
      try {
        await profiles.insertOne(row, { session })
      } catch (error) {
        if (!isDuplicate(error)) throw error
        throw new AppError('staleVersion', '该方案已被他人更新，请核对后重试')
      }
      return row
    },
    async choose(choice, basedOn, { session, after }) {
      const row = { _id: basedOn + 1, ...choice }
      const last = await choices.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } })
      try {
        if (last && last._id !== basedOn) throw new AppError('staleVersion', STALE_CHOICE)
        await choices.insertOne(row, { session })
      } catch (error) {
        if (!isDuplicate(error)) throw error
        throw new AppError('staleVersion', STALE_CHOICE)
      }
      after(newest.poll)
      return row
    },
  }
}

const STALE_CHOICE = '本市方案刚被他人改过，请核对后重试'

/** A number that a later program knows has its default in what was saved before. */
function completed(row: ProfileDoc): ProfileDoc {
  return { ...row, profile: { ...DEFAULT_PROFILE, ...row.profile } }
}
