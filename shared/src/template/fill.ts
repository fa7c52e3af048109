import { dayOf } from '../calendar/day'
import type { Gender } from '../ticket/labels'

/** What may stand in braces; the ticket at hand fills it. */
export const PLACEHOLDERS = ['编号', '标题', '诉求人称谓', '单位', '今天'] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]

/** What differs from ticket to ticket: in one text for many it stays in braces until each gets its own. */
export const OF_TICKET: readonly Placeholder[] = ['编号', '标题', '诉求人称谓']
export const OF_ALL: readonly Placeholder[] = PLACEHOLDERS.filter((name) => !OF_TICKET.includes(name))

export interface TemplateFacts {
  no: string
  title?: string
  /** Masked or not: only its first character is used. */
  callerName?: string
  callerGender: Gender
  unitName: string
  now: Date
}

const TITLES: Record<Gender, string> = { male: '先生', female: '女士', unknown: '先生/女士' }

/** Who is masked as 欧** may be 欧 or 欧阳: where that may be, no surname is better than half of one. */
const BEGINS_COMPOUND = '欧司上诸皇尉端独南闻夏赫澹宗濮太申慕钟长宇鲜闾令百呼东西左第公轩淳单'

/** How one writes to the caller: 张先生; 诉求人 where nobody may know his name. */
export function salutation(name: string | undefined, gender: Gender): string {
  const [family] = name?.trim() ?? ''
  const isHalf = !!name?.includes('*') && !!family && BEGINS_COMPOUND.includes(family)
  if (!family || isHalf || !/\p{Script=Han}/u.test(family)) return gender === 'unknown' ? '诉求人' : TITLES[gender]
  return `${family}${TITLES[gender]}`
}

/** `only`: the others stay as they are written. */
export function fillTemplate(text: string, facts: TemplateFacts, only: readonly Placeholder[] = PLACEHOLDERS): string {
  const [year, month, day] = dayOf(facts.now).split('-').map(Number)
  const values: Record<Placeholder, string> = {
    编号: facts.no,
    标题: facts.title ?? '',
    诉求人称谓: salutation(facts.callerName, facts.callerGender),
    单位: facts.unitName,
    今天: `${year}年${month}月${day}日`,
  }
  return text.replace(/\{([^{}\n]{1,10})\}/g, (whole, name: string) =>
    only.some((known) => known === name) ? values[name as Placeholder] : whole,
  )
}

/** Whether each ticket would read something else. */
export function isOfTicket(text: string): boolean {
  return OF_TICKET.some((name) => text.includes(`{${name}}`))
}

/** What stands in braces and is none of them: a slip of the pen, said when it is saved. */
export function unknownPlaceholders(text: string): string[] {
  const known: readonly string[] = PLACEHOLDERS
  const found = [...text.matchAll(/\{([^{}\n]{1,10})\}/g)].map(([, name = '']) => name)
  return [...new Set(found)].filter((name) => !known.includes(name))
}
