import type { Actor } from '@hotline/shared/actor'
import { computed, type ComputedRef } from 'vue'
import { useSession } from '../../platform/session'

/** Who sits here, as the shared rules ask for him. */
export function useActor(): ComputedRef<Actor> {
  const session = useSession()
  return computed(() => {
    const { id = '', name = '', unitId = '', roles = [] } = session.user ?? {}
    return { userId: id, name, unitId, roles }
  })
}
