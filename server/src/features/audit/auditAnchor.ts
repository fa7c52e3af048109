import { randomUUID } from 'node:crypto'
import type { Crypto } from '../../platform/crypto'
import { isSameSecret } from '../../platform/crypto'
import { isDuplicate, type Db } from '../../platform/mongo'
import { readAnchorFile, writeAnchorFile } from './anchorFile'
import type { Head } from './auditChain'

/**
 * The head of the log, remembered outside it. `first` is the hash of its first entry: by it a copy is known. Signed with
 * a key that the database does not hold: who can write only the database cannot make one.
 */
export interface Anchor extends Head {
  first: string
  at: string
  signature: string
}

interface Stored extends Anchor {
  _id: string
}

/** The two places: a document beside the log, for all machines, and a file, for whom the database is not enough. */
export interface AnchorStore {
  places: number
  /** All that is remembered of this database's log. `forged`: a signature is not ours. */
  read(): Promise<{ anchors: Anchor[]; forged: ('document' | 'file')[] }>
  /** Moves both forward to this head, never back. @returns whether the file could be written */
  advance(head: Head & { first: string }, at: Date): Promise<boolean>
}

const DOCUMENT = 'audit'

/** @param dataDir where the file stands; empty: the document alone */
export function createAnchorStore(db: Db, crypto: Crypto, dataDir: string): AnchorStore {
  const documents = db.collection<Stored>('anchors')
  let database: Promise<string> | undefined
  const databaseId = () => (database ??= idOf(db))

  const sign = (id: string, { seq, hash, first }: Head & { first: string }) =>
    crypto.hashOf('auditAnchor', [id, seq, hash, first].join(':'))
  const isOurs = (id: string, anchor: Anchor) => isSameSecret(sign(id, anchor), String(anchor.signature))

  return {
    places: dataDir ? 2 : 1,
    async read() {
      const id = await databaseId()
      const document = await documents.findOne({ _id: DOCUMENT }, { projection: { _id: 0 } })
      const file = readAnchorFile(dataDir)[id]
      const found = [
        { place: 'document' as const, anchor: document as Anchor | null },
        { place: 'file' as const, anchor: file },
      ]
      const forged = found.flatMap(({ place, anchor }) => (anchor && !isOurs(id, anchor) ? [place] : []))
      const anchors = found.flatMap(({ anchor }) => (anchor && isOurs(id, anchor) ? [anchor] : []))
      return { anchors, forged }
    },
    async advance(head, at) {
      const id = await databaseId()
      const anchor: Anchor = { ...head, at: at.toISOString(), signature: sign(id, head) }
      const { matchedCount } = await documents.updateOne({ _id: DOCUMENT, seq: { $lt: head.seq } }, { $set: anchor })
      if (matchedCount === 0)
        await documents.insertOne({ _id: DOCUMENT, ...anchor }).catch((error: unknown) => {
          if (!isDuplicate(error)) throw error
        })
      return writeAnchorFile(dataDir, id, anchor)
    },
  }
}

/** A database's own name for itself, so that one data folder may serve several. */
async function idOf(db: Db): Promise<string> {
  const row = await db
    .collection<{ _id: string; value: string }>('meta')
    .findOneAndUpdate(
      { _id: 'database' },
      { $setOnInsert: { value: randomUUID() } },
      { upsert: true, returnDocument: 'after' },
    )
  return row?.value ?? ''
}
