import { z } from 'zod'
import { required } from '../ticket/commandInputs'

/** What is inspected: how a call was taken down, how a matter was handled and answered. */
export const INSPECTION_KINDS = { intake: '受理质量', handling: '办件质量' } as const
export type InspectionKind = keyof typeof INSPECTION_KINDS

export const SHEET_TOTAL = 100
export const MOST_ITEMS = 20

export const SheetItem = z.strictObject({
  key: z.string().regex(/^[a-zA-Z0-9]{1,20}$/, '项目代码应为字母或数字'),
  label: required('项目', 20),
  max: z.int({ error: '分值应为整数' }).min(1, '分值至少 1 分').max(SHEET_TOTAL, `分值不能超过 ${SHEET_TOTAL} 分`),
  /** What costs points, as a guide for whoever scores. */
  guide: z.string().trim().max(200, '评分说明不能超过 200 字').default(''),
})
export type SheetItem = z.output<typeof SheetItem>

/** 评分表: items that make up a hundred, and what brings everything to nothing (一票否决). Immutable in each version. */
export const SheetInput = z
  .strictObject({
    kind: z.enum(['intake', 'handling'], { error: '请选择检查对象' }),
    items: z.array(SheetItem).min(1, '至少一项').max(MOST_ITEMS, `最多 ${MOST_ITEMS} 项`),
    vetoes: z.array(required('否决情形', 60)).max(10, '否决情形最多 10 条').default([]),
    /** Below it the result is 不合格. */
    passAt: z.int().min(1).max(SHEET_TOTAL).default(80),
    note: required('修改说明', 200),
    /** The version that it was made from; 0: the first. */
    basedOn: z.int().min(0),
  })
  .superRefine(({ items, vetoes }, context) => {
    const sum = items.reduce((total, { max }) => total + max, 0)
    if (sum !== SHEET_TOTAL)
      context.addIssue({ code: 'custom', path: ['items'], message: `各项合计应为 ${SHEET_TOTAL} 分，现在是 ${sum} 分` })
    if (new Set(items.map(({ key }) => key)).size < items.length)
      context.addIssue({ code: 'custom', path: ['items'], message: '项目代码不能重复' })
    if (new Set(vetoes).size < vetoes.length)
      context.addIssue({ code: 'custom', path: ['vetoes'], message: '否决情形不能重复' })
  })
export type SheetInput = z.output<typeof SheetInput>

export interface ScoreSheet {
  kind: InspectionKind
  version: number
  items: SheetItem[]
  vetoes: string[]
  passAt: number
}

/** What a city begins with. The weights follow the two sheets of design/domain.md (质检维度, 答复质检). */
export const FIRST_SHEETS: readonly ScoreSheet[] = [
  {
    kind: 'intake',
    version: 1,
    items: [
      { key: 'complete', label: '诉求完整', max: 35, guide: '时间、地点、对象、诉求齐全；该问的问到' },
      { key: 'faithful', label: '与来电一致', max: 20, guide: '所记与所说一致，不增不减' },
      { key: 'wording', label: '表述规范', max: 20, guide: '语句通顺，事项、属地选得准' },
      { key: 'risk', label: '风险敏感', max: 25, guide: '紧急、重复、涉稳、涉密的识别和标注' },
    ],
    vetoes: ['辱骂、顶撞来电人', '泄露来电人信息', '故意漏记、错记'],
    passAt: 80,
  },
  {
    kind: 'handling',
    version: 1,
    items: [
      { key: 'relevant', label: '答其所问', max: 30, guide: '逐项回应诉求，不答非所问' },
      { key: 'reasoned', label: '事实与依据', max: 30, guide: '查明事实，依据准确，前后一致' },
      { key: 'solved', label: '解决', max: 10, guide: '解决到位；未解决的有计划、有期限' },
      { key: 'prompt', label: '时限', max: 10, guide: '按时签收、联系、反馈' },
      { key: 'attitude', label: '态度', max: 20, guide: '与诉求人沟通的次数和态度' },
    ],
    vetoes: ['虚假反馈', '未联系而称已联系', '泄露诉求人信息'],
    passAt: 80,
  },
]
