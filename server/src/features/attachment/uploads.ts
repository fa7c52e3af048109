import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import {
  ATTACHMENT_KIND_LABELS,
  ATTACHMENT_TYPES,
  type AttachmentKind,
  type AttachmentType,
} from '@hotline/shared/attachment/kinds'
import { safeName } from '@hotline/shared/attachment/name'
import type { Actor } from '@hotline/shared/actor'
import type { Clock } from '../../platform/clock'
import { createTurns } from '../../platform/turns'
import type { AttachmentRow, AttachmentStore } from './attachmentStore'
import type { FileStore } from './fileStore'
import { kindOf, limited, readHead, refusal, typeOf, typeOfWhole } from './inspect'
import { redraw } from './pictures'

/** A draft that no command names is taken away after a day. */
export const DRAFT_MS = 24 * 3600_000

/** What may come here: one kind of files, and perhaps smaller ones than elsewhere. */
export interface Only {
  kind: AttachmentKind
  bytes?: number
}

export type Upload = (
  name: string,
  source: Readable,
  owner: Pick<Actor, 'userId' | 'unitId'>,
  only?: Only,
) => Promise<AttachmentRow>

export interface UploadDeps {
  store: AttachmentStore
  files: FileStore
  clock: Clock
}

/** What is sent becomes its owner's draft: told by its bytes, kept within its limits, pictures drawn anew. */
export function createUpload({ store, files, clock }: UploadDeps): Upload {
  // One picture at a time: each takes its hundreds of megabytes.
  const turns = createTurns()

  return async (given, source, { userId: ownerId, unitId }, only) => {
    const head = await readHead(source)
    const told = await typeOf(head.bytes)
    if (only && (told === 'zip' || kindOf(told) !== only.kind))
      throw refusal(`这里只能上传${ATTACHMENT_KIND_LABELS[only.kind]}`)
    if (told !== 'zip' && !isKeptInMemory(told)) return keep(told, limited(head.all, kindOf(told), only?.bytes))

    const bytes = await gather(limited(head.all, told === 'zip' ? 'document' : kindOf(told), only?.bytes))
    const type = await typeOfWhole(bytes)
    if (kindOf(type) !== 'image') return keep(type, [bytes])
    const { thumb, width, height, ...drawn } = await turns('picture', () => redraw(bytes, type))
    return keep(type, [drawn.bytes], { thumb, width, height })

    async function keep(
      type: AttachmentType,
      content: AsyncIterable<Buffer> | Iterable<Buffer>,
      picture?: { thumb: Buffer; width: number; height: number },
    ): Promise<AttachmentRow> {
      const { kind, extension } = ATTACHMENT_TYPES[type]
      const thumbId = picture && files.newId()
      const uploadedAt = clock.now()
      const row: Omit<AttachmentRow, 'isReady'> = {
        _id: randomUUID(),
        name: safeName(given, extension),
        kind,
        type,
        size: 0,
        fileId: files.newId(),
        ...(thumbId ? { thumbId } : {}),
        ownerId,
        unitId,
        uploadedAt,
        sweepAt: new Date(uploadedAt.getTime() + DRAFT_MS),
      }
      await store.begin(row)
      try {
        let size = 0
        await files.put(
          row.fileId,
          counted(content, (length) => (size += length)),
        )
        if (picture && thumbId) await files.put(thumbId, [picture.thumb])
        const done = { size, ...(picture ? { width: picture.width, height: picture.height } : {}) }
        await store.finish(row._id, done)
        return { ...row, ...done, isReady: true }
      } catch (error) {
        // Should this fail too, it is swept with the drafts.
        await files
          .remove(row.fileId)
          .then(() => store.remove(row._id))
          .catch(() => undefined)
        throw error
      }
    }
  }
}

function isKeptInMemory(type: AttachmentType): boolean {
  return ['image', 'document'].includes(kindOf(type))
}

async function gather(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* counted(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  count: (length: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    count(chunk.length)
    yield chunk
  }
}
