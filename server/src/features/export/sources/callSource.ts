import { hasRole } from '@hotline/shared/actor'
import { CALL_DIRECTION_LABELS, CALL_RESULT_LABELS, CALL_STATE_LABELS } from '@hotline/shared/call/labels'
import { CALL_BOARD_ROLES } from '@hotline/shared/call/roles'
import { CallQuery, type CallView } from '@hotline/shared/call/view'
import { AppError } from '@hotline/shared/error'
import type { Cell } from '@hotline/shared/export/cell'
import { parse } from '../../../platform/http/validate'
import type { Calls } from '../../call/callFeature'
import type { ExportSource } from '../exportSource'

/** 话务记录: numbers as the list shows them, masked. */
export function createCallSource(calls: Calls['log']): ExportSource {
  return (actor, asked) => {
    const query = parse(CallQuery, asked)
    if (!hasRole(actor, ...CALL_BOARD_ROLES)) throw new AppError('forbidden', '您没有这项权限')
    return {
      title: query.day ? `话务记录（${query.day}）` : '话务记录',
      columns: [
        { label: '时间', kind: 'moment', width: 17 },
        { label: '方向', kind: 'text', width: 8 },
        { label: '号码', kind: 'text', width: 16 },
        { label: '队列', kind: 'text', width: 14 },
        { label: '坐席', kind: 'text', width: 12 },
        { label: '结果', kind: 'text', width: 10 },
        { label: '等待（秒）', kind: 'number', width: 12 },
        { label: '通话（秒）', kind: 'number', width: 12 },
        { label: '话后（秒）', kind: 'number', width: 12 },
        { label: '按键评价', kind: 'number', width: 10 },
        { label: '回拨时间', kind: 'moment', width: 17 },
        { label: '关联工单', kind: 'text', width: 26 },
      ],
      count: (most) => calls.count(query, actor, most),
      async *rows() {
        for await (const call of calls.each(query, actor)) yield cellsOf(call)
      },
    }
  }
}

function cellsOf(call: CallView): Cell[] {
  return [
    new Date(call.ringAt),
    CALL_DIRECTION_LABELS[call.direction],
    call.number || '未显示号码',
    call.queue ?? null,
    call.agentName ?? null,
    call.result ? CALL_RESULT_LABELS[call.result] : CALL_STATE_LABELS[call.state],
    call.waitSeconds ?? null,
    call.talkSeconds ?? null,
    call.wrapUpSeconds ?? null,
    call.satisfactionKey ?? null,
    call.returnedAt ? new Date(call.returnedAt) : null,
    call.tickets.map(({ no }) => no).join('、') || null,
  ]
}
