import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { AttachmentRow } from './attachmentStore'
import type { FileStore } from './fileStore'
import { THUMB_TYPE } from './pictures'

export interface Sending {
  isThumb?: boolean
  /** Absent: the browser names it by its link. */
  name?: string
}

/** Pictures, sound and film are shown where they stand; a document is only ever saved. Nothing in it may run. */
export async function sendFile(
  files: FileStore,
  row: AttachmentRow,
  { isThumb, name }: Sending,
  req: Request,
  res: Response,
): Promise<void> {
  const thumbId = isThumb ? row.thumbId : undefined
  const how = row.kind === 'document' ? 'attachment' : 'inline'
  res.setHeader('Content-Type', thumbId ? THUMB_TYPE : row.type)
  res.setHeader('Content-Disposition', name ? `${how}; filename*=UTF-8''${encoded(name)}` : how)
  res.setHeader('Content-Security-Policy', "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox")
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  res.setHeader('Cache-Control', 'private, max-age=300, no-transform')
  if (thumbId) return pour(files.read(thumbId), res)

  res.setHeader('Accept-Ranges', 'bytes')
  const range = rangeOf(req.get('Range'), row.size)
  if (range === 'none') {
    res.status(416).setHeader('Content-Range', `bytes */${row.size}`)
    res.end()
    return
  }
  if (range) {
    res.status(206).setHeader('Content-Range', `bytes ${range.start}-${range.end}/${row.size}`)
    res.setHeader('Content-Length', range.end - range.start + 1)
  } else res.setHeader('Content-Length', row.size)
  if (req.method === 'HEAD') res.end()
  else await pour(files.read(row.fileId, range), res)
}

const OF_THE_FILE = ['Content-Type', 'Content-Length', 'Content-Range', 'Content-Disposition', 'Cache-Control']

/** Who goes away in the middle of a film has done nothing wrong. */
async function pour(bytes: Readable, res: Response): Promise<void> {
  try {
    // Once they are joined an error takes the answer with it.
    await hasBegun(bytes)
    await pipeline(bytes, res)
  } catch (error) {
    if (!res.headersSent) {
      // They were the file's; what follows is a sentence.
      for (const name of OF_THE_FILE) res.removeHeader(name)
      throw error
    }
    res.destroy()
  }
}

function hasBegun(bytes: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    bytes.once('readable', resolve).once('close', resolve).once('error', reject)
  })
}

/** The one range that players ask for; `none`: it lies outside. What is no such range is no range. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | 'none' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return start > end ? 'none' : { start, end }
}

function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
