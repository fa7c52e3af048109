import { UNIT_DESKS, type UnitDesk } from '@hotline/shared/ticket/desks'
import { readonly, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

const PATH = '/unit'

function isDesk(text: unknown): text is UnitDesk {
  return typeof text === 'string' && Object.hasOwn(UNIT_DESKS, text)
}

/**
 * Which tab and which matter are open, in the address: a reload finds them again, and on a phone 返回 closes the
 * matter. The page is kept alive, so what other pages do to the address is not our business.
 */
export function useUnitPlace(first: UnitDesk) {
  const route = useRoute()
  const router = useRouter()
  const desk = ref<UnitDesk>(first)
  const ticketId = ref<string>()

  watch(() => route.fullPath, read, { immediate: true })

  function read(): void {
    if (route.path !== PATH) return
    const { desk: wanted, ticket } = route.query
    // Came by the menu: as it was left.
    if (!isDesk(wanted)) return void router.replace(addressOf(desk.value, ticketId.value))
    desk.value = wanted
    ticketId.value = typeof ticket === 'string' ? ticket : undefined
  }
  function addressOf(wanted: UnitDesk, ticket?: string) {
    return { path: PATH, query: { desk: wanted, ...(ticket ? { ticket } : {}) } }
  }

  return {
    desk: readonly(desk),
    ticketId: readonly(ticketId),
    showDesk: (wanted: UnitDesk) => void router.replace(addressOf(wanted, ticketId.value)),
    /** Going from one matter to the next leaves no trail: 返回 always means the list. */
    open: (id: string) =>
      void (ticketId.value ? router.replace(addressOf(desk.value, id)) : router.push(addressOf(desk.value, id))),
    close: () => {
      const list = router.resolve(addressOf(desk.value)).fullPath
      const { back } = (history.state ?? {}) as { back?: string }
      if (back === list) router.back()
      else void router.replace(list)
    },
  }
}
