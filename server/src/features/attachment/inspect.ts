import {
  ALLOWED_SENTENCE,
  ATTACHMENT_TYPES,
  isAttachmentType,
  SIZE_LIMITS,
  tooLargeSentence,
  type AttachmentKind,
  type AttachmentType,
} from '@hotline/shared/attachment/kinds'
import { AppError } from '@hotline/shared/error'
import { fileTypeFromBuffer } from 'file-type'

/** Enough of a file's beginning to know what it is, save for an Office document. */
const HEAD_BYTES = 8192

/** Names of the same thing. */
const SAME: Record<string, AttachmentType> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/vnd.wave': 'audio/wav',
  'video/x-m4v': 'video/mp4',
}
const HEIC = ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence']
const OLD_OFFICE = 'application/x-cfb'

export interface Head {
  bytes: Buffer
  /** The whole, from its first byte. */
  all: AsyncIterable<Buffer>
}

/** Reads so much that one can tell what it is; the rest waits. */
export async function readHead(source: AsyncIterable<Buffer>): Promise<Head> {
  const iterator = source[Symbol.asyncIterator]()
  const first: Buffer[] = []
  for (let length = 0; length < HEAD_BYTES;) {
    const { value, done } = await iterator.next()
    if (done) break
    first.push(value)
    length += value.length
  }
  async function* all() {
    yield* first
    for (;;) {
      const { value, done } = await iterator.next()
      if (done) return
      yield value
    }
  }
  return { bytes: Buffer.concat(first), all: all() }
}

/** By what the bytes are. `zip`: may be an Office document, the whole will tell. @throws AppError invalidInput */
export async function typeOf(bytes: Buffer): Promise<AttachmentType | 'zip'> {
  if (bytes.length === 0) throw refusal('文件是空的，请重新选择')
  // Its pictures may be longer than the head.
  if (bytes.subarray(0, 3).toString('latin1') === 'ID3') return 'audio/mpeg'
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const type = found && (SAME[found.mime] ?? found.mime)
  if (type && isAttachmentType(type)) return type
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return 'zip'
  if (type && HEIC.includes(type))
    throw refusal('不能上传 HEIC 照片：请在手机相机设置里选“兼容性最佳”，或转成 JPEG 再上传')
  if (type === OLD_OFFICE) throw refusal('不能上传旧版 Office 文档（doc、xls），请另存为 docx、xlsx 或 PDF')
  throw refusal(`不能上传这种文件。${ALLOWED_SENTENCE}`)
}

/** The same for the whole, where only an allowed document will do. */
export async function typeOfWhole(bytes: Buffer): Promise<AttachmentType> {
  const type = await typeOf(bytes)
  if (type === 'zip') throw refusal(`不能上传压缩包或这种文档。${ALLOWED_SENTENCE}`)
  return type
}

export const kindOf = (type: AttachmentType): AttachmentKind => ATTACHMENT_TYPES[type].kind

/** Lets through as much as its kind may have. @throws AppError invalidInput */
export async function* limited(
  source: AsyncIterable<Buffer>,
  kind: AttachmentKind,
  most = SIZE_LIMITS[kind],
): AsyncGenerator<Buffer> {
  let length = 0
  for await (const chunk of source) {
    length += chunk.length
    if (length > most) throw refusal(tooLargeSentence(kind, undefined, most))
    yield chunk
  }
}

export function refusal(message: string, cause?: unknown): AppError {
  return new AppError('invalidInput', message, { fields: [{ path: 'file', message }] }, { cause })
}
