import type { AlikeAnswer } from '@hotline/shared/ticket/alikeView'
import type { TicketView } from '@hotline/shared/ticket/view'
import { shallowRef, watch } from 'vue'
import { askAlike } from '../ticket/alike'

type Asked = Pick<TicketView, 'id' | 'version'>

/** The last ones that were asked: two panes show one answer, and K finds it again. */
const MOST = 6
const answers = new Map<string, Promise<AlikeAnswer | undefined>>()

function ask({ id, version }: Asked): Promise<AlikeAnswer | undefined> {
  const key = `${id} ${version}`
  const known = answers.get(key)
  if (known) return known
  const answer = askAlike({ ticketId: id }).catch(() => {
    answers.delete(key)
    return undefined
  })
  answers.set(key, answer)
  for (const old of [...answers.keys()].slice(0, -MOST)) answers.delete(old)
  return answer
}

/** How tickets like this one went. A failure shows nothing. */
export function useAlike(ticket: () => Asked | undefined) {
  const alike = shallowRef<AlikeAnswer>()
  watch(
    () => [ticket()?.id, ticket()?.version] as const,
    async ([id, version], before) => {
      if (id !== before?.[0]) alike.value = undefined
      if (id === undefined || version === undefined) return
      const answer = await ask({ id, version })
      if (ticket()?.id === id) alike.value = answer ?? alike.value
    },
    { immediate: true },
  )
  return alike
}
