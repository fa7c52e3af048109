import { momentText } from '@hotline/shared/calendar/day'
import { ExportInput, ExportView } from '@hotline/shared/export/export'
import { Router, type Response } from 'express'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { ExportRow } from './exportStore'
import type { ExportService } from './exportService'
import { XLSX_TYPE } from './workbook'

const tag = '导出'

const api: RouteDoc[] = [
  {
    method: 'post',
    path: '/api/exports',
    tag,
    summary: '导出一个列表（Excel）：5000 行以内立即可下载，更多的在后台生成，完成后站内通知',
    description:
      '班长、质检员、督办员、热线主任，承办单位收文员和负责人可以导出（账号限管理员，审计限系统管理员和主任，知识加知识库管理员）；范围与列表相同，一律脱敏；用途写入审计。query 与该列表的查询参数相同。',
    body: ExportInput,
    response: ExportView,
    status: 201,
    isWrite: true,
  },
  {
    method: 'get',
    path: '/api/exports',
    tag,
    summary: '我的导出，新的在前；后台生成的保存 7 天',
    response: z.object({ items: z.array(ExportView) }),
  },
  { method: 'get', path: '/api/exports/{id}', tag, summary: '一份导出的进度', response: ExportView },
  { method: 'get', path: '/api/exports/{id}/file', tag, summary: '下载（xlsx），只有本人可以' },
]

export function createExportFeature(service: ExportService, write: Write): Feature {
  const router = Router()

  router.post(
    '/',
    write(async (req) => {
      const row = await service.ask(parse(ExportInput, req.body), actorOf(req), req.ip)
      return { status: 201, body: present(row) }
    }),
  )
  router.get('/', async (req, res) => {
    res.json({ items: (await service.list(actorOf(req))).map(present) })
  })
  router.get('/:id', async (req, res) => {
    res.json(present(await service.find(req.params.id, actorOf(req))))
  })
  router.get('/:id/file', async (req, res) => {
    const { row, bytes } = await service.open(req.params.id, actorOf(req))
    res.setHeader('Content-Type', XLSX_TYPE)
    res.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName(row))}`)
    res.setHeader('Cache-Control', 'no-store, no-transform')
    res.setHeader('X-Content-Type-Options', 'nosniff')
    if (row.state === 'done' && row.size) res.setHeader('Content-Length', row.size)
    await pour(bytes, res)
  })

  const jobs = [
    {
      name: 'export.write',
      every: '2 seconds',
      lockSeconds: 180,
      run: ({ touch }: { touch(): Promise<void> }) => service.work(touch),
    },
    { name: 'export.sweep', every: '10 minutes', run: () => service.sweep() },
  ]
  return { path: '/api/exports', router, api, jobs }
}

/** What has begun to flow cannot become an error page any more: it breaks off, and the browser says so. */
async function pour(bytes: NodeJS.ReadableStream, res: Response): Promise<void> {
  try {
    await pipeline(bytes, res)
  } catch (error) {
    if (!res.headersSent) throw error
    res.destroy()
  }
}

/** `全部工单_20261122_1035.xlsx` */
function fileName({ title, at }: ExportRow): string {
  const moment = momentText(at).replaceAll('-', '').replace(' ', '_').replaceAll(':', '').slice(0, 13)
  return `${title.replace(/[\\/:*?"<>|\s]/g, '')}_${moment}.xlsx`
}

function present(row: ExportRow): ExportView {
  const { _id, list, title, state, rows, total, size, reason, message, at, expiresAt } = row
  return {
    id: _id,
    list,
    title,
    state,
    rows,
    total,
    size,
    reason,
    message,
    at: at.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
