import type { CheckView, RuleView } from '@hotline/shared/catalogue/catalogueView'
import type { AppError, FieldError } from '@hotline/shared/error'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { createIntention } from '../../../platform/intention'
import { toAppError } from '../../../platform/say'
import { catalogueApi } from './catalogueApi'
import { changesOf, formOf } from './ruleForm'

const PAUSE_MS = 500

/** One row being written: checked against the newest version while it is, kept as the next one. */
export function useRuleDraft(rule: RuleView | undefined, version: number) {
  const form = ref(formOf(rule))
  const base = ref(version)
  const result = shallowRef<CheckView>()
  const failure = shallowRef<AppError>()
  const isBusy = ref(false)
  const wasAsked = ref(false)
  const noteError = ref<FieldError>()
  const intention = createIntention()
  const draft = computed(() => changesOf(form.value, rule))
  const errors = computed(() => {
    const note = noteError.value && !form.value.note.trim() ? [noteError.value] : []
    return wasAsked.value ? [...draft.value.errors, ...note] : []
  })
  const isStale = computed(() => failure.value?.code === 'staleVersion')
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function check(): Promise<void> {
    const mine = ++turn
    const { changes } = draft.value
    if (changes.length === 0) {
      result.value = undefined
      return
    }
    try {
      const found = await catalogueApi.check(base.value, changes)
      if (mine === turn) result.value = found
    } catch (error) {
      if (mine === turn) failure.value = toAppError(error)
    }
  }

  /** Resolves to the new version, or to nothing when something speaks against it. */
  async function save(): Promise<number | undefined> {
    wasAsked.value = true
    failure.value = undefined
    const { changes } = draft.value
    const note = form.value.note.trim()
    noteError.value = note ? undefined : { path: 'note', message: '请填写修改说明' }
    if (draft.value.errors.length > 0 || !note || isBusy.value) return undefined
    isBusy.value = true
    // What a check under way still has to say is no answer to this.
    turn += 1
    try {
      const kept = await catalogueApi.save(base.value, changes, note, intention.keyFor(base.value, changes, note))
      intention.settle()
      return kept.version
    } catch (error) {
      const known = toAppError(error)
      if (known.code !== 'unavailable') intention.settle()
      failure.value = known
      return undefined
    } finally {
      isBusy.value = false
    }
  }

  /** Somebody else was faster: what is typed is checked against what he has kept. */
  async function renew(): Promise<void> {
    base.value = (await catalogueApi.rules({ pageSize: 1 })).newestVersion
    failure.value = undefined
    await check()
  }

  watch(
    () => JSON.stringify(draft.value.changes),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void check(), PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { form, errors, result, failure, isStale, isBusy, save, renew }
}
