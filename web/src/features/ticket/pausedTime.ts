import type { TicketView } from '@hotline/shared/ticket/view'
import { span } from '../../platform/format'

type Suspended = Pick<TicketView, 'suspension' | 'resolveBy'>

/** How much of the promise was left when the work was suspended; none, how late it was. */
export function leftAtSuspension({ suspension, resolveBy }: Suspended): string | undefined {
  if (!suspension || !resolveBy) return undefined
  const left = Date.parse(resolveBy) - Date.parse(suspension.since)
  return left >= 0 ? `剩余 ${span(left)}` : `已超期 ${span(-left)}`
}
