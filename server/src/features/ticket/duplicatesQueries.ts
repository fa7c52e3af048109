import { dayOf, shiftDay, startOfDay } from '@hotline/shared/calendar/day'
import { levelOf } from '@hotline/shared/region/code'
import type { Told } from '@hotline/shared/ticket/duplicates'
import type { Migration } from '../../platform/migrations'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import { ROW, type TicketDoc } from './ticketDocument'
import type { TicketSearch } from './ticketSearch'

export type Known = Pick<TicketDoc, '_id' | 't' | 'callerHashes' | 'registeredAt'>

export interface DuplicatesQueries {
  /** Earlier tickets that are worth a comparison: of the number, of matter and place, of similar words. A bounded look. */
  near(told: Told, callerHashes: readonly string[], days: number): Promise<Known[]>
  find(idOrNo: string): Promise<Known | undefined>
}

const MOST = { ofNumber: 20, ofPlace: 60, ofWords: 30 }
const { 't.detail': _detail, ...WITH_DETAIL } = ROW
const PROJECTION = { ...WITH_DETAIL, sealed: 0 } as const
const ENOUGH_TEXT = 8

export function createDuplicatesQueries(db: Db, search: Pick<TicketSearch, 'alike'>): DuplicatesQueries {
  const tickets = db.collection<TicketDoc>('tickets')
  /** By this index and no other: what seems to do for a common matter would read all of a day for a rare one. */
  const find = (hint: string, filter: object, limit: number): Promise<Known[]> =>
    tickets
      .find(filter as never, { projection: PROJECTION, hint, ...READ_LIMIT })
      .sort({ registeredAt: -1 })
      .limit(limit)
      .toArray()

  async function ofWords(told: Told, since: Date): Promise<Known[]> {
    if (told.detail.trim().length < ENOUGH_TEXT) return []
    const ids = await search.alike([told.title, told.address, told.detail].join('\n'), since, MOST.ofWords)
    if (ids.length === 0) return []
    return tickets.find({ _id: { $in: ids } }, { projection: PROJECTION, ...READ_LIMIT }).toArray()
  }

  return {
    async find(idOrNo) {
      const filter = /^\d{18,20}$/.test(idOrNo) ? { no: idOrNo } : { _id: idOrNo }
      return (await tickets.findOne(filter, { projection: PROJECTION })) ?? undefined
    },
    async near(told, callerHashes, days) {
      const since = startOfDay(shiftDay(dayOf(told.at), -days))
      const registeredAt = { $gte: since }
      const place = placeOf(told)
      const found = await Promise.all([
        callerHashes.length > 0
          ? find('caller', { callerHashes: { $in: callerHashes }, registeredAt }, MOST.ofNumber)
          : [],
        told.matterCode && place
          ? find('matterPlace', { 't.matterCode': told.matterCode, regionPath: place, registeredAt }, MOST.ofPlace)
          : [],
        ofWords(told, since),
      ])
      return [...new Map(found.flat().map((known) => [known._id, known])).values()]
    },
  }
}

/** The street, where one is known: who calls about the village or about its street means the same spot. */
function placeOf({ regionPath, regionCode }: Told): string | undefined {
  return regionPath.find((code) => levelOf(code) === 'town') ?? regionCode
}

export const duplicateMigrations: Migration[] = [
  {
    id: 530,
    name: '疑似重复：按事项和地点查找的索引',
    up: async (db) => {
      await db
        .collection('tickets')
        .createIndex({ 't.matterCode': 1, regionPath: 1, registeredAt: -1 }, { name: 'matterPlace' })
    },
  },
]
