import type { TicketEvent } from '@hotline/shared/ticket/events'
import { fold } from '@hotline/shared/ticket/evolve'
import { ENDED_STATUSES, STATUS_LABELS } from '@hotline/shared/ticket/labels'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Findings } from './check'
import { revived } from './revive'

export function areEnded({ played, views }: Findings): string[] {
  return played.flatMap(({ index, story, no, ticketId, problem }) => {
    const view = views.get(ticketId ?? '')
    const name = `第 ${index + 1} 条 ${no ?? '未登记'}（${story}）`
    if (problem) return [`${name}：${problem}`]
    if (!view) return [`${name}：查不到`]
    return ENDED_STATUSES.includes(view.status) ? [] : [`${name}：停在${STATUS_LABELS[view.status]}`]
  })
}

export function areNumbered({ scan, views }: Findings): string[] {
  const twice = [...scan.numbers].filter(([, ids]) => ids.length > 1).map(([no, ids]) => `${no} × ${ids.length}`)
  const odd = [...views.values()].filter(({ no }) => !/^\d{18,20}$/.test(no)).map(({ no }) => `${no} 不是工单编号`)
  return [...twice, ...odd]
}

export function areFolded({ views }: Findings): string[] {
  return [...views.values()].flatMap((view) => {
    const wrong = unfolded(view)
    return wrong.length > 0 ? [`${view.no}：${wrong.join('、')}`] : []
  })
}

/** Fields in which the history, folded by the domain's own code, is not the ticket that the server shows. */
export function unfolded(view: TicketView): string[] {
  const events = revived(view.history) as TicketEvent[]
  const folded = fold(events) ?? ({} as Ticket)
  const { cases: _cases, nextCheckAt: _next, ...expected } = folded
  // Who joined is shown with his contact, which no event holds.
  const participants = view.participants?.map(({ contact: _contact, ...participant }) => participant)
  const shown = { ...view, participants } as unknown as Record<string, unknown>
  return Object.entries(expected)
    .filter(([field, value]) => canonical(value) !== canonical(shown[field]))
    .map(([field]) => field)
}

/** Absent, undefined and the order of fields make no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
}

/** The number stands nowhere in what even the director is given; who asked for it with a reason got the right one. */
export function areSealed({ played, views }: Findings): string[] {
  return played.flatMap(({ ticketId, number, revealed, no }) => {
    const view = views.get(ticketId ?? '')
    const isOpen = view?.hasContact === true && JSON.stringify(view).includes(number)
    const isWrong = revealed?.number !== undefined && revealed.number !== number
    return [...(isOpen ? [`${no} 露出号码`] : []), ...(isWrong ? [`${no} 查看到的号码不是登记的号码`] : [])]
  })
}
