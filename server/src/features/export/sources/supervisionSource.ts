import type { Cell } from '@hotline/shared/export/cell'
import { dateCell } from '@hotline/shared/export/cell'
import { SUPERVISION_STATES, SupervisionQuery, type SupervisionItem } from '@hotline/shared/board/view'
import { MAX_PAGE_SIZE } from '@hotline/shared/page'
import { ALL_TRIGGER_LABELS, FORM_LABELS } from '@hotline/shared/ticket/labels'
import { parse } from '../../../platform/http/validate'
import type { Supervisions } from '../../board/supervisions'
import { words, type ExportSource } from '../exportSource'

/** 督办跟踪: each 督办 with its answer and its 销号. Those that are open are few, the closed ones of 90 days. */
export function createSupervisionSource(supervisions: Supervisions): ExportSource {
  return (actor, asked) => {
    const query = parse(SupervisionQuery, asked)
    const page = (n: number) => supervisions(actor, { ...query, page: n, pageSize: MAX_PAGE_SIZE })
    return {
      title: query.state ? `督办跟踪（${SUPERVISION_STATES[query.state]}）` : '督办跟踪',
      columns: [
        { label: '工单编号', kind: 'text', width: 24 },
        { label: '标题', kind: 'text', width: 44 },
        { label: '督办形式', kind: 'text', width: 14 },
        { label: '督办情形', kind: 'text', width: 22 },
        { label: '被督办单位', kind: 'text', width: 28 },
        { label: '督办要求', kind: 'text', width: 50 },
        { label: '下达人', kind: 'text', width: 10 },
        { label: '下达时间', kind: 'moment', width: 17 },
        { label: '反馈期限', kind: 'moment', width: 17 },
        { label: '状态', kind: 'text', width: 14 },
        { label: '反馈时间', kind: 'moment', width: 17 },
        { label: '反馈内容', kind: 'text', width: 50 },
        { label: '销号时间', kind: 'moment', width: 17 },
        { label: '销号人', kind: 'text', width: 10 },
        { label: '销号意见', kind: 'text', width: 40 },
      ],
      count: async (most) => Math.min(most, (await page(1)).total),
      async *rows() {
        for (let n = 1; ; n += 1) {
          const { items } = await page(n)
          for (const item of items) yield cellsOf(item)
          if (items.length < MAX_PAGE_SIZE) return
        }
      },
    }
  }
}

function cellsOf(item: SupervisionItem): Cell[] {
  return [
    item.no,
    words(item.title),
    FORM_LABELS[item.form],
    ALL_TRIGGER_LABELS[item.trigger],
    item.unitName ?? null,
    words(item.requirement),
    item.byName,
    dateCell(item.at),
    dateCell(item.deadline),
    SUPERVISION_STATES[item.state],
    dateCell(item.answeredAt),
    words(item.answer),
    dateCell(item.closedAt),
    item.closedByName ?? null,
    words(item.result),
  ]
}
