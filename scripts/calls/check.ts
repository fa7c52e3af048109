import { CALL_RESULT_LABELS, type CallResult } from '@hotline/shared/call/labels'
import type { CallView } from '@hotline/shared/call/view'
import type { Page } from '@hotline/shared/page'
import type { People } from '../drill/people'
import type { Played, PlayedCall } from './play'

export interface Comparison {
  rows: { label: string; sent: number; held: number }[]
  /** What is not as it should be, one a call. */
  differences: string[]
}

const RESULTS = Object.keys(CALL_RESULT_LABELS) as CallResult[]

/** Everything that the hotline holds of these calls. */
export async function findCalls(
  people: Pick<People, 'get'>,
  reader: string,
  ids: ReadonlySet<string>,
): Promise<CallView[]> {
  const found: CallView[] = []
  for (let page = 1; found.length < ids.size; page += 1) {
    const { items } = await people.get<Page<CallView>>(reader, `/api/calls?pageSize=100&page=${page}`)
    found.push(...items.filter(({ id }) => ids.has(id)))
    if (items.length === 0) break
  }
  return found
}

/** @param agentAt whose extension it is */
export function compare(
  { calls }: Pick<Played, 'calls'>,
  held: readonly CallView[],
  agentAt: ReadonlyMap<string, string>,
): Comparison {
  const byId = new Map(held.map((call) => [call.id, call]))
  const differences = calls.flatMap((call) => differencesOf(call, byId, agentAt))
  const known = calls.flatMap(({ ids }) => [...ids].flatMap((id) => byId.get(id) ?? []))
  const rows = RESULTS.map((result) => ({
    label: CALL_RESULT_LABELS[result],
    sent: calls.filter(({ planned }) => planned.expected.result === result).length,
    held: known.filter((call) => call.result === result).length,
  }))
  const total = { label: '合计', sent: calls.length, held: known.length }
  return { rows: [...rows.filter(({ sent, held: had }) => sent + had > 0), total], differences }
}

function differencesOf(
  { planned, ids }: PlayedCall,
  held: ReadonlyMap<string, CallView>,
  agentAt: ReadonlyMap<string, string>,
): string[] {
  const name = planned.steps[0]?.message.callId ?? ''
  const [id = '', ...others] = ids
  if (others.length > 0) return [`${name}：一通电话成了 ${ids.size} 条记录`]
  const call = held.get(id)
  if (!call) return [`${name}：系统里没有`]
  const { result, extension } = planned.expected
  const agentId = extension === undefined ? undefined : agentAt.get(extension)
  if (call.result !== result)
    return [
      `${name}：应为${CALL_RESULT_LABELS[result]}，系统里是${call.result ? CALL_RESULT_LABELS[call.result] : '还没有结束'}`,
    ]
  if (call.agentId !== agentId) return [`${name}：坐席不对`]
  return call.direction === planned.direction ? [] : [`${name}：方向不对`]
}

/** A table that lines up, Chinese letters being two wide. */
export function tableOf({ rows }: Comparison): string {
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, index) => (index === 0 ? padEnd(cell, 10) : padStart(cell, 8))).join('')}`
  return [
    line(['结果', '打出', '系统']),
    ...rows.map(({ label, sent, held }) => line([label, `${sent}`, `${held}`])),
  ].join('\n')
}

const widthOf = (text: string) =>
  [...text].reduce((width, letter) => width + (letter.charCodeAt(0) > 0x2e80 ? 2 : 1), 0)
const padEnd = (text: string, width: number) => text + ' '.repeat(Math.max(width - widthOf(text), 0))
const padStart = (text: string, width: number) => ' '.repeat(Math.max(width - widthOf(text), 0)) + text
