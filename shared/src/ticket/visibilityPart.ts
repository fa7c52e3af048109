import type { Ticket } from './ticket'
import { openConsultation, type Sight } from './visibility'

/** The hotline's own thoughts on where a matter belongs; no unit's business. */
const OF_THE_HOTLINE = ['suggestion', 'duplicateOfId', 'relatedIds', 'merger', 'joinedBy'] as const

/** The facts of the matter: what any unit needs that has a part in it. Whatever is not named here, it does not see. */
const FACTS = [
  'id',
  'no',
  'version',
  'status',
  'channel',
  'kind',
  'matterCode',
  'regionCode',
  'address',
  'location',
  'occurredAt',
  'title',
  'detail',
  'urgency',
  'complexity',
  'confidentiality',
  'isAnonymous',
  'hasContact',
  'callerType',
  'callerGender',
  'accusedUnitIds',
  'needsReply',
  'needsCallback',
  'isPublicAllowed',
  'attachmentIds',
  'registeredAt',
  'registeredBy',
  'acceptedAt',
  'firstDispatchedAt',
  'dispatchedAt',
  'newFacts',
  'rated',
  'urgeCount',
  'closedAt',
  'archivedAt',
  'withdrawn',
  'voided',
] as const satisfies readonly (keyof Ticket)[]

/** Counts that tell of other units' returns, requests and cards. */
const UNTOLD = {
  promises: [],
  attempts: [],
  callbacks: [],
  flags: [],
  cases: [],
  dispatchCount: 0,
  returnRequestCount: 0,
  returnCount: 0,
  extensionCount: 0,
  reworkCount: 0,
  yellowCount: 0,
  redCount: 0,
} satisfies Partial<Ticket>

/**
 * The ticket as far as this sight reaches. A co-unit, a copy or a town that was delegated to has the facts, its own task
 * with its deadline, and nothing of what others reply, dispute and are told.
 */
export function seenOf(ticket: Ticket, sight: Sight): Ticket {
  if (sight.extent === 'all') return ticket
  if (sight.extent === 'lead') return without(ticket, OF_THE_HOTLINE)
  const { assignmentIds, isLeadSide, unitId } = sight
  const mine = <T extends { assignmentId: string }>(list: readonly T[]) =>
    list.filter((one) => assignmentIds.has(one.assignmentId))
  const open = openConsultation(ticket)
  const own: Partial<Ticket> = {
    assignments: ticket.assignments.filter(({ id }) => assignmentIds.has(id)),
    contacts: mine(ticket.contacts),
    progress: mine(ticket.progress),
    supervisions: ticket.supervisions?.filter(({ unitPath }) => unitPath.includes(unitId)),
  }
  if (isLeadSide) return { ...without(ticket, OF_THE_HOTLINE), ...own }
  return {
    ...only(ticket, FACTS),
    ...UNTOLD,
    ...own,
    ...(open && sight.isConsulted ? { consultations: [open] } : {}),
    // That the work rests, and until when; not on whose request.
    ...(ticket.suspension ? { suspension: { ...ticket.suspension, reason: '', measures: '' } } : {}),
  } as Ticket
}

function only<K extends keyof Ticket>(ticket: Ticket, fields: readonly K[]): Pick<Ticket, K> {
  return Object.fromEntries(
    fields.filter((field) => ticket[field] !== undefined).map((field) => [field, ticket[field]]),
  ) as Pick<Ticket, K>
}

function without<K extends keyof Ticket>(ticket: Ticket, fields: readonly K[]): Ticket {
  const rest: Partial<Ticket> = { ...ticket }
  for (const field of fields) delete rest[field]
  return rest as Ticket
}
