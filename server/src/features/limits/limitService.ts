import type { Actor } from '@hotline/shared/actor'
import { startOfDay } from '@hotline/shared/calendar/day'
import type { WorkCalendar } from '@hotline/shared/calendar/workingDays'
import { AppError } from '@hotline/shared/error'
import { diffProfiles, type ProfileChange } from '@hotline/shared/limits/fields'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { LimitProfileInput, ProfileRef } from '@hotline/shared/limits/profileInput'
import type { RecomputeJobView, RecomputePreview } from '@hotline/shared/limits/recomputeView'
import type { Applied, ChoiceView, LimitList, ProfileVersionView, ProfileView } from '@hotline/shared/limits/view'
import type { By } from '@hotline/shared/ticket/ticket'
import type { Audit } from '../audit/auditService'
import type { Clock } from '../../platform/clock'
import type { Transact, Tx } from '../../platform/outbox'
import type { ChoiceDoc, LimitStore, ProfileHead } from './limitStore'

/** What new rules do to tickets under way; the tickets' own feature knows. */
export interface Recomputing {
  preview(rules: { profile: LimitProfile; calendar: WorkCalendar }): Promise<RecomputePreview>
  /** With the change that is its cause. */
  start(cause: string, actor: Actor, notBefore: Date, tx: Tx): Promise<RecomputeJobView>
  isStartedSince(at: Date): Promise<boolean>
}

export interface LimitDeps {
  store: LimitStore
  calendar(): WorkCalendar
  recomputing: Recomputing
  audit: Audit
  transact: Transact
  clock: Clock
}

export interface LimitService {
  list(): Promise<LimitList>
  read(id: string, version?: number): Promise<ProfileView>
  diff(id: string, from: number, to: number): Promise<ProfileChange[]>
  /** @throws AppError staleVersion, ruleViolated */
  save(
    id: string,
    input: { profile: LimitProfileInput; basedOn: number; note: string },
    actor: Actor,
    ip?: string,
  ): Promise<ProfileView>
  preview(ref: ProfileRef): Promise<RecomputePreview>
  apply(
    input: ProfileRef & { basedOn: number; note: string; isForOpen: boolean },
    actor: Actor,
    ip?: string,
  ): Promise<Applied>
}

export function createLimitService({ store, calendar, recomputing, audit, transact, clock }: LimitDeps): LimitService {
  async function names(): Promise<Map<string, string>> {
    return new Map((await store.list()).map((row) => [`${row.id}@${row.version}`, row.name]))
  }
  const viewOf = ({ _id, profile, from, at, by, note }: ChoiceDoc, known: Map<string, string>): ChoiceView => ({
    seq: _id,
    profile,
    name: known.get(`${profile.id}@${profile.version}`) ?? profile.id,
    from: from.toISOString(),
    at: at.toISOString(),
    byName: by.name,
    note,
  })

  async function read(id: string, version?: number): Promise<ProfileView> {
    const versions = (await store.list()).filter((row) => row.id === id).map(versionOf)
    const newest = versions[0]?.version
    if (newest === undefined) throw new AppError('notFound', '没有这个时限方案')
    const { profile } = await store.find({ id, version: version ?? newest })
    return { profile, versions }
  }

  return {
    read,
    async list() {
      const [rows, choices] = await Promise.all([store.list(), store.choices()])
      const known = new Map(rows.map((row) => [`${row.id}@${row.version}`, row.name]))
      const now = clock.now()
      const [newest] = choices
      const active = choices.find(({ from }) => from <= now)
      if (!newest || !active) throw new AppError('internal', '没有本市时限方案')
      const items: LimitList['items'] = []
      for (const row of rows) {
        const last = items.at(-1)
        if (last?.id === row.id) last.versions.push(versionOf(row))
        else items.push({ id: row.id, name: row.name, source: row.source, versions: [versionOf(row)] })
      }
      return {
        active: viewOf(active, known),
        ...(newest.from > now ? { upcoming: viewOf(newest, known) } : {}),
        seq: newest._id,
        choices: choices.map((choice) => viewOf(choice, known)),
        items,
      }
    },
    async diff(id, from, to) {
      const [before, after] = await Promise.all([store.find({ id, version: from }), store.find({ id, version: to })])
      return diffProfiles(before.profile, after.profile)
    },
    async save(id, { profile: content, basedOn, note }, actor, ip) {
      const newest = await store.newestOf(id)
      if ((newest?.version ?? 0) !== basedOn)
        throw new AppError('staleVersion', newest ? '该方案已被他人更新，请核对后重试' : '没有这个时限方案')
      const profile: LimitProfile = { id, version: basedOn + 1, ...content }
      const changes = newest ? diffProfiles(newest.profile, profile) : []
      if (newest && changes.length === 0) throw new AppError('ruleViolated', '与上一版没有差别')
      await transact(async (tx) => {
        await store.save(profile, note, clock.now(), byOf(actor), tx)
        audit.appendWith(tx, {
          actor,
          action: 'limits.saved',
          target: `limits/${id}`,
          reason: note,
          ip,
          details: { version: profile.version, changes: changes.slice(0, 40).map(changeText) },
        })
      })
      return read(id, profile.version)
    },
    async preview(ref) {
      const { profile } = await store.find(ref)
      return recomputing.preview({ profile, calendar: calendar() })
    },
    async apply({ id, version, basedOn, note, isForOpen }, actor, ip) {
      const { profile } = await store.find({ id, version })
      const at = clock.now()
      const before = store.choiceAt(at)
      const start = profile.effectiveFrom ? startOfDay(profile.effectiveFrom) : at
      const from = start > at ? start : at
      const choice = { profile: { id, version }, from, note, at, by: byOf(actor) }
      const cause = `本市时限方案改为“${profile.name}”第 ${version} 版`
      const { chosen, job } = await transact(async (tx) => {
        const made = await store.choose(choice, basedOn, tx)
        const begun = isForOpen ? await recomputing.start(cause, actor, from, tx) : undefined
        audit.appendWith(tx, {
          actor,
          action: 'limits.applied',
          target: `limits/${id}`,
          reason: note,
          ip,
          details: {
            from: `${before.profile.id}@${before.profile.version}`,
            to: `${id}@${version}`,
            begins: from.toISOString(),
            isForOpen,
            ...(begun ? { jobId: begun.id } : {}),
          },
        })
        return { chosen: made, job: begun }
      })
      return { choice: viewOf(chosen, await names()), ...(job ? { job } : {}) }
    },
  }
}

function versionOf({ version, at, by, note, isPreset }: ProfileHead): ProfileVersionView {
  return { version, at: at.toISOString(), byName: by.name, note, isPreset }
}

function byOf({ userId, name, unitId }: Actor): By {
  return { userId, name, unitId }
}

function changeText({ label, from, to }: ProfileChange): string {
  return `${label}：${from ?? '—'} → ${to ?? '—'}`
}
