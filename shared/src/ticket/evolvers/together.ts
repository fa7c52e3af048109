import type { Evolvers } from './parts'

export const TOGETHER: Evolvers<
  | 'ticket.consultationOpened'
  | 'ticket.opinionGiven'
  | 'ticket.siteVisitRecorded'
  | 'ticket.consultationConcluded'
  | 'ticket.consultationCancelled'
  | 'ticket.delegated'
  | 'ticket.delegationRecalled'
  | 'ticket.sentBack'
  | 'ticket.suspensionRequested'
  | 'ticket.suspensionApproved'
  | 'ticket.suspensionRejected'
  | 'ticket.resumed'
  | 'ticket.terminationRequested'
  | 'ticket.terminationApproved'
  | 'ticket.terminationRejected'
> = {
  'ticket.consultationOpened': () => ({}),
  'ticket.opinionGiven': () => ({}),
  'ticket.siteVisitRecorded': () => ({}),
  'ticket.consultationConcluded': () => ({}),
  'ticket.consultationCancelled': () => ({}),
  'ticket.delegated': () => ({}),
  'ticket.delegationRecalled': () => ({}),
  'ticket.sentBack': () => ({}),
  'ticket.suspensionRequested': () => ({}),
  'ticket.suspensionApproved': () => ({}),
  'ticket.suspensionRejected': () => ({}),
  'ticket.resumed': () => ({}),
  'ticket.terminationRequested': () => ({}),
  'ticket.terminationApproved': () => ({}),
  'ticket.terminationRejected': () => ({}),
}
