import type { PublicActInput } from '@hotline/shared/public/acts'
import type { PublicAct, PublicProgress } from '@hotline/shared/ticket/view'
import { ref } from 'vue'
import { toAppError } from '../../../platform/errorText'
import { createIntention } from '../../../platform/intention'
import { publicApi, type Pair } from '../publicApi'

/** Sends one act; the same words asked again are the same act. */
export function useAct<A extends PublicAct>(act: A, pair: Pair, onDone: (progress: PublicProgress) => void) {
  const intention = createIntention()
  const isBusy = ref(false)
  const message = ref('')
  const waitSeconds = ref<number>()

  async function send(body: PublicActInput<A>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    message.value = ''
    waitSeconds.value = undefined
    try {
      const next = await publicApi.act(pair, act, body, intention.keyFor(act, body))
      intention.settle()
      onDone(next)
    } catch (thrown) {
      const error = toAppError(thrown)
      message.value = error.details?.isOffline
        ? '没有连上网络，填写的内容都在，请稍后再试；不会重复提交。'
        : (error.details?.fields?.map((field) => field.message).join('；') ?? error.message)
      waitSeconds.value = error.code === 'tooMany' ? error.details?.retryAfter : undefined
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, message, waitSeconds, send }
}
