import type { SupervisionForm, SupervisionTrigger } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'

export interface Advice {
  form: SupervisionForm
  trigger: SupervisionTrigger
  reason: string
}

/** What the rules advise to supervise this ticket for, and how. */
export function useAdvice(_ticket: TicketView): Advice | undefined {
  return undefined
}
