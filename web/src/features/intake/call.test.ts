import type { DuplicateView } from '@hotline/shared/ticket/duplicatesView'
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

describe('重复来电', () => {
  const earlier = {
    id: 't0',
    no: '371600261113000412',
    version: 7,
    title: '夜间施工',
    status: 'handling',
  } as DuplicateView
  const urged = { status: 200, body: { id: 't0', urgeCount: 2 } }
  const refusal = (code: string, message: string, details: object = {}) => ({
    status: 409,
    body: { code, message, details },
  })

  it('挂到原工单：只催办，带上这次说的，不另立工单', async () => {
    const sent = aLine(urged)
    const call = aFilledCall()
    expect(await call.attach(earlier)).toBe(true)
    expect(sent.map(({ path }) => path)).toEqual(['/api/tickets/371600261113000412/urge'])
    expect(sent[0]?.body).toEqual({ version: 7, note: '来电人再次反映：渤海十八路工地夜间施工，影响休息。' })
    expect(call.draft.value.result).toMatchObject({ no: earlier.no, title: '夜间施工', urgeCount: 2 })
    expect(call.draft.value.number).toBe('')
  })

  it('应答丢失后再按一次：同一个幂等键，只催一次', async () => {
    const sent = aLine('lost', urged)
    const call = aFilledCall()
    expect(await call.attach(earlier)).toBe(false)
    call.draft.value.detail += '又响了。'
    expect(await call.attach(earlier)).toBe(true)
    expect(sent[1]).toEqual(sent[0])
  })

  it('原工单刚被他人更新：在新的版本上催', async () => {
    const sent = aLine(refusal('staleVersion', '工单已被他人更新', { version: 9 }), urged)
    const call = aFilledCall()
    expect(await call.attach(earlier)).toBe(true)
    expect(sent[1]?.body.version).toBe(9)
    expect(sent[1]?.key).not.toBe(sent[0]?.key)
  })

  it('原工单已不能催：说明原因，写的都在', async () => {
    aLine(refusal('illegalTransition', '工单已办结，不能催办'))
    const call = aFilledCall()
    expect(await call.attach(earlier)).toBe(false)
    expect(call.problem.value?.message).toBe('工单已办结，不能催办')
    expect(call.draft.value.detail).toContain('渤海十八路')
    expect(call.draft.value.attaching).toBeUndefined()
  })

  it('已经提交过登记、结果不明的，不能再挂到别的工单', async () => {
    const sent = aLine('lost')
    const call = aFilledCall()
    await call.submit()
    expect(await call.attach(earlier)).toBe(false)
    expect(sent).toHaveLength(1)
    expect(call.problem.value?.message).toContain('F4')
  })

  it('建议并入：登记时带上；不能并单的人只是建议', async () => {
    const sent = aLine(ticket(2, { can: ['amend'] }))
    const call = aFilledCall()
    call.draft.value.duplicateOf = { id: 't0', no: earlier.no }
    expect(await call.submit()).toBe(true)
    expect(sent.map(({ path }) => path)).toEqual(['/api/tickets'])
    expect(sent[0]?.body.duplicateOfId).toBe('t0')
  })

  it('能并单的人登记后直接并入', async () => {
    const sent = aLine(ticket(2, { can: ['merge'] }), ticket(3, { status: 'merged' }))
    const call = aFilledCall()
    call.draft.value.duplicateOf = { id: 't0', no: earlier.no }
    expect(await call.submit()).toBe(true)
    expect(sent[1]).toMatchObject({ path: '/api/tickets/t1/merge', body: { mainId: 't0', version: 2 } })
    expect(call.draft.value.result).toMatchObject({ mergedInto: earlier.no, status: 'merged' })
  })

  it('并入不成：工单照样登记了，说明原因', async () => {
    aLine(ticket(2, { can: ['merge'] }), refusal('ruleViolated', '主单已办结'))
    const call = aFilledCall()
    call.draft.value.duplicateOf = { id: 't0', no: earlier.no }
    expect(await call.submit()).toBe(true)
    expect(call.draft.value.result).toMatchObject({ no: '371600261122000041', notMerged: '主单已办结' })
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
