import type { TicketFacts } from '@hotline/shared/stats/facts'
import type { MeasureStats } from '@hotline/shared/stats/view'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { fold } from '@hotline/shared/ticket/evolve'
import { factsOf } from '@hotline/shared/ticket/facts'
import type { Client, TestApp } from '../helpers/app'

export const BUREAU = '371600-ZJ'
export const OTHER = '371600-CG'
export const COUNTY = '371602'
export const COUNTY_BUREAU = '371602-ZJ'
/** The moment at which everything is counted. */
export const NOW = '2026-11-20T10:00:00+08:00'

/** `3/7`, or a plain number, by measure. */
export const fractions = ({ items }: MeasureStats) =>
  Object.fromEntries(
    items.map(({ id, numerator, denominator }) => [
      id,
      denominator === null ? `${numerator}` : `${numerator}/${denominator}`,
    ]),
  )

const november = (day: number, hour = 10) => `2026-11-${day}T${String(hour).padStart(2, '0')}:00:00+08:00`

export interface Scene {
  /** Ids of the tickets, by what becomes of them. */
  ids: Record<string, string>
  act(username: string, name: string, command: string, body?: Record<string, unknown>): Promise<void>
}

export function createScene(
  app: TestApp,
): Scene & { register(name: string, over?: Record<string, unknown>): Promise<void> } {
  const ids: Record<string, string> = {}
  const check = (answer: { status: number; body: { message?: string } }, what: string) => {
    if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  return {
    ids,
    async register(name, over = {}) {
      const agent = await app.signIn('agent1')
      const answer = await agent.post('/api/tickets', {
        channel: 'phone',
        caller: { number: '13805430001', name: '张三' },
        kind: 'help',
        matterCode: '020501',
        regionCode: '371602005',
        address: '黄河五路渤海七路路口',
        title: `路面破损：${name}`,
        detail: `${name}路段路面破损，请维修。`,
        urgency: 'general',
        ...over,
      })
      check(answer, `register ${name}`)
      ids[name] = answer.body.id
    },
    async act(username, name, command, body = {}) {
      const client = await app.signIn(username)
      const { version } = (await client.get(`/api/tickets/${ids[name]}`)).body
      check(await client.post(`/api/tickets/${ids[name]}/${command}`, { version, ...body }), `${command} ${name}`)
    },
  }
}

/** A week of fourteen tickets, each to another end; what they add up to is counted by hand in the tests. */
export async function playWeek(app: TestApp): Promise<Scene> {
  const scene = createScene(app)
  const { act, register } = scene
  const dispatch = (name: string, leadUnitId: string, workdays: number) =>
    act('dispatcher1', name, 'dispatch', {
      leadUnitId,
      task: '修复路面',
      standard: '恢复通行并答复诉求人',
      limit: { kind: 'workdays', n: workdays },
    })
  const at = (day: number, hour?: number) => app.clock.set(november(day, hour))
  const handle = async (name: string, unit: string, over: Record<string, unknown> = {}) => {
    await act(`handler@${unit}`, name, 'reply', {
      isFactual: 'yes',
      contacted: 'yes',
      contactedAt: app.clock.now().toISOString(),
      contactMethod: 'phone',
      contactNumber: '13805430001',
      solved: 'yes',
      handling: '已修复',
      publicReply: '您反映的问题已处理。',
      ...over,
    })
    await act(`lead@${unit}`, name, 'reviewByUnit', { isPassed: true, opinion: '同意上报' })
    await act('dispatcher1', name, 'reviewByHotline', { isPassed: true, opinion: '办理到位' })
  }
  const call = (name: string, solved: string, [result, attitude, agent]: unknown[], judged?: string) =>
    act('callback1', name, 'recordCallback', {
      method: 'phone',
      solved,
      contactedByUnit: true,
      satisfaction: { result, attitude, agent },
      ...(judged ? { judged, reasons: ['notSolved'], remark: '问题还在' } : {}),
    })

  at(16, 9)
  await register('answered')
  await act('agent1', 'answered', 'answer', { answer: '该路段已列入本月维修计划。' })
  await register('invalid')
  await act('agent1', 'invalid', 'decline', { code: 'INVALID', reason: '误拨' })
  await register('emergency')
  await act('agent1', 'emergency', 'transferEmergency', {
    to: '110',
    transferredAt: app.clock.now().toISOString(),
    isThreeWay: false,
  })
  const dispatched: [name: string, unit: string, workdays: number][] = [
    ['good', BUREAU, 3],
    ['reworked', BUREAU, 3],
    ['calling', BUREAU, 3],
    ['recalled', BUREAU, 3],
    ['returned', BUREAU, 3],
    ['late', OTHER, 1],
    ['rejected', OTHER, 1],
    ['extended', COUNTY_BUREAU, 4],
    ['today', COUNTY_BUREAU, 4],
    ['reopened', COUNTY_BUREAU, 3],
  ]
  for (const [name, unit, workdays] of dispatched) {
    await register(name, name === 'reopened' ? { needsCallback: false } : {})
    await dispatch(name, unit, workdays)
  }

  at(16, 10)
  await act('dispatcher1', 'recalled', 'recall', { reason: '派错单位' })
  for (const [name, unit] of [
    ['returned', BUREAU],
    ['rejected', OTHER],
  ] as const)
    await act(`clerk@${unit}`, name, 'requestReturn', {
      reason: 'notOurDuty',
      basis: '三定规定第三条',
      suggestedUnitId: COUNTY_BUREAU,
    })
  await act('dispatcher1', 'returned', 'approveReturn', { opinion: '同意改派' })
  await act('dispatcher1', 'rejected', 'rejectReturn', { opinion: '属你单位职责' })
  await dispatch('returned', OTHER, 5)
  await act(`clerk@${OTHER}`, 'returned', 'acknowledge')
  for (const [name, unit] of dispatched)
    if (!['recalled', 'returned', 'rejected'].includes(name)) await act(`clerk@${unit}`, name, 'acknowledge')
  await act(`handler@${BUREAU}`, 'good', 'recordContact', {
    contactedAt: app.clock.now().toISOString(),
    method: 'phone',
    isReached: true,
    result: '已告知维修安排',
  })

  at(16, 14)
  await handle('reopened', COUNTY_BUREAU)

  at(17)
  await handle('good', BUREAU)
  await call('good', 'yes', [5, 5, 5])
  await handle('reworked', BUREAU)
  await call('reworked', 'no', [1, 4, 'declined'], 'reasonable')
  await handle('calling', BUREAU)
  await act(`handler@${COUNTY_BUREAU}`, 'extended', 'requestExtension', {
    reason: '等待材料',
    workdays: 1,
    isCallerTold: true,
  })
  await act(`lead@${COUNTY_BUREAU}`, 'extended', 'endorseRequest', { opinion: '情况属实' })
  await act('dispatcher1', 'extended', 'approveExtension', { opinion: '同意' })

  at(18)
  await handle('late', OTHER, { overdueReason: '材料未到' })
  await call('late', 'no', [1, 3, 5], 'unreasonable')
  await act('supervisor1', 'late', 'judgeCallback', { verdict: 'dismissed', reason: '诉求超出政策' })
  await handle('reworked', BUREAU)
  await call('reworked', 'yes', [3, 4, 'declined'])
  await act('dispatcher1', 'reopened', 'reopen', { newFacts: '又坏了' })
  await dispatch('reopened', BUREAU, 5)
  await act(`clerk@${BUREAU}`, 'reopened', 'acknowledge')

  at(20, 9)
  await register('waiting')
  app.clock.set(NOW)
  return scene
}

/** What statistics should know of these tickets, from nothing but their histories. */
export async function factsFromHistories(client: Client, ids: readonly string[]): Promise<TicketFacts[]> {
  const revive = (_key: string, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? new Date(value) : value
  const facts: TicketFacts[] = []
  for (const id of ids) {
    const { history } = (await client.get(`/api/tickets/${id}`)).body
    const ticket = fold(JSON.parse(JSON.stringify(history), revive) as TicketEvent[])
    if (ticket) facts.push(factsOf(ticket))
  }
  return facts
}
