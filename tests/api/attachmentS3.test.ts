import { randomBytes } from 'node:crypto'
import { S3Client, DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { loadConfig } from '@hotline/server/config'
import { createAttachmentService } from '@hotline/server/features/attachment/attachmentService'
import { createAttachmentStore } from '@hotline/server/features/attachment/attachmentStore'
import { openFileStore } from '@hotline/server/features/attachment/fileStore'
import { createTicketStore } from '@hotline/server/features/ticket/ticketStore'
import { createLogger } from '@hotline/server/platform/log'
import { connectMongo } from '@hotline/server/platform/mongo'
import type { AttachmentView } from '@hotline/shared/attachment/view'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok, openDesk, UNIT, type Desk } from '../helpers/desk'
import { aPdf, aPhoto, aWav, fetchFile, upload } from '../helpers/files'
import { startS3, type S3Server } from '../helpers/s3'

let s3: S3Server
let client: S3Client
let app: TestApp
let desk: Desk
beforeAll(async () => {
  s3 = await startS3()
  const { endpoint, region, accessKeyId, secretAccessKey } = s3.config
  client = new S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } })
  app = await startApp({ config: { s3: s3.config } })
  desk = openDesk(app)
})
afterAll(async () => {
  await app.stop()
  client.destroy()
  await s3.stop()
})

const logger = createLogger('silent')
const keys = async (): Promise<string[]> => {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: s3.config.bucket }))
  return Contents.map(({ Key = '' }) => Key)
}
const sent = async (name: string, bytes: Buffer): Promise<AttachmentView> =>
  ok(await upload(app, await desk.as('agent1'), name, bytes))
const read = async (path: string, range?: string) =>
  fetchFile(app, path, { token: (await desk.as('agent1')).token, range })
const files = (one: Partial<typeof s3.config> = {}) =>
  connectMongo(app.uri, logger).then(async (database) => {
    try {
      return await openFileStore({ db: database.db, s3: { ...s3.config, ...one }, logger })
    } finally {
      await database.close()
    }
  })

describe('附件存在 S3 兼容的对象存储里', () => {
  it('照片和缩略图都在桶里，数据库里没有一个字节；按工单权限读取', async () => {
    const before = await keys()
    const photo = await sent('现场.jpg', await aPhoto({ width: 900, height: 600 }))
    expect((await keys()).length - before.length).toBe(2)
    expect((await fetchFile(app, photo.url ?? '')).bytes.length).toBe(photo.size)
    expect((await fetchFile(app, photo.thumbUrl ?? '')).status).toBe(200)
    const database = await connectMongo(app.uri, logger)
    expect(await database.db.collection('attachments.files').countDocuments()).toBe(0)
    await database.close()
    await desk.dispatched({ attachmentIds: [photo.id] })
    const { token } = await desk.as(`clerk@${UNIT}`)
    expect((await fetchFile(app, `/api/attachments/${photo.id}`, { token })).status).toBe(200)
  })

  it('长录音分段边收边存，取其中一段也对', async () => {
    const bytes = aWav(12 * 1024 * 1024)
    randomBytes(1024).copy(bytes, 11_000_000)
    const voice = await sent('通话.wav', bytes)
    const whole = await read(`/api/attachments/${voice.id}`)
    expect(whole.bytes.equals(bytes)).toBe(true)
    const part = await read(`/api/attachments/${voice.id}`, 'bytes=11000000-11001023')
    expect([part.status, part.headers.get('Content-Range')]).toEqual([206, `bytes 11000000-11001023/${bytes.length}`])
    expect(part.bytes.equals(bytes.subarray(11_000_000, 11_001_024))).toBe(true)
    expect((await read(`/api/attachments/${voice.id}`, 'bytes=999999999-')).status).toBe(416)
  })

  it('超过上限的、删除的草稿，桶里不留下', async () => {
    const before = await keys()
    const refused = await upload(app, await desk.as('agent1'), '长.wav', aWav(50 * 1024 * 1024))
    expect([refused.status, refused.body.message]).toEqual([400, '录音不能超过 50 MB'])
    expect(await keys()).toEqual(before)
    const one = await sent('说明.pdf', aPdf())
    const { token } = await desk.as('agent1')
    expect((await app.request('DELETE', `/api/attachments/${one.id}`, { token })).status).toBe(204)
    expect(await keys()).toEqual(before)
  })

  it('没有用上的一天后清除，和存在数据库里时一样', async () => {
    const one = await sent('没用上.pdf', aPdf())
    const before = await keys()
    const database = await connectMongo(app.uri, logger)
    const { db } = database
    const none = { units: () => [], matter: () => [], region: () => [], deputies: () => [] }
    const service = createAttachmentService({
      store: createAttachmentStore(db),
      files: await openFileStore({ db, s3: s3.config, logger }),
      tickets: createTicketStore(db, none as never),
      audit: { append: async () => undefined },
    })
    expect(await service.sweep(new Date(app.clock.now().getTime() + 25 * 3600_000))).toBeGreaterThan(0)
    await database.close()
    expect((await keys()).length).toBeLessThan(before.length)
    expect((await read(`/api/attachments/${one.id}`)).status).toBe(404)
  })

  it('桶里的文件丢了，说得清楚，不送出半个文件', async () => {
    const before = await keys()
    const one = await sent('合同.pdf', aPdf())
    const [key] = (await keys()).filter((each) => !before.includes(each))
    await client.send(new DeleteObjectCommand({ Bucket: s3.config.bucket, Key: key }))
    const { status, bytes, headers } = await read(`/api/attachments/${one.id}`)
    expect([status, headers.get('Content-Disposition')]).toEqual([404, null])
    expect(JSON.parse(bytes.toString()).message).toBe('附件的文件在存储里找不到了，请联系系统管理员')
  })

  it('换了存储，原来在数据库里的照样读得到；没有设置时，在桶里的说明原因', async () => {
    const inDatabase = await startApp()
    const other = openDesk(inDatabase)
    const old: AttachmentView = ok(await upload(inDatabase, await other.as('agent1'), '旧.pdf', aPdf()))
    const moved = await startApp({ beside: inDatabase, config: { s3: s3.config } })
    const { token } = await moved.signIn('agent1')
    const path = (id: string) => `/api/attachments/${id}`
    expect((await fetchFile(moved, path(old.id), { token })).bytes.equals(aPdf())).toBe(true)
    const fresh: AttachmentView = ok(await upload(moved, await moved.signIn('agent1'), '新.pdf', aPdf()))
    const answer = await fetchFile(inDatabase, path(fresh.id), { token })
    expect([answer.status, JSON.parse(answer.bytes.toString()).message]).toEqual([
      503,
      '这个附件在对象存储里，但系统没有设置对象存储（S3_BUCKET）',
    ])
    await moved.stop()
    await inDatabase.stop()
  })
})

describe('启动时检查对象存储', () => {
  it('桶不存在、密钥不对、连不上，各说各的', async () => {
    await expect(files({ bucket: 'not-there' })).rejects.toThrow(
      '对象存储不能用：没有名为“not-there”的桶，请先建好，或检查 S3_BUCKET',
    )
    await expect(files({ accessKeyId: 'nobody' })).rejects.toThrow(
      `对象存储不能用：密钥不正确，或没有读写桶“${s3.config.bucket}”的权限`,
    )
    await expect(files({ endpoint: 'http://127.0.0.1:9' })).rejects.toThrow('对象存储不能用：连不上 http://127.0.0.1:9')
  })

  it('设置不全的不启动，说缺哪一项；没有设置的存在数据库里', () => {
    const env = { MONGODB_URI: 'mongodb://127.0.0.1', HOTLINE_EMBEDDED: '0', ...SECRETS }
    expect(() => loadConfig({ ...env, S3_BUCKET: 'photos' })).toThrow(
      '对象存储的设置不全，还缺环境变量 S3_ACCESS_KEY_ID、S3_SECRET_ACCESS_KEY',
    )
    expect(() => loadConfig({ ...env, S3_ENDPOINT: 'minio:9000' })).toThrow(
      '环境变量 S3_ENDPOINT 不正确：必须以 http:// 或 https:// 开头',
    )
    const whole = { S3_BUCKET: 'photos', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' }
    expect(loadConfig({ ...env, ...whole, S3_ENDPOINT: 'http://minio:9000' }).s3?.forcePathStyle).toBe(true)
    expect(loadConfig({ ...env, ...whole }).s3).toMatchObject({ region: 'us-east-1', forcePathStyle: false })
    expect(loadConfig({ ...env, S3_BUCKET: '', S3_ENDPOINT: '' }).s3).toBeUndefined()
  })
})

const KEY = Buffer.alloc(32, 7).toString('base64')
const SECRETS = { JWT_SECRET: 'x'.repeat(40), FIELD_KEYS: `k1:${KEY}`, HASH_KEY: KEY }
