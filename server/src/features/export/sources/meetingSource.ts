import { dateCell, type Cell } from '@hotline/shared/export/cell'
import { MEETING_REASONS, WeekInput, type MeetingItemView } from '@hotline/shared/meeting/meeting'
import { STATUS_LABELS } from '@hotline/shared/ticket/labels'
import { z } from 'zod'
import { parse } from '../../../platform/http/validate'
import type { MeetingReader } from '../../meeting/meetingReader'
import { column, rowsOf, words, type ExportSource } from '../exportSource'

const text = column('text')
const MeetingQuery = z.strictObject({ week: WeekInput })

/** 周例会清单: what stands on one week's list, in the order of its agenda. */
export function createMeetingSource(meetings: Pick<MeetingReader, 'of'>): ExportSource {
  return (actor, asked) => {
    const { week } = parse(MeetingQuery, asked)
    const items = async () => (await meetings.of(week, actor)).items.filter(({ removed }) => !removed)
    const numbered = async () => (await items()).map((item, index) => cellsOf(item, index + 1))
    return {
      title: `周例会清单（${week} 起一周）`,
      columns: [
        column('number')('序号', 8),
        text('工单编号', 24),
        text('标题', 40),
        text('工单状态', 12),
        text('列入缘由', 24),
        text('提请理由', 30),
        text('提请人', 12),
        column('number')('第几次上会', 12),
        text('问题', 44),
        text('议定事项', 44),
        text('责任单位', 28),
        text('完成期限', 12),
        text('落实', 10),
        text('落实情况', 44),
        column('moment')('落实登记时间', 17),
      ],
      count: async (most) => Math.min(most, (await items()).length),
      rows: () => rowsOf(numbered(), (cells) => cells),
    }
  }
}

function cellsOf(item: MeetingItemView, n: number): Cell[] {
  return [
    n,
    item.no,
    words(item.title),
    item.status ? STATUS_LABELS[item.status] : null,
    item.reasons.map((reason) => MEETING_REASONS[reason]).join('、'),
    words(item.proposal?.reason),
    item.proposal?.byName ?? null,
    item.weeks,
    words(item.problem),
    words(item.demand),
    item.unitName ?? null,
    item.deadline ?? null,
    item.state === 'done' ? '已落实' : '未落实',
    words(item.done?.words),
    dateCell(item.done?.at),
  ]
}
