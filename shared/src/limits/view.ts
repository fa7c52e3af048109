import { z } from 'zod'
import { LimitProfileInput, ProfileRef } from './profileInput'
import type { LimitProfile } from './profile'
import type { ProfileChange } from './fields'
import type { RecomputeJobView } from './recomputeView'

const note = z.string({ error: '请填写说明' }).trim().min(2, '请填写说明').max(200, '说明最多 200 字')

/** A new version of a profile: `basedOn` is the version that its author saw; 0 for a new profile. */
export const SaveProfileInput = z.strictObject({
  profile: LimitProfileInput,
  basedOn: z.number({ error: '缺少版本号' }).int().min(0),
  note,
})
export const PreviewProfileInput = ProfileRef
/** 设为本市方案. `basedOn`: the number of the choice that its author saw. */
export const ApplyProfileInput = z.strictObject({
  ...ProfileRef.shape,
  basedOn: z.number({ error: '缺少版本号' }).int().min(0),
  note,
  /** Tickets under way as well, not only new ones. */
  isForOpen: z.boolean(),
})
export const DiffQuery = z.strictObject({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) })

export interface ProfileVersionView {
  version: number
  at: string
  byName: string
  note: string
  isPreset: boolean
}

export interface ChoiceView {
  seq: number
  profile: ProfileRef
  name: string
  from: string
  at: string
  byName: string
  note: string
}

export interface LimitList {
  /** 本市方案 now. */
  active: ChoiceView
  /** Decided, and not begun. */
  upcoming?: ChoiceView
  /** What the next choice is based on. */
  seq: number
  choices: ChoiceView[]
  items: { id: string; name: string; source: string; versions: ProfileVersionView[] }[]
}

export interface ProfileView {
  profile: LimitProfile
  versions: ProfileVersionView[]
}
export type ProfileDiff = { changes: ProfileChange[] }
export interface Applied {
  choice: ChoiceView
  job?: RecomputeJobView
}
