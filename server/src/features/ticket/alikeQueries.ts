import { shiftDay, dayOf, startOfDay } from '@hotline/shared/calendar/day'
import { ALIKE_RULES } from '@hotline/shared/ticket/alike'
import { deskKey } from '@hotline/shared/ticket/desks'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import { ROW, type TicketDoc } from './ticketDocument'
import type { Row } from './ticketQueries'
import type { TicketSearch } from './ticketSearch'

/** An earlier ticket as far as a likeness and an answer need it: neither its history nor its promises. */
export interface AlikeDoc extends Pick<TicketDoc, '_id' | 't' | 'sealed' | 'regionPath'> {
  /** Whose matter it is, the callers who joined by merger too. */
  callers: readonly Caller[]
}
type Caller = Pick<TicketDoc, '_id' | 'sealed'>
export interface RecordDoc {
  t: Pick<
    TicketDoc['t'],
    'id' | 'no' | 'status' | 'leadAssignmentId' | 'assignments' | 'location' | 'registeredAt' | 'confidentiality'
  >
  facts: TicketDoc['facts']
}

export interface AlikeQueries {
  /** Tickets whose words are like these, whatever became of them. A bounded look by an index. */
  byWords(text: string, now: Date): Promise<AlikeDoc[]>
  /** One of them. */
  find(id: string): Promise<AlikeDoc | undefined>
  /** The newest tickets of a matter in a place. A bounded look by an index. */
  ofMatter(matterCode: string, place: string, now: Date): Promise<RecordDoc[]>
  /** What waits to be dispatched of this matter, the gravest first. */
  inPool(matterCode: string, limit: number): Promise<Row[]>
}

/** Of the text's pairs that other texts have too, the rarest so many, and the newest so many texts of each. */
const LOOK = { pairs: 14, each: 40, meet: 2, isShared: true } as const
const MOST = 60
const ENOUGH_TEXT = 6

const ALIKE = {
  ...Object.fromEntries(
    [
      ...['id', 'no', 'title', 'detail', 'address', 'matterCode', 'regionCode', 'status', 'registeredAt', 'closedAt'],
      ...['confidentiality', 'isAnonymous', 'registeredBy', 'rated', 'leadAssignmentId', 'answer.answer'],
      ...['accusedUnitIds', 'consultations', 'supervisions', 'participants.ticketId'],
      ...['id', 'unitId', 'unitPath', 'role', 'status', 'reply.publicReply'].map((field) => `assignments.${field}`),
    ].map((field) => [`t.${field}`, 1] as const),
  ),
  regionPath: 1,
  'sealed.name': 1,
}
const RECORD = {
  't.id': 1,
  't.no': 1,
  't.status': 1,
  't.location': 1,
  't.registeredAt': 1,
  't.confidentiality': 1,
  't.leadAssignmentId': 1,
  't.assignments.id': 1,
  't.assignments.unitId': 1,
  't.assignments.role': 1,
  't.assignments.status': 1,
  'facts.cases': 1,
}

export function createAlikeQueries(db: Db, search: Pick<TicketSearch, 'alike'>): AlikeQueries {
  const tickets = db.collection<TicketDoc>('tickets')
  const since = (now: Date, days: number) => startOfDay(shiftDay(dayOf(now), -days))

  async function read(ids: readonly string[]): Promise<AlikeDoc[]> {
    const docs = await tickets.find({ _id: { $in: [...ids] } }, { projection: ALIKE, ...READ_LIMIT }).toArray()
    const joinedIds = docs.flatMap(({ t }) => t.participants?.map(({ ticketId }) => ticketId) ?? [])
    const joined =
      joinedIds.length === 0
        ? []
        : await tickets
            .find<Caller>({ _id: { $in: joinedIds } }, { projection: { 'sealed.name': 1 }, ...READ_LIMIT })
            .toArray()
    return docs.map((doc) => {
      const others = new Set(doc.t.participants?.map(({ ticketId }) => ticketId))
      return { ...doc, callers: [doc, ...joined.filter(({ _id }) => others.has(_id))] }
    })
  }

  return {
    async byWords(text, now) {
      if (text.trim().length < ENOUGH_TEXT) return []
      const ids = await search.alike(text, since(now, ALIKE_RULES.days), MOST, LOOK)
      if (ids.length === 0) return []
      return read(ids)
    },
    find: async (id) => (await read([id]))[0],
    ofMatter(matterCode, place, now) {
      const registeredAt = { $gte: since(now, ALIKE_RULES.recordDays) }
      // What is reported in secret is in no number that others see.
      return tickets
        .find<RecordDoc>(
          { 't.matterCode': matterCode, regionPath: place, registeredAt, 't.confidentiality': { $lt: 2 } },
          { projection: RECORD, hint: 'matterPlace', ...READ_LIMIT },
        )
        .sort({ registeredAt: -1 })
        .limit(ALIKE_RULES.recordsOf)
        .toArray()
    },
    inPool: (matterCode, limit) =>
      tickets
        .find(
          { desks: deskKey('hotline', 'dispatch'), 't.matterCode': matterCode, riskBy: { $exists: true } },
          { projection: ROW, hint: 'riskOfMatter', ...READ_LIMIT },
        )
        .sort({ riskBy: 1 })
        .limit(limit)
        .toArray(),
  }
}
