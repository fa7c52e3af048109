import type { CallState } from '@hotline/shared/call/labels'
import type { CallView, MyCalls } from '@hotline/shared/call/view'
import { beforeEach, describe, expect, it } from 'vitest'
import { computed, effectScope, nextTick, ref, shallowRef } from 'vue'
import { useCalls } from './useCalls'
import { useLineTabs, type Line } from './useLineTabs'

const CITY = { code: ref('371600'), load: async () => undefined }
const ringAt = '2026-11-22T02:00:00.000Z'

const call = (id: string, state: CallState, more: Partial<CallView> = {}): CallView => ({
  ...{ id, state, direction: 'in', number: `1390000000${id.at(-1)}`, isPlain: true, labels: [], ringAt, tickets: [] },
  ...(state === 'ringing' ? {} : { answeredAt: ringAt }),
  ...more,
})

/** A desk with the exchange behind it, which tells by `tells` what the calls are now. */
const aDesk = () => effectScope(true).run(openDesk) as ReturnType<typeof openDesk>

function openDesk() {
  const mine = shallowRef<MyCalls>()
  const known = new Map<string, CallView>()
  const ended: string[] = []
  const seen: string[] = []
  const focused: string[] = []
  const line: Line = {
    get mine() {
      return mine.value
    },
    callOf: (id) => (id ? known.get(id) : undefined),
    isLive: (id) => !!mine.value?.calls.some((one) => one.id === id),
    markSeen: (id) => void seen.push(id),
    endWrapUp: async (id) => void ended.push(id),
  }
  const desk = useCalls('u1', CITY)
  const isShown = ref(true)
  const onAnswered = () => void focused.push(desk.active.value.draft.value.callId ?? '')
  const tabs = useLineTabs('u1', desk, line, { isShown, onAnswered })
  async function tells(...calls: CallView[]): Promise<void> {
    for (const one of calls) known.set(one.id, one)
    mine.value = {
      presence: { state: 'free', since: ringAt },
      today: { answered: 0, registered: 0, answeredDirectly: 0 },
      calls,
      returnCount: 0,
    }
    await nextTick()
  }
  const ids = computed(() => desk.calls.value.map(({ draft }) => draft.value.callId))
  return { desk, tabs, tells, ids, ended, seen, focused, isShown }
}

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

describe('来电与页签', () => {
  it('振铃就有一个页签，号码已填，占去空着的那个；接通时焦点才进来', async () => {
    const { desk, tells, ids, focused } = aDesk()
    await tells(call('c1', 'ringing'))
    expect(ids.value).toEqual(['c1'])
    expect(desk.active.value.draft.value).toMatchObject({ number: '13900000001', channel: 'phone' })
    expect(focused).toEqual([])
    await tells(call('c1', 'talking'))
    expect(focused).toEqual(['c1'])
  })

  it('正在打字时第二路来电另开页签，不抢画面，不抢焦点', async () => {
    const { desk, tells, ids, focused } = aDesk()
    await tells(call('c1', 'talking'))
    desk.active.value.draft.value.detail = '路灯不亮'
    await tells(call('c1', 'talking'), call('c2', 'ringing'))
    await tells(call('c1', 'talking'), call('c2', 'talking'))
    expect(ids.value).toEqual(['c1', 'c2'])
    expect(desk.active.value.draft.value.callId).toBe('c1')
    expect(focused).toEqual(['c1'])
  })

  it('同一路来电只有一份草稿：重复的通知、刷新之后都是', async () => {
    const first = aDesk()
    await first.tells(call('c1', 'ringing'))
    await first.tells(call('c1', 'talking'))
    first.desk.active.value.draft.value.detail = '路灯不亮'
    first.desk.active.value.save()
    const again = aDesk()
    await again.tells(call('c1', 'talking'))
    expect(again.ids.value).toEqual(['c1'])
    expect(again.desk.active.value.draft.value.detail).toBe('路灯不亮')
    expect(again.focused).toEqual([])
  })

  it('没有接通的来电带走自己的空页签；写了字的、接通过的留下', async () => {
    const { desk, tells, ids } = aDesk()
    await tells(call('c1', 'ringing'))
    await tells()
    expect(ids.value).toEqual([undefined])
    await tells(call('c2', 'ringing'))
    desk.active.value.draft.value.detail = '没说完就断了'
    await tells(call('c3', 'talking'))
    await tells()
    expect(ids.value).toEqual(['c2', 'c3'])
  })

  it('关掉的页签不会因为电话还没挂断又回来；话后整理随之结束', async () => {
    const { desk, tabs, tells, ids, ended } = aDesk()
    await tells(call('c1', 'talking'))
    tabs.close(desk.active.value.id)
    await tells(call('c1', 'talking'))
    expect(ids.value).toEqual([undefined])
    expect(ended).toEqual([])
    await tells(call('c2', 'wrapUp'))
    tabs.close(desk.active.value.id)
    expect(ended).toEqual(['c2'])
  })

  it('回拨拨出去的通话认回自己的页签，写法不同的号码也认', async () => {
    const { desk, tells, ids } = aDesk()
    desk.add('return-r1', { returnId: 'r1', number: '13900000007' })
    await tells(call('c7', 'ringing', { direction: 'out', number: '+86 139 0000 0007' }))
    expect(ids.value).toEqual(['c7'])
    expect(desk.active.value.draft.value.returnId).toBe('r1')
  })

  it('看不见的页面不算看过', async () => {
    const { tells, seen, isShown } = aDesk()
    isShown.value = false
    await tells(call('c1', 'talking'))
    expect(seen).toEqual([])
    isShown.value = true
    await nextTick()
    expect(seen).toEqual(['c1'])
  })
})
