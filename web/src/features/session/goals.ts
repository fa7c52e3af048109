import type { RouteLocationRaw } from 'vue-router'

export interface Goal {
  label: string
  hint: string
  to: RouteLocationRaw
}

/** Where somebody who typed this may want to go, the likeliest first. */
export function goalsFor(
  text: string,
  pages: readonly { path: string; title: string }[],
  seesNoTicket: boolean,
): Goal[] {
  const wanted = text.trim()
  const compact = wanted.replace(/[\s-]/g, '')
  const named = pages
    .filter(({ title }) => title.includes(wanted))
    .map(({ title, path }): Goal => ({ label: title, hint: '页面', to: path }))
  if (!wanted || seesNoTicket) return named
  const goals: Goal[] = []
  if (/^\d{15,20}$/.test(compact))
    goals.push({ label: `打开工单 ${compact}`, hint: '工单编号', to: `/tickets/${compact}` })
  const isNumber = /^\+?\d{5,13}$/.test(compact)
  const hint = isNumber ? '联系电话或编号' : '标题、地点、内容'
  return [
    ...goals,
    ...named,
    { label: `在全部工单中查找“${wanted}”`, hint, to: { path: '/tickets', query: { q: isNumber ? compact : wanted } } },
  ]
}
