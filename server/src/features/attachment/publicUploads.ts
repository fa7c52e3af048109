import {
  MOST_PUBLIC,
  PUBLIC_IMAGE_BYTES,
  PublicUploadView,
  UPLOAD_PASS_HEADER,
} from '@hotline/shared/attachment/publicUpload'
import { AttachmentQuery, AttachmentView } from '@hotline/shared/attachment/view'
import type { Request, Router } from 'express'
import { z } from 'zod'
import type { Actor } from '@hotline/shared/actor'
import type { RouteDoc } from '../../platform/http/openapi'
import { networkOf, type RateLimiter } from '../../platform/http/rateLimit'
import { parse } from '../../platform/http/validate'
import type { AttachmentService, SeenAttachment } from './attachmentService'
import type { UploadPasses } from './uploadPasses'

/** Behind one address stands an office or a school; one pass is one person's submission, with some tries. */
const PER_ADDRESS = { name: 'public-uploads', max: 60, windowSeconds: 3600 }
const PER_PASS = { name: 'pass-uploads', max: MOST_PUBLIC * 3, windowSeconds: 86_400 }

export interface PublicUploadDeps {
  passes: UploadPasses
  rateLimiter: RateLimiter
  service: AttachmentService
  receive(req: Request, owner: Actor): Promise<AttachmentView>
  present(seen: SeenAttachment): AttachmentView
}

/** Photographs before there is a ticket: whoever uploaded them, and nobody else, may look, discard, and submit them. */
export function addPublicUploads(router: Router, deps: PublicUploadDeps): void {
  const { passes, rateLimiter, service, receive, present } = deps
  const passOf = (req: Request) => req.get(UPLOAD_PASS_HEADER) ?? ''

  router.post('/', async (req, res) => {
    await rateLimiter.hit(PER_ADDRESS, networkOf(req.ip ?? ''))
    const pass = passOf(req) || passes.issue()
    const holder = passes.holderOf(pass)
    await rateLimiter.hit(PER_PASS, holder.userId)
    res.status(201).json({ ...(await receive(req, holder)), pass })
  })
  router.get('/', async (req, res) => {
    const { ids } = parse(AttachmentQuery, req.query)
    res.json({ items: (await service.list(ids, passes.holderOf(passOf(req)))).map(present) })
  })
  router.delete('/:id', async (req, res) => {
    await service.discard(req.params.id, passes.holderOf(passOf(req)))
    res.status(204).end()
  })
}

export function publicUploadDocs(path: string): RouteDoc[] {
  const tag = '公众'
  const header = `请求头 ${UPLOAD_PASS_HEADER} 为上传凭据：第一次不带，之后带上回答里的 pass。`
  return [
    {
      method: 'post',
      path,
      tag,
      summary: '提交诉求之前上传一张照片（multipart/form-data）',
      description: `${header}一次提交最多 ${MOST_PUBLIC} 张，每张不超过 ${PUBLIC_IMAGE_BYTES / 1024 / 1024} MB；由 POST /api/public/tickets 以 attachmentIds、uploadPass 引用，24 小时内没有引用的自动清除。`,
      response: PublicUploadView,
      status: 201,
      isPublic: true,
    },
    {
      method: 'get',
      path,
      tag,
      summary: '自己还没有提交的照片和短期地址',
      description: header,
      query: AttachmentQuery,
      response: z.object({ items: z.array(AttachmentView) }),
      isPublic: true,
    },
    { method: 'delete', path: `${path}/{id}`, tag, summary: '删除自己还没有提交的照片', status: 204, isPublic: true },
  ]
}
