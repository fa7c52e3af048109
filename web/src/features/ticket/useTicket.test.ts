import { AppError } from '@hotline/shared/error'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { useTicket } from './useTicket'

interface Asked {
  method: string
  path: string
  key: string | null
  answer: (status: number, body: unknown) => Promise<void>
  fail: () => Promise<void>
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

/** The network, as the browser gives it: each request waits until the test answers it. */
function openNetwork(): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    let resolve!: (response: Response) => void
    let reject!: (error: Error) => void
    const promise = new Promise<Response>((ok, no) => {
      resolve = ok
      reject = no
    })
    asked.push({
      method: init.method ?? '',
      path,
      key: new Headers(init.headers).get('Idempotency-Key'),
      answer: async (status, body) => {
        resolve(new Response(JSON.stringify(body), { status }))
        await settled()
      },
      fail: async () => {
        reject(new TypeError('Failed to fetch'))
        await settled()
      },
    })
    return promise
  })
  return asked
}
const view = (version: number, more = {}) => ({ id: 't1', no: '37', version, status: 'handling', can: [], ...more })

describe('一件工单在屏幕上', () => {
  const scope = effectScope()
  afterEach(() => vi.unstubAllGlobals())

  it('先到的新版本不会被后到的旧版本盖掉', async () => {
    const asked = openNetwork()
    const { ticket, reload } = scope.run(() => useTicket('t1'))!
    void reload()
    await asked[1]!.answer(200, view(5))
    expect(ticket.value?.version).toBe(5)
    await asked[0]!.answer(200, view(4))
    expect(ticket.value?.version).toBe(5)
  })

  it('换了一件以后，前一件的回答不再显示', async () => {
    const asked = openNetwork()
    const id = ref('t1')
    const { ticket } = scope.run(() => useTicket(id))!
    id.value = 't2'
    await settled()
    await asked[0]!.answer(200, view(1))
    expect(ticket.value).toBeUndefined()
    await asked[1]!.answer(200, view(1, { id: 't2' }))
    expect(ticket.value?.id).toBe('t2')
  })

  it('断网时留着最后看到的；无权再看时收起', async () => {
    const asked = openNetwork()
    const { ticket, error, reload } = scope.run(() => useTicket('t1'))!
    await asked[0]!.answer(200, view(3))
    void reload()
    await asked[1]!.fail()
    expect(ticket.value?.version).toBe(3)
    expect(error.value).toBeUndefined()
    void reload()
    await asked[2]!.answer(404, { code: 'notFound', message: '没有找到' })
    expect(ticket.value).toBeUndefined()
    expect(error.value?.code).toBe('notFound')
  })

  it('断网后重试同一操作用同一个幂等键，做成以后换新的', async () => {
    const asked = openNetwork()
    const { run, busy } = scope.run(() => useTicket('t1'))!
    await asked[0]!.answer(200, view(3))
    const first = run('urge', { note: '快' }).catch((error: unknown) => error)
    expect(busy.value).toBe('urge')
    await asked[1]!.fail()
    expect(await first).toBeInstanceOf(AppError)
    const second = run('urge', { note: '快' })
    await asked[2]!.answer(200, view(4))
    await second
    expect(asked[2]!.key).toBe(asked[1]!.key)
    void run('urge', { note: '快' })
    expect(asked[3]!.key).not.toBe(asked[1]!.key)
  })

  it('别人先动了：新状态已在屏幕上，错误交给表单', async () => {
    const asked = openNetwork()
    const { ticket, run } = scope.run(() => useTicket('t1'))!
    await asked[0]!.answer(200, view(3))
    const failed = run('urge', {}).catch((error: unknown) => error)
    await asked[1]!.answer(409, { code: 'staleVersion', message: '工单已被他人更新', details: { since: [] } })
    await asked[2]!.answer(200, view(7))
    expect(await failed).toMatchObject({ code: 'staleVersion' })
    expect(ticket.value?.version).toBe(7)
  })
})
