import type { Actor } from '@hotline/shared/actor'
import { dayOf } from '@hotline/shared/calendar/day'
import { dutyAllows, unitLevelOf, type DutyList, type DutyRow } from '@hotline/shared/catalogue/duty'
import { applyChanges, changeTexts, type CatalogueWorld } from '@hotline/shared/catalogue/edit'
import { effectOf, type CatalogueEffect } from '@hotline/shared/catalogue/effect'
import { dutyChanges, dutyProblems } from '@hotline/shared/catalogue/dutyEdit'
import { problemsOf, type CatalogueProblem } from '@hotline/shared/catalogue/problems'
import type { CatalogueContent } from '@hotline/shared/catalogue/rule'
import type { CatalogueChange } from '@hotline/shared/catalogue/ruleInput'
import { AppError } from '@hotline/shared/error'
import type { Clock } from '../../platform/clock'
import type { Transact, Tx } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import type { LiveCatalogue } from './catalogueStore'
import type { Version, VersionStore } from './versionStore'

export interface Checked {
  problems: CatalogueProblem[]
  effect: CatalogueEffect
  /** What would be kept as the version's changes. */
  texts: string[]
}

export interface CatalogueService {
  /** The newest version, or an older one. */
  content(version?: number): Promise<CatalogueContent>
  /** @throws AppError staleVersion */
  check(base: number, changes: readonly CatalogueChange[]): Promise<Checked>
  /** @throws AppError staleVersion, ruleViolated with all problems */
  save(base: number, changes: readonly CatalogueChange[], note: string, actor: Actor): Promise<number>
  dutyList(): DutyList
  /** Whether the duty list lets this matter go to this unit. */
  dutyAllows(matterCode: string, unitId: string): true | string
  checkDuties(rows: readonly DutyRow[]): CatalogueProblem[]
  saveDuties(base: number, rows: readonly DutyRow[], note: string, actor: Actor): Promise<number>
}

export interface CatalogueDeps extends Omit<CatalogueWorld, 'matters'> {
  catalogue: LiveCatalogue
  duties: VersionStore<DutyContent>
  audit: Audit
  transact: Transact
  clock: Clock
}

export interface DutyContent {
  rows: readonly DutyRow[]
}

export function createCatalogueService(deps: CatalogueDeps): CatalogueService {
  const { catalogue, duties, units, regions, audit, transact, clock } = deps
  const { versions, matters } = catalogue
  const world = { matters, regions, units }
  const newest = (): CatalogueContent => contentOf(versions.current())
  const dutyList = (): DutyList => ({ version: duties.current().version, ...duties.current().content })

  /** @throws AppError staleVersion with what others have done since */
  async function assertNewest(store: Pick<VersionStore<unknown>, 'poll' | 'current' | 'since'>, base: number) {
    await store.poll()
    if (store.current().version === base) return
    throw await stale(store, base)
  }
  async function stale(store: Pick<VersionStore<unknown>, 'since'>, base: number): Promise<AppError> {
    const since = await store.since(base)
    const who = since.map(({ author, version }) => `${author.name}（第 ${version} 版）`).join('、')
    return new AppError('staleVersion', `您打开之后已有人保存：${who}，请看过变化后再改`, { versions: since })
  }
  /** Keeps the version, or says what another has kept a moment before. */
  async function keep<T>(store: VersionStore<T>, next: Version<T>, tx: Tx): Promise<void> {
    await store.save(next, tx).catch(async (error: unknown) => {
      if (error instanceof AppError && error.code === 'staleVersion') throw await stale(store, next.version - 1)
      throw error
    })
  }

  function examine(before: CatalogueContent, changes: readonly CatalogueChange[]): Checked {
    const after = applyChanges(before, changes)
    const today = dayOf(clock.now())
    return {
      problems: problemsOf(before, after, { ...world, duty: dutyList(), today }),
      effect: effectOf(before, after, { ...world, today }),
      texts: changeTexts(before, changes, world),
    }
  }

  return {
    content: async (version) =>
      version === undefined || version === versions.current().version
        ? newest()
        : contentOf(await versions.find(version)),
    async check(base, changes) {
      await assertNewest(versions, base)
      return examine(newest(), changes)
    },
    async save(base, changes, note, actor) {
      await assertNewest(versions, base)
      const before = newest()
      const { problems, texts } = examine(before, changes)
      refuse(problems)
      const { version, ...content } = applyChanges(before, changes)
      await transact(async (tx) => {
        await keep(versions, { version, ...signed(actor, note), changes: texts, content }, tx)
        audit.appendWith(tx, {
          actor,
          action: 'catalogue.saved',
          target: `catalogue/${version}`,
          reason: note,
          details: { changes: texts },
        })
      })
      return version
    },
    dutyList,
    dutyAllows(matterCode, unitId) {
      const unit = units.get(unitId)
      return unit ? dutyAllows(dutyList(), matters.pathOf(matterCode), unitLevelOf(unit)) : '承办单位不存在'
    },
    checkDuties: (rows) => dutyProblems(rows, newest().rules, world),
    async saveDuties(base, rows, note, actor) {
      await assertNewest(duties, base)
      refuse(dutyProblems(rows, newest().rules, world))
      const changes = dutyChanges(dutyList().rows, rows, matters)
      if (changes.length === 0) throw new AppError('ruleViolated', '没有改动')
      const version = base + 1
      await transact(async (tx) => {
        await keep(duties, { version, ...signed(actor, note), changes, content: { rows } }, tx)
        audit.appendWith(tx, {
          actor,
          action: 'duties.saved',
          target: `duties/${version}`,
          reason: note,
          details: { changes },
        })
      })
      return version
    },
  }

  function signed({ userId, name }: Actor, note: string) {
    return { at: clock.now(), author: { userId, name }, note }
  }
}

function contentOf({ version, content }: { version: number; content: Omit<CatalogueContent, 'version'> }) {
  return { version, ...content }
}

function refuse(problems: readonly CatalogueProblem[]): void {
  const errors = problems.filter(({ level }) => level === 'error')
  if (errors.length === 0) return
  throw new AppError('ruleViolated', errors.map(({ message }) => message).join('；'), { problems: errors })
}
