import { AppError } from '@hotline/shared/error'
import type { Page } from '@hotline/shared/page'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import { bigramsOf, searchableText } from './bigrams'
import { ROW, type TicketDoc } from './ticketDocument'

/** `_id`: the ticket's, which is in order of receipt. `g`: bigrams. `text`: what a hit is verified against. */
interface TextDoc {
  _id: string
  g: number[]
  text: string
}

type Filter = Record<string, unknown>
type Row = Pick<TicketDoc, '_id' | 't' | 'sealed' | 'excerpt'>

export interface TicketSearch {
  /** All tickets that match `filter` and contain every word of `q`, newest first. @throws AppError invalidInput */
  find(q: string, filter: Filter, page: { page: number; pageSize: number }): Promise<Page<Row>>
  /** Ids of tickets since a moment whose texts share rare words with this one, the most alike first; a bounded look. */
  alike(text: string, since: Date, limit: number, look?: AlikeLook): Promise<string[]>
  /** Follows commits, in batches; running it twice changes nothing. */
  feed(tickets: readonly { id: string; ticket: Ticket; regionName: string }[]): Promise<void>
}

/** So many of a text's rarest pairs are looked up, the newest so many of each, and so many must meet. */
export interface AlikeLook {
  pairs: number
  each: number
  meet: number
  /** Only pairs that other texts have: who wants the like wants no copy. */
  isShared?: boolean
}

const BATCH = 200
/** A search counts no further: who has more hits needs another word, not another page. */
const SEARCH_CAP = 200
/** Below this many tickets in sight, a unit's own are read through instead of the newest of all. */
const FEW = 2000
/** After so many texts without enough hits the rest is not looked at: the count is shown as capped. */
const MOST_TEXTS = 60_000
const SAMPLE = 2000
const SAMPLE_AGE_MS = 10 * 60_000
const MOST_WORDS = 5
/** For a copy. */
const ALIKE: AlikeLook = { pairs: 12, each: 25, meet: 2 }

export function createTicketSearch(db: Db): TicketSearch {
  const texts = db.collection<TextDoc>('ticketTexts', { writeConcern: { w: 1 } })
  const tickets = db.collection<TicketDoc>('tickets')
  let sample: { at: number; counts: Map<number, number> } | undefined

  /** How often each pair of characters occurs, from the newest texts: the rarest one of a query leads the search. */
  async function frequencies(): Promise<Map<number, number>> {
    if (sample && performance.now() - sample.at < SAMPLE_AGE_MS && sample.counts.size > 0) return sample.counts
    const counts = new Map<number, number>()
    const newest = texts
      .find({}, { projection: { g: 1 } })
      .sort({ _id: -1 })
      .limit(SAMPLE)
    for await (const { g } of newest) for (const gram of g) counts.set(gram, (counts.get(gram) ?? 0) + 1)
    sample = { at: performance.now(), counts }
    return counts
  }

  async function rarest(words: readonly string[]): Promise<number> {
    const counts = await frequencies()
    const grams = words.flatMap(bigramsOf)
    return grams.reduce(
      (best, gram) => ((counts.get(gram) ?? 0) < (counts.get(best) ?? 0) ? gram : best),
      grams[0] ?? 0,
    )
  }

  /** Ids of verified texts, in batches, newest first. */
  async function* hits(words: readonly string[], filter: Filter): AsyncGenerator<{ ids: string[]; seen: number }> {
    const isUnfiltered = Object.keys(filter).length === 0
    const few = isUnfiltered ? Infinity : await tickets.countDocuments(filter as never, { limit: FEW + 1 })
    const contains = ({ text }: TextDoc) => words.every((word) => text.includes(word))
    if (few <= FEW) {
      const own = await tickets.find(filter as never, { projection: { _id: 1 } }).toArray()
      const ids = own.map(({ _id }) => _id)
      const found = await texts
        .find({ _id: { $in: ids } }, { projection: { text: 1 } })
        .sort({ _id: -1 })
        .toArray()
      yield { ids: found.filter(contains).map(({ _id }) => _id), seen: 0 }
      return
    }
    const gram = await rarest(words)
    let batch: TextDoc[] = []
    let seen = 0
    const newest = texts.find({ g: gram }, { projection: { text: 1 }, batchSize: BATCH }).sort({ _id: -1 })
    for await (const text of newest) {
      batch.push(text)
      seen += 1
      if (batch.length < BATCH) continue
      yield { ids: batch.filter(contains).map(({ _id }) => _id), seen }
      batch = []
    }
    yield { ids: batch.filter(contains).map(({ _id }) => _id), seen }
  }

  /** Those of the ids that the filter lets through, in their order. */
  async function inSight(ids: readonly string[], filter: Filter): Promise<string[]> {
    if (ids.length === 0) return []
    const rows = await tickets
      .find({ $and: [{ _id: { $in: ids } }, filter] } as never, { projection: { _id: 1 } })
      .toArray()
    const seen = new Set(rows.map(({ _id }) => _id))
    return ids.filter((id) => seen.has(id))
  }

  return {
    async find(q, filter, { page, pageSize }) {
      const words = [
        ...new Set(
          q
            .trim()
            .split(/\s+/)
            .flatMap((word) => searchableText(word).split('\n'))
            .filter(Boolean),
        ),
      ]
      if (words.length === 0 || words.some((word) => word.length < 2) || words.length > MOST_WORDS)
        throw new AppError('invalidInput', '搜索词每个至少两个字，最多五个词', {
          fields: [{ path: 'q', message: '每个词至少两个字，最多五个词' }],
        })
      const from = (page - 1) * pageSize
      const until = from + pageSize
      const isUnfiltered = Object.keys(filter).length === 0
      const ids: string[] = []
      let isTotalCapped = false
      for await (const hit of hits(words, filter)) {
        ids.push(...(isUnfiltered ? hit.ids : await inSight(hit.ids, filter)))
        isTotalCapped = ids.length > Math.max(SEARCH_CAP, until) || hit.seen >= MOST_TEXTS
        if (isTotalCapped) break
      }
      const wanted = ids.slice(from, until)
      const rows = await tickets.find({ _id: { $in: wanted } }, { projection: ROW }).toArray()
      const byId = new Map(rows.map((row) => [row._id, row]))
      const items = wanted.flatMap((id) => byId.get(id) ?? [])
      return { items, total: isTotalCapped ? Math.max(SEARCH_CAP, until) : ids.length, isTotalCapped }
    },

    async alike(text, since, limit, look = ALIKE) {
      const counts = await frequencies()
      const rarest = bigramsOf(searchableText(text))
        .filter((gram) => !look.isShared || counts.has(gram))
        .sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))
        .slice(0, look.pairs)
      const [first, ...others] = rarest.map((g) => [
        { $match: { g, _id: { $gte: firstIdAt(since) } } },
        { $sort: { _id: -1 } },
        { $limit: look.each },
        { $project: { _id: 1 } },
      ])
      if (!first) return []
      const rows = await texts
        .aggregate<{ _id: string }>(
          [
            ...first,
            ...others.map((pipeline) => ({ $unionWith: { coll: texts.collectionName, pipeline } })),
            { $group: { _id: '$_id', n: { $sum: 1 } } },
            { $match: { n: { $gte: Math.min(look.meet, rarest.length) } } },
            { $sort: { n: -1, _id: -1 } },
            { $limit: limit },
          ],
          READ_LIMIT,
        )
        .toArray()
      return rows.map(({ _id }) => _id)
    },

    async feed(list) {
      if (list.length === 0) return
      await texts.bulkWrite(
        list.map(({ id, ticket, regionName }) => {
          const parts = [ticket.title, ticket.address, regionName, ticket.detail]
          const text = parts.map((part) => searchableText(part ?? '')).join('\n')
          return { replaceOne: { filter: { _id: id }, replacement: { g: bigramsOf(text), text }, upsert: true } }
        }),
        { ordered: false },
      )
    },
  }
}

/** Ids begin with the moment of receipt. */
function firstIdAt(moment: Date): string {
  return moment.getTime().toString(16).padStart(12, '0')
}
