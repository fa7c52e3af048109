import { AttachmentQuery, AttachmentView, FileQuery, SignedQuery } from '@hotline/shared/attachment/view'
import { MOST_ATTACHMENTS } from '@hotline/shared/attachment/kinds'
import { PUBLIC_IMAGE_BYTES } from '@hotline/shared/attachment/publicUpload'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Actor } from '@hotline/shared/actor'
import type { Audit } from '../audit/auditService'
import type { ClaimAttachments } from '../ticket/ticketAttachments'
import type { TicketStore } from '../ticket/ticketStore'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { RateLimiter } from '../../platform/http/rateLimit'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { Db } from '../../platform/mongo'
import { createAddresses } from './addresses'
import { createAttachmentService, type SeenAttachment } from './attachmentService'
import { createAttachmentStore } from './attachmentStore'
import { createClaims } from './claims'
import { addPublicUploads, publicUploadDocs } from './publicUploads'
import type { FileStore } from './fileStore'
import { receiveFile } from './receiveFile'
import { sendFile } from './sendFile'
import { createUploadPasses, type UploadPasses } from './uploadPasses'
import { createUpload, type Only } from './uploads'

const PATH = '/api/attachments'
const SIGNED_PATH = '/api/public/attachments'
const tag = '附件'
/** A site visit has a dozen photographs; nobody takes hundreds in an hour. */
const UPLOADS = { name: 'attachment-upload', max: 300, windowSeconds: 3600 }

const api: RouteDoc[] = [
  {
    method: 'post',
    path: PATH,
    tag,
    summary: '上传一个文件（multipart/form-data），得到草稿附件',
    description: `随后由带 attachmentIds 的操作引用，每次最多 ${MOST_ATTACHMENTS} 个；24 小时内没有引用的自动清除。按内容认定类型，图片重新编码并去掉拍摄信息。`,
    response: AttachmentView,
    status: 201,
  },
  {
    method: 'get',
    path: PATH,
    tag,
    summary: '附件信息和短期地址；无权查看的不在其中',
    query: AttachmentQuery,
    response: z.object({ items: z.array(AttachmentView) }),
  },
  {
    method: 'get',
    path: `${PATH}/{id}`,
    tag,
    summary: '文件内容，按工单权限；thumb=1 为缩略图；听录音记审计',
    description: '支持 Range。',
    query: FileQuery,
  },
  {
    method: 'get',
    path: `${SIGNED_PATH}/{id}`,
    tag,
    summary: '凭短期地址读取文件，供网页中的图片、录音、视频使用',
    query: SignedQuery,
    isPublic: true,
  },
  {
    method: 'get',
    path: `${PATH}/{id}/address`,
    tag,
    summary: '短期地址，五分钟内有效；录音记审计',
    response: z.object({ url: z.string() }),
  },
  { method: 'delete', path: `${PATH}/{id}`, tag, summary: '删除自己还没有提交的附件', status: 204 },
]

export interface AttachmentDeps {
  db: Db
  files: FileStore
  crypto: Crypto
  audit: Pick<Audit, 'append'>
  /** The machine's: a leap of the city's clock must not sweep what somebody has just uploaded. */
  clock: Clock
  rateLimiter: RateLimiter
}

export interface Attachments {
  /** For the tickets, which are made after it. */
  claim: ClaimAttachments
  /** The file of a request becomes this actor's draft. */
  receive(req: Request, owner: Actor, only?: Only): Promise<AttachmentView>
  /** Who has shown a pass, for what citizens submit. */
  holderOf: UploadPasses['holderOf']
  features(tickets: Pick<TicketStore, 'find' | 'findByKey'>): Feature[]
}

export function createAttachments({ db, files, crypto, audit, clock, rateLimiter }: AttachmentDeps): Attachments {
  const store = createAttachmentStore(db)
  const addresses = createAddresses(crypto, clock, SIGNED_PATH)
  const passes = createUploadPasses(crypto, clock)
  const upload = createUpload({ store, files, clock })

  function present({ row, name, isDraft }: SeenAttachment): AttachmentView {
    const { _id: id, kind, type, size, width, height, uploadedAt, thumbId } = row
    return {
      ...{ id, name, kind, type, size, width, height, isDraft },
      uploadedAt: uploadedAt.toISOString(),
      url: kind === 'audio' ? undefined : addresses.of(id),
      thumbUrl: thumbId ? addresses.of(id, true) : undefined,
    }
  }

  async function receive(req: Request, owner: Actor, only?: Only): Promise<AttachmentView> {
    const row = await receiveFile(req, (name, bytes) => upload(name, bytes, owner, only))
    return present({ row, name: row.name, isDraft: true })
  }

  return {
    receive,
    holderOf: passes.holderOf,
    claim: createClaims(store, clock),
    features(tickets) {
      const service = createAttachmentService({ store, files, tickets, audit })
      const signed = Router()
      const router = Router()

      addPublicUploads(signed, {
        ...{ passes, rateLimiter, service, present },
        receive: (req, holder) => receive(req, holder, { kind: 'image', bytes: PUBLIC_IMAGE_BYTES }),
      })
      signed.get('/:id', async (req, res) => {
        const given = parse(SignedQuery, req.query)
        addresses.check(req.params.id, given)
        await sendFile(files, await service.row(req.params.id), { isThumb: given.thumb !== undefined }, req, res)
      })

      router.post('/', async (req, res) => {
        const actor = actorOf(req)
        await rateLimiter.hit(UPLOADS, actor.userId)
        res.status(201).json(await receive(req, actor))
      })
      router.get('/', async (req, res) => {
        const { ids } = parse(AttachmentQuery, req.query)
        res.json({ items: (await service.list(ids, actorOf(req))).map(present) })
      })
      router.get('/:id', async (req, res) => {
        const { thumb } = parse(FileQuery, req.query)
        const seen = await service.find(req.params.id, actorOf(req))
        await service.noteOpened(seen, actorOf(req), req.ip)
        await sendFile(files, seen.row, { isThumb: thumb !== undefined, name: seen.name }, req, res)
      })
      router.get('/:id/address', async (req, res) => {
        const seen = await service.find(req.params.id, actorOf(req))
        await service.noteOpened(seen, actorOf(req), req.ip)
        res.json({ url: addresses.of(seen.row._id) })
      })
      router.delete('/:id', async (req, res) => {
        await service.discard(req.params.id, actorOf(req))
        res.status(204).end()
      })

      return [
        { path: SIGNED_PATH, router: signed, isPublic: true, api: publicUploadDocs(SIGNED_PATH) },
        {
          path: PATH,
          router,
          api,
          jobs: [
            {
              name: 'attachment.sweep',
              every: '10 minutes',
              run: async () => void (await service.sweep(clock.now())),
            },
          ],
        },
      ]
    },
  }
}
