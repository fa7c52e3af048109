import { DAY } from '../calendar/millis'

/** What an earlier ticket of the number says about who calls. */
export interface EarlierTicket {
  registeredAt: Date
  isOpen: boolean
  isUrgent: boolean
  isSupervised: boolean
  reworkCount: number
}

export const LABEL_RULES = { days: 30, often: 3, reworks: 2, missedDays: 7 } as const

/** 来电标签: 首次来电; n 次来电 within 30 days; 重点关注 while a matter of weight is open. */
export function callLabels(tickets: readonly EarlierTicket[], at: Date): string[] {
  if (tickets.length === 0) return ['首次来电']
  const { days, often, reworks } = LABEL_RULES
  const isGrave = tickets.some(
    ({ isOpen, isUrgent, isSupervised, reworkCount }) => isOpen && (isUrgent || isSupervised || reworkCount >= reworks),
  )
  const recent = tickets.filter(({ registeredAt }) => at.getTime() - registeredAt.getTime() <= days * DAY).length
  return [
    ...(isGrave ? ['重点关注'] : []),
    recent >= often ? `${days} 天内 ${recent} 件诉求` : `历史 ${tickets.length} 件诉求`,
  ]
}

/** 7 天内 2 次未接通: who has tried before says so at once, and is told that it is known. */
export function missedLabels(count: number): string[] {
  return count > 0 ? [`${LABEL_RULES.missedDays} 天内 ${count} 次未接通`] : []
}
