import type { AlikeAnswer, AlikeInput } from '@hotline/shared/ticket/alikeView'
import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { api } from '../../platform/http'
import { askAlike } from '../ticket/alike'
import type { CallDraft } from './callDraft'
import { latest } from './latest'

const PAUSE_MS = 450
const ENOUGH = 6
const LENGTH = 4_000
const SHOWN = 3
const NOTHING: Pick<AlikeAnswer, 'matters' | 'units' | 'tickets'> = { matters: [], units: [], tickets: [] }

/** What the right column says beside the form, quietly: a failure shows nothing, since the call goes on without it. */
export function useAssist(draft: () => CallDraft, cityCode: Readonly<Ref<string>>) {
  const alike = shallowRef(NOTHING)
  /** The place is not certain: what the agent should ask the caller. */
  const question = shallowRef<string>()

  const askAlikeNow = latest(askAlike, (answer) => {
    if (asked()) alike.value = answer
  })
  const askQuestion = latest(
    (query: Record<string, string | number | undefined>) =>
      api.get<{ question?: string }>('/api/catalogue/candidates', { ...query, limit: 1 }),
    (answer) => void (question.value = answer.question),
  )

  const asked = (): AlikeInput | undefined => {
    const { title, detail, matterCode, regionCode, address, location, accusedUnitIds, confidentiality, result } =
      draft()
    const text = {
      title: title.trim() || undefined,
      detail: detail.slice(0, LENGTH),
      address: address.trim() || undefined,
    }
    const isEnough = `${text.title ?? ''}${detail}`.trim().length >= ENOUGH || (matterCode && regionCode)
    if (result || !isEnough) return undefined
    return { ...text, matterCode, regionCode, location, accusedUnitIds, confidentiality }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => JSON.stringify(asked()),
    () => {
      clearTimeout(timer)
      if (!asked()) alike.value = NOTHING
      else
        timer = setTimeout(() => {
          const input = asked()
          if (input) askAlikeNow(input)
        }, PAUSE_MS)
    },
    { immediate: true },
  )
  watch(
    () => {
      const { matterCode, regionCode, accusedUnitIds, confidentiality, location } = draft()
      return {
        matterCode,
        regionCode: regionCode ?? cityCode.value,
        accused: accusedUnitIds.join(',') || undefined,
        confidentiality,
        lng: location?.lng,
        lat: location?.lat,
      }
    },
    (query, before) => {
      if (JSON.stringify(query) === JSON.stringify(before)) return
      if (query.matterCode && query.regionCode) askQuestion(query)
      else question.value = undefined
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return {
    matters: computed(() => alike.value.matters.slice(0, SHOWN)),
    units: computed(() => alike.value.units.slice(0, SHOWN)),
    tickets: computed(() => alike.value.tickets),
    question,
  }
}
