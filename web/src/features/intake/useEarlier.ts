import type { AppError } from '@hotline/shared/error'
import type { TicketRow } from '@hotline/shared/ticket/view'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { api } from '../../platform/http'
import { createIntention } from '../../platform/intention'
import { onTicketChanged } from '../../platform/live'
import { serverNow } from '../../platform/now'
import { toAppError } from '../../platform/say'
import { ticketApi } from '../ticket/ticketApi'

interface Earlier {
  items: TicketRow[]
  total: number
  openCount: number
}

/** What the caller's number has brought before. Asked when the number is left or Enter is pressed, not while it is typed. */
export function useEarlier(number: Readonly<Ref<string>>) {
  const found = shallowRef<Earlier>()
  const problem = shallowRef<AppError>()
  const isLoading = ref(false)
  const urged = ref<Record<string, string>>({})
  const urging = ref<string>()
  const intention = createIntention()
  let asked = ''
  let turn = 0

  async function look(isForced = false): Promise<void> {
    const wanted = number.value.trim()
    if (wanted === asked && !isForced) return
    asked = wanted
    const mine = ++turn
    problem.value = undefined
    if (wanted.replace(/\D/g, '').length < 5) {
      found.value = undefined
      return
    }
    isLoading.value = true
    try {
      const answer = await api.post<Earlier>('/api/callers/lookup', { number: wanted })
      if (mine === turn) found.value = answer
    } catch (error) {
      if (mine !== turn) return
      asked = ''
      problem.value = toAppError(error)
    } finally {
      if (mine === turn) isLoading.value = false
    }
  }

  /** 催办 at one key; what came of it is said on the row, and nothing opens. */
  async function urge(row: TicketRow): Promise<void> {
    if (urging.value || !row.can.includes('urge')) return
    urging.value = row.id
    problem.value = undefined
    try {
      // By its number: another agent may have registered it, and then the number is what opens it.
      const key = intention.keyFor('urge', row.no)
      await ticketApi.command({ id: row.no, version: row.version }, 'urge', {}, key)
      intention.settle()
      urged.value = { ...urged.value, [row.id]: serverNow().toISOString() }
      await look(true)
    } catch (error) {
      problem.value = toAppError(error)
      if (problem.value.code === 'staleVersion') await look(true)
    } finally {
      urging.value = undefined
    }
  }

  /** The one that Alt+U means: the newest that can be urged at all. */
  const urgeTarget = computed(() => found.value?.items.find((row) => row.can.includes('urge')))

  watch(number, (value) => {
    if (value.trim() !== asked && found.value) found.value = undefined
  })
  onTicketChanged(({ id }) => {
    if (found.value?.items.some((row) => row.id === id)) void look(true)
  })
  void look()
  return { found, problem, isLoading, urgeTarget, urged, urging, look, urge }
}
