import type { TicketRow } from '@hotline/shared/ticket/view'
import { expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useTicketList } from './useTicketList'

const rowsOf = (...ids: string[]) => ({
  items: ids.map((id) => ({ id, version: 1 }) as TicketRow),
  total: ids.length,
  isTotalCapped: false,
})

it('换一个台，前一个台的工单当即不在，晚到的也不再出现；换条件的留着，等新的来', async () => {
  const desk = ref<'handling' | 'supervised'>('handling')
  const page = ref(1)
  const answers = new Map<string, (found: ReturnType<typeof rowsOf>) => void>()
  const scope = effectScope()
  const list = scope.run(() =>
    useTicketList(() => ({ desk: desk.value, page: page.value }), {
      fetch: (query) => new Promise((resolve) => answers.set(`${query.desk} ${query.page}`, resolve)),
    }),
  )
  const shown = () => list?.items.value.map(({ id }) => id)
  const answer = async (key: string, ...ids: string[]) => {
    answers.get(key)?.(rowsOf(...ids))
    await nextTick()
    await nextTick()
  }

  await answer('handling 1', 'a', 'b')
  expect(shown()).toEqual(['a', 'b'])
  page.value = 2
  await nextTick()
  expect([shown(), list?.isLoading.value]).toEqual([['a', 'b'], true])
  desk.value = 'supervised'
  await nextTick()
  expect([shown(), list?.isLoading.value]).toEqual([[], true])
  await answer('handling 2', 'c')
  expect(shown()).toEqual([])
  await answer('supervised 2', 'b')
  expect([shown(), list?.isLoading.value]).toEqual([['b'], false])
  scope.stop()
})
