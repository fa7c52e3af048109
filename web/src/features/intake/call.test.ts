import { beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { createCall } from './call'
import { changesBetween, checkDraft, toRegister } from './toRegister'

const CITY = { code: ref('371600'), load: async () => undefined }

interface Sent {
  path: string
  key: string
  body: Record<string, unknown>
}
type Answer = { status: number; body: object } | 'lost'

/** The line to the server: answers in order, and what was sent over it. */
function aLine(...answers: Answer[]) {
  const sent: Sent[] = []
  globalThis.fetch = (async (path: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>
    sent.push({ path, key: headers['Idempotency-Key'] ?? '', body: JSON.parse(String(init.body)) as Sent['body'] })
    const answer = answers.shift() ?? 'lost'
    if (answer === 'lost') throw new TypeError('connection reset')
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  }) as typeof fetch
  return sent
}

const ticket = (version: number, more: object = {}) => ({
  status: 200,
  body: { id: 't1', no: '371600261122000041', version, status: 'accepted', queryCode: 'K7M2QX', ...more },
})

function aFilledCall() {
  const call = createCall('u1', crypto.randomUUID(), CITY)
  Object.assign(call.draft.value, {
    number: '13800000000',
    kind: 'complaint',
    matterCode: '010305',
    detail: '渤海十八路工地夜间施工，影响休息。',
  })
  return call
}

beforeEach(() => localStorage.clear())

describe('来电登记', () => {
  it('缺的一次说全', () => {
    const call = createCall('u1', 'c1', CITY)
    Object.assign(call.draft.value, { regionCode: '371602005' })
    const paths = checkDraft(call.draft.value, '371600').map(({ path }) => path)
    expect(paths.sort()).toEqual(['address', 'caller.number', 'detail', 'kind', 'matterCode', 'title'])
  })

  it('未提及地点就是全市，标题没有写就取第一句', () => {
    const body = toRegister(aFilledCall().draft.value, '371600')
    expect(body).toMatchObject({ regionCode: '371600', title: '渤海十八路工地夜间施工', urgency: 'general' })
  })

  it('连按两次只登记一件', async () => {
    const sent = aLine(ticket(2))
    const call = aFilledCall()
    await Promise.all([call.submit(), call.submit()])
    await call.submit()
    expect(sent).toHaveLength(1)
    expect(call.draft.value.result).toMatchObject({ no: '371600261122000041', queryCode: 'K7M2QX' })
  })

  it('应答丢失后重试用同一个幂等键，刷新页面后也是', async () => {
    const sent = aLine('lost', ticket(2))
    const call = aFilledCall()
    expect(await call.submit()).toBe(false)
    expect(call.draft.value.detail).toContain('渤海十八路')
    const again = createCall('u1', call.id, CITY)
    expect(await again.submit()).toBe(true)
    expect(sent[1]).toEqual(sent[0])
  })

  it('应答丢失后又改了内容：先问清第一次，再把改动更正进去', async () => {
    const sent = aLine('lost', ticket(2), ticket(3))
    const call = aFilledCall()
    await call.submit()
    call.draft.value.urgency = 'urgent'
    await call.submit()
    expect(sent.map(({ path }) => path)).toEqual(['/api/tickets', '/api/tickets', '/api/tickets/t1/amend'])
    expect(sent[1]).toEqual(sent[0])
    expect(sent[2]?.body).toEqual({ version: 2, changes: { urgency: 'urgent' } })
  })

  it('被拒绝的不算：改好再交是新的一次', async () => {
    const refused = {
      status: 400,
      body: { code: 'invalidInput', message: '有误', details: { fields: [{ path: 'address', message: '请填写' }] } },
    }
    const sent = aLine(refused, ticket(2))
    const call = aFilledCall()
    await call.submit()
    expect(call.errorOf('address')).toBe('请填写')
    call.draft.value.address = '黄河五路 12 号'
    await call.submit()
    expect(sent[1]?.key).not.toBe(sent[0]?.key)
    expect(sent[1]?.body.address).toBe('黄河五路 12 号')
  })

  it('登记成功而答复没有成功：只重做答复', async () => {
    const sent = aLine(ticket(2), 'lost', ticket(3, { status: 'answered' }))
    const call = aFilledCall()
    call.draft.value.answer = '可凭身份证到社区办理。'
    await call.submit('answer')
    expect(call.draft.value.result).toBeUndefined()
    await call.submit('answer')
    expect(sent.map(({ path }) => path)).toEqual(['/api/tickets', '/api/tickets/t1/answer', '/api/tickets/t1/answer'])
    expect(sent[2]).toEqual(sent[1])
    expect(call.draft.value.result).toMatchObject({ status: 'answered', queryCode: 'K7M2QX' })
  })

  it('办完后浏览器里不再留诉求人的信息', async () => {
    aLine(ticket(2))
    const call = aFilledCall()
    await call.submit()
    expect(localStorage.getItem(`hotline.draft:u1:call:${call.id}`)).not.toContain('13800000000')
  })
})

describe('改动', () => {
  it('只列变了的字段；诉求人信息不在更正之内', () => {
    const before = JSON.stringify({ title: '甲', detail: '乙', caller: { number: '1' } })
    expect(changesBetween(before, JSON.stringify({ title: '丙', detail: '乙', caller: { number: '2' } }))).toEqual({
      title: '丙',
    })
    expect(
      changesBetween(before, JSON.stringify({ title: '甲', detail: '乙', caller: { number: '2' } })),
    ).toBeUndefined()
  })
})
