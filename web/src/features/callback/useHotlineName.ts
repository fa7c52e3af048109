import type { Unit } from '@hotline/shared/unit/unit'
import { ref, type Ref } from 'vue'
import { api } from '../../platform/http'

const PLAIN = '12345政务服务便民热线'
let asked: Promise<string> | undefined

/** The hotline's own name, with its city, as the officer says it; the plain one until it is known. */
export function useHotlineName(): Ref<string> {
  const name = ref(PLAIN)
  asked ??= api
    .get<{ items: Unit[] }>('/api/units', { q: PLAIN })
    .then(({ items }) => items.find(({ kind }) => kind === 'hotline')?.name ?? PLAIN)
  asked.then(
    (known) => (name.value = known),
    () => (asked = undefined),
  )
  return name
}
