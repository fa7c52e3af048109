import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { AppError } from '@hotline/shared/error'
import type { Logger } from '../../platform/log'
import type { S3Config } from '../../platform/s3Config'
import { lost, type FileStore } from './fileStore'

const MARK = 's3-'
const FOLDER = 'attachments'
const PART_BYTES = 5 * 1024 * 1024

/** Tells where a file was put. */
export function isS3Id(id: string): boolean {
  return id.startsWith(MARK)
}

/**
 * Any store that speaks S3: a cloud's, MinIO, Ceph.
 * @throws AppError unavailable when the bucket cannot be written, with what to look at
 */
export async function openS3Store(config: S3Config, logger: Logger): Promise<FileStore> {
  // A third of a second that an installation without it need not spend.
  const s3 = await import('@aws-sdk/client-s3')
  const { Upload } = await import('@aws-sdk/lib-storage')
  const { bucket, endpoint, region, forcePathStyle, accessKeyId, secretAccessKey } = config
  const client = new s3.S3Client({
    ...{ endpoint, region, forcePathStyle, credentials: { accessKeyId, secretAccessKey } },
    requestHandler: { connectionTimeout: 5000, requestTimeout: 60_000 },
    // Many stores do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const at = (id: string) => ({ Bucket: bucket, Key: `${FOLDER}/${id.slice(MARK.length)}` })
  const remove = async (id: string) => void (await client.send(new s3.DeleteObjectCommand(at(id))))

  async function put(id: string, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    // What the source says (too large, broken off) is what its sender is told.
    let objection: unknown
    async function* noted() {
      try {
        yield* bytes
      } catch (error) {
        objection = error
        throw error
      }
    }
    const Body = Readable.from(noted(), { objectMode: false })
    try {
      await new Upload({ client, params: { ...at(id), Body }, partSize: PART_BYTES, queueSize: 1 }).done()
    } catch (error) {
      Body.destroy()
      await remove(id).catch(() => undefined)
      throw objection ?? asOurs(error)
    }
  }

  async function* bytesOf(id: string, range?: { start: number; end: number }) {
    const Range = range && `bytes=${range.start}-${range.end}`
    try {
      const { Body } = await client.send(new s3.GetObjectCommand({ ...at(id), Range }))
      yield* Body as Readable
    } catch (error) {
      if (codeOf(error) !== 'NoSuchKey') throw asOurs(error)
      logger.error({ fileId: id }, '附件的文件在对象存储里找不到')
      throw lost(error)
    }
  }

  await assertWritable(client, config, async () => {
    const id = `${MARK}probe-${randomUUID()}`
    await client.send(new s3.HeadBucketCommand({ Bucket: bucket }))
    await client.send(new s3.PutObjectCommand({ ...at(id), Body: 'ok' }))
    await remove(id)
  })
  return {
    newId: () => MARK + randomUUID(),
    put,
    read: (id, range) => Readable.from(bytesOf(id, range), { objectMode: false }),
    remove: (id) => remove(id).catch((error: unknown) => Promise.reject(asOurs(error))),
  }
}

/** Better no start than uploads that fail one by one. */
async function assertWritable(client: S3Client, config: S3Config, tryOut: () => Promise<void>): Promise<void> {
  try {
    await tryOut()
  } catch (cause) {
    client.destroy()
    throw new AppError('unavailable', `对象存储不能用：${whyNot(cause, config)}`, {}, { cause })
  }
}

function whyNot(error: unknown, { bucket, endpoint = '默认地址', region }: S3Config): string {
  const status = statusOf(error)
  if (status === 404) return `没有名为“${bucket}”的桶，请先建好，或检查 S3_BUCKET`
  if (status === 403 || status === 401)
    return `密钥不正确，或没有读写桶“${bucket}”的权限，请检查 S3_ACCESS_KEY_ID、S3_SECRET_ACCESS_KEY`
  if (status === 301 || status === 400)
    return `桶“${bucket}”不在地域 ${region}，或地址不对，请检查 S3_REGION、S3_ENDPOINT`
  if (status === undefined) return `连不上 ${endpoint}，请检查 S3_ENDPOINT 和网络`
  return `存储回答 ${status}（${codeOf(error)}）`
}

/** What the store answers is an outage to whoever waits for a picture; what the source of the bytes says stays as it is. */
function asOurs(error: unknown): unknown {
  if (error instanceof AppError) return error
  const isNetwork = error instanceof Error && ('code' in error || error.name === 'TimeoutError')
  if (statusOf(error) === undefined && !isNetwork) return error
  return new AppError('unavailable', '附件存储暂时不可用，请稍后再试', { retryAfter: 10 }, { cause: error })
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode
}
function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}
