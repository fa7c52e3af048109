import { ENDED_STATUSES, STATUS_LABELS, type TicketStatus } from '@hotline/shared/ticket/labels'

export interface Step {
  label: string
  state: 'done' | 'now' | 'next' | 'end'
}

const ROAD: readonly { label: string; statuses: readonly TicketStatus[] }[] = [
  { label: '受理', statuses: ['registered', 'needInfo'] },
  { label: '派单', statuses: ['accepted', 'consulting'] },
  { label: '签收', statuses: ['dispatched'] },
  { label: '办理', statuses: ['handling'] },
  { label: '单位审核', statuses: ['unitReview'] },
  { label: '热线审核', statuses: ['hotlineReview'] },
  { label: '回访', statuses: ['callback'] },
]
/** Ended before any unit saw it: the road was short. */
const SHORT: readonly TicketStatus[] = ['answered', 'declined', 'transferred', 'merged', 'void']

export function stepsOf({ status, needsCallback }: { status: TicketStatus; needsCallback: boolean }): Step[] {
  const road = needsCallback ? ROAD : ROAD.filter(({ label }) => label !== '回访')
  if (ENDED_STATUSES.includes(status)) {
    const walked = SHORT.includes(status) ? road.slice(0, 1) : road
    return [
      ...walked.map(({ label }): Step => ({ label, state: 'done' })),
      { label: STATUS_LABELS[status], state: 'end' },
    ]
  }
  const now = road.findIndex(({ statuses }) => statuses.includes(status))
  return [
    ...road.map(({ label }, index): Step => ({ label, state: index < now ? 'done' : index === now ? 'now' : 'next' })),
    { label: '办结', state: 'next' },
  ]
}
