import { ended, type Evolvers } from './parts'

export const INTAKE: Evolvers<
  | 'ticket.registered'
  | 'ticket.accepted'
  | 'ticket.amended'
  | 'ticket.answered'
  | 'ticket.declined'
  | 'ticket.emergencyTransferred'
> = {
  'ticket.registered': (_ticket, { type: _type, version: _version, at, by, ...content }) => ({
    ...content,
    status: 'registered',
    registeredAt: at,
    registeredBy: by,
    assignments: [],
    promises: [],
    attempts: [],
    callbacks: [],
    contacts: [],
    progress: [],
    newFacts: [],
    flags: [],
    cases: [],
    dispatchCount: 0,
    returnRequestCount: 0,
    returnCount: 0,
    extensionCount: 0,
    reworkCount: 0,
    urgeCount: 0,
    yellowCount: 0,
    redCount: 0,
  }),
  'ticket.accepted': (_ticket, { title, matterCode, regionCode, dispatchBy, at }) => ({
    status: 'accepted',
    title,
    matterCode,
    regionCode,
    dispatchBy,
    acceptedAt: at,
  }),
  'ticket.amended': (_ticket, { changes, dispatchBy, suggestion, at }) => ({
    ...Object.fromEntries(changes.map(({ field, to }) => [field, to])),
    ...(dispatchBy ? { dispatchBy, queuedAt: at } : {}),
    ...(suggestion === undefined ? {} : { suggestion: suggestion === null ? undefined : { ...suggestion, at } }),
  }),
  'ticket.answered': (ticket, { answer, knowledge, at, by }) => ({
    ...ended(ticket, at),
    status: 'answered',
    answer: { answer, knowledge, at, by },
  }),
  'ticket.declined': (ticket, { code, reason, channelTold, at, by }) => ({
    ...ended(ticket, at),
    status: 'declined',
    declined: { code, reason, channelTold, at, by },
  }),
  'ticket.emergencyTransferred': (ticket, { to, transferredAt, isThreeWay, note, at, by }) => ({
    ...ended(ticket, at),
    status: 'transferred',
    emergency: { to, transferredAt, isThreeWay, note, at, by },
  }),
}
