import type { Evolvers } from './parts'

export const WHOLE_INTAKE: Evolvers<
  | 'ticket.infoRequested'
  | 'ticket.infoSupplied'
  | 'ticket.supplemented'
  | 'ticket.merged'
  | 'ticket.unmerged'
  | 'ticket.callerJoined'
  | 'ticket.callerLeft'
  | 'ticket.voided'
  | 'ticket.withdrawn'
  | 'ticket.archived'
  | 'ticket.unitKept'
> = {
  'ticket.infoRequested': () => ({}),
  'ticket.infoSupplied': () => ({}),
  'ticket.supplemented': () => ({}),
  'ticket.merged': () => ({}),
  'ticket.unmerged': () => ({}),
  'ticket.callerJoined': () => ({}),
  'ticket.callerLeft': () => ({}),
  'ticket.voided': () => ({}),
  'ticket.withdrawn': () => ({}),
  'ticket.archived': () => ({}),
  'ticket.unitKept': () => ({ suggestion: undefined }),
}
