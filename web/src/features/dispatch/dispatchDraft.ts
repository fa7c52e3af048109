import type { CommandInput } from '@hotline/shared/ticket/commands'
import type { Limit } from '@hotline/shared/limits/profile'
import type { CatalogueLimit } from '@hotline/shared/catalogue/rule'
import type { Candidate } from '@hotline/shared/catalogue/candidates'

export type NamedCandidate = Candidate & { unitName: string }

/** 四明确 as the dispatcher has them on the screen. */
export interface DispatchDraft {
  leadUnitId?: string
  coUnitIds: string[]
  copyUnitIds: string[]
  task: string
  standard: string
  /** `profile`: what the rules say; else shortened by hand. */
  limit: { kind: 'profile' } | { kind: 'workdays' | 'hours'; n: number }
  note: string
  /** 指定依据, after three returns. */
  basis: string
  /** What was prefilled, so that another candidate replaces it and never what the dispatcher wrote. */
  filled: { task: string; standard: string }
}

export function createDispatchDraft(): DispatchDraft {
  return {
    coUnitIds: [],
    copyUnitIds: [],
    task: '',
    standard: '',
    limit: { kind: 'profile' },
    note: '',
    basis: '',
    filled: { task: '', standard: '' },
  }
}

/** Takes a candidate over: its units, and its task and standard where nobody has written other ones. */
export function takeCandidate(draft: DispatchDraft, candidate: NamedCandidate): DispatchDraft {
  const { unitId, coUnitIds, copyUnitIds, task, standard } = candidate
  return {
    ...draft,
    leadUnitId: unitId,
    coUnitIds: coUnitIds.filter((id) => id !== unitId),
    copyUnitIds: copyUnitIds.filter((id) => id !== unitId && !coUnitIds.includes(id)),
    task: draft.task === draft.filled.task ? task : draft.task,
    standard: draft.standard === draft.filled.standard ? standard : draft.standard,
    filled: { task, standard },
  }
}

/** Another lead by hand: it is no co-unit of its own. */
export function takeLead(draft: DispatchDraft, unitId: string | undefined): DispatchDraft {
  const others = (ids: string[]) => ids.filter((id) => id !== unitId)
  return { ...draft, leadUnitId: unitId, coUnitIds: others(draft.coUnitIds), copyUnitIds: others(draft.copyUnitIds) }
}

type Body<C extends 'dispatch' | 'designate'> = Omit<CommandInput<C>, 'version'>

export function toDispatch(draft: DispatchDraft): Body<'dispatch'> {
  const { leadUnitId, coUnitIds, copyUnitIds, task, standard, limit, note } = draft
  return { leadUnitId: leadUnitId ?? '', coUnitIds, copyUnitIds, task, standard, limit, note: note.trim() || undefined }
}

export function toDesignate(draft: DispatchDraft): Body<'designate'> {
  return { ...toDispatch(draft), basis: draft.basis }
}

/** What the manual limit must stay below, in its own unit; hours have no bound that holds in workdays. */
export function boundOf(standard: Limit | CatalogueLimit | undefined): { kind: 'workdays' | 'hours'; max: number } {
  if (standard?.unit === 'hours') return { kind: 'hours', max: standard.n }
  return { kind: 'workdays', max: standard?.n ?? 15 }
}

/** Nothing in it but what a candidate brought. */
export function isUntouched(draft: DispatchDraft, candidates: readonly NamedCandidate[]): boolean {
  if (!draft.leadUnitId) return JSON.stringify(draft) === JSON.stringify(createDispatchDraft())
  const [first] = candidates
  return !!first && JSON.stringify(draft) === JSON.stringify(takeCandidate(createDispatchDraft(), first))
}
