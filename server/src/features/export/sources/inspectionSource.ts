import { dateCell, type Cell } from '@hotline/shared/export/cell'
import { INSPECTION_STATES, InspectionQuery, type InspectionView } from '@hotline/shared/inspection/inspection'
import { INSPECTION_KINDS } from '@hotline/shared/inspection/sheet'
import { parse } from '../../../platform/http/validate'
import type { InspectionReader } from '../../inspection/inspectionReader'
import { assertNoNumbers, column, words, type ExportSource } from '../exportSource'

const text = column('text')
const moment = column('moment')
const DESKS = { toScore: '待我评分', inspected: '被检查的', toReview: '申诉待复核' }

/** Key → 项目 of one version of a sheet. */
type Items = ReadonlyMap<string, { label: string; max: number }>

/** 双随机检查: the tickets of a round, or of a desk, with what they were scored. */
export function createInspectionSource(inspections: InspectionReader): ExportSource {
  return (actor, asked) => {
    const query = parse(InspectionQuery, asked)
    assertNoNumbers(asked)
    return {
      title: query.desk ? `双随机检查（${DESKS[query.desk]}）` : '双随机检查',
      columns: [
        text('检查轮次', 26),
        text('检查对象', 12),
        text('工单编号', 24),
        text('标题', 40),
        text('被检查', 28),
        text('检查人', 12),
        text('状态', 12),
        column('number')('得分', 8),
        text('结论', 10),
        text('分项得分', 60),
        text('一票否决', 28),
        text('评语', 40),
        text('整改要求', 40),
        text('整改期限', 12),
        moment('评分时间', 17),
        text('申诉理由', 40),
        moment('申诉时间', 17),
        text('复核结果', 12),
        text('复核意见', 40),
        text('整改情况', 40),
        moment('整改时间', 17),
      ],
      count: (most) => inspections.count(query, actor, most),
      async *rows() {
        const sheets = await inspections.sheets()
        const itemsOf = new Map<string, Items>(
          sheets.map(({ kind, version, items }) => [
            `${kind}:${version}`,
            new Map(items.map((item) => [item.key, item])),
          ]),
        )
        for await (const one of inspections.each(query, actor))
          yield cellsOf(one, itemsOf.get(`${one.kind}:${one.sheetVersion}`))
      },
    }
  }
}

function cellsOf(one: InspectionView, items: Items | undefined): Cell[] {
  const { scored, objection, review, rectified } = one
  const points = scored?.scores.map(({ key, points: n, words: why }) => {
    const item = items?.get(key)
    return `${item?.label ?? key} ${n}${item ? `/${item.max}` : ''}${why ? `（${why}）` : ''}`
  })
  return [
    one.roundName,
    INSPECTION_KINDS[one.kind],
    one.no,
    words(one.title),
    one.unitName ?? one.agentName ?? null,
    one.inspectorName,
    INSPECTION_STATES[one.state],
    scored?.total ?? null,
    scored ? (scored.isPassed ? '合格' : '不合格') : null,
    words(points?.join('；')),
    scored?.vetoes.join('；') || null,
    words(scored?.opinion),
    words(scored?.demand),
    scored?.rectifyBy ?? null,
    dateCell(one.scoredAt),
    words(objection?.words),
    dateCell(objection?.at),
    review ? (review.result === 'changed' ? '改分' : '维持') : null,
    words(review?.words),
    words(rectified?.words),
    dateCell(rectified?.at),
  ]
}
