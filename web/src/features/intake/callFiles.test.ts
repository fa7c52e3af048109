import type { DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import { beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { createCall } from './call'
import { discardFiles } from './callFiles'

const CITY = { code: ref('371600'), load: async () => undefined }
const EARLIER = {
  id: 't9',
  no: '371600261120000007',
  version: 4,
  title: '楼上漏水',
  status: 'handling',
} as DuplicateView

interface Sent {
  method: string
  path: string
  body?: Record<string, unknown>
}
interface Answer {
  status: number
  body: object
}

function aLine(...answers: Answer[]): Sent[] {
  const sent: Sent[] = []
  globalThis.fetch = (async (path: string, { method, body }: RequestInit) => {
    sent.push({ method: String(method), path, body: body ? (JSON.parse(String(body)) as Sent['body']) : undefined })
    const answer = answers.shift() ?? { status: 204, body: {} }
    return new Response(answer.status === 204 ? null : JSON.stringify(answer.body), { status: answer.status })
  }) as typeof fetch
  return sent
}
const done = (version: number): Answer => ({ status: 200, body: { id: 't9', version, urgeCount: 2 } })
const refused = (code: string, details: object = {}): Answer => ({
  status: 409,
  body: { code, message: '现在不能补充', details },
})

function aCall(more: object = {}) {
  const call = createCall('u1', crypto.randomUUID(), CITY)
  Object.assign(call.draft.value, { number: '13800000000', detail: '还在漏', attachmentIds: ['a1', 'a2'], ...more })
  return call
}
const FILLED = { kind: 'complaint', matterCode: '010305', detail: '渤海十八路工地夜间施工。' }

beforeEach(() => localStorage.clear())

describe('来电的附件', () => {
  it('随登记提交，提交后草稿里不再有', async () => {
    const sent = aLine({ status: 200, body: { id: 't1', no: '371600261122000041', version: 2, status: 'accepted' } })
    const call = aCall(FILLED)
    expect(call.isEmpty.value).toBe(false)
    expect(await call.submit()).toBe(true)
    expect(sent[0]?.body).toMatchObject({ attachmentIds: ['a1', 'a2'] })
    expect(call.draft.value.attachmentIds).toEqual([])
  })

  it('还在上传的等它；没传上的先说，不提交', async () => {
    const sent = aLine()
    const call = aCall(FILLED)
    call.files.value = { isComing: true, lost: 0 }
    const submitted = call.submit()
    expect(call.isBusy.value).toBe(true)
    call.files.value = { isComing: false, lost: 1 }
    expect(await submitted).toBe(false)
    expect(call.errorOf('attachmentIds')).toBe('有 1 个附件没有传上，请重试或移除后再提交')
    expect(sent).toEqual([])
  })

  it('挂到原工单的，先作为新情况补给原工单，再催办；原工单已变的按新版本补', async () => {
    const sent = aLine(refused('staleVersion', { version: 6 }), done(7), done(8))
    const call = aCall()
    expect(await call.attach(EARLIER)).toBe(true)
    expect(sent.map(({ path }) => path.split('/').at(-1))).toEqual(['supplement', 'supplement', 'urge'])
    expect(sent[1]?.body).toEqual({ version: 6, text: '来电人再次反映：还在漏', attachmentIds: ['a1', 'a2'] })
    expect(call.draft.value.result).toMatchObject({ no: EARLIER.no, urgeCount: 2 })
  })

  it('原工单收不了附件的，说明白，写好的都还在', async () => {
    aLine(refused('illegalTransition'))
    const call = aCall()
    expect(await call.attach(EARLIER)).toBe(false)
    expect(call.problem.value?.message).toBe('现在不能补充')
    expect(call.draft.value.result).toBeUndefined()
    expect(call.draft.value).toMatchObject({ detail: '还在漏', attachmentIds: ['a1', 'a2'] })
  })

  it('放弃的草稿，文件从服务器上删去；可能已经提交的不动', () => {
    const sent = aLine()
    discardFiles({ ...aCall().draft.value })
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /api/attachments/a1',
      'DELETE /api/attachments/a2',
    ])
    discardFiles({ ...aCall().draft.value, registering: { key: 'k', body: '{}' } })
    expect(sent).toHaveLength(2)
  })
})
