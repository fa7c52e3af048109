import type { Readable } from 'node:stream'
import { MOST_BYTES } from '@hotline/shared/attachment/kinds'
import { AppError } from '@hotline/shared/error'
import busboy from 'busboy'
import type { Request } from 'express'

export type Take<T> = (name: string, bytes: Readable) => Promise<T>

const notMultipart = () => new AppError('invalidInput', '请用 multipart/form-data 上传一个文件')

/**
 * The one file of a multipart request, handed on as it comes. Whatever of the request nobody wants any more is read and
 * dropped, so that the browser gets to the answer.
 * @throws AppError invalidInput
 */
export function receiveFile<T>(req: Request, take: Take<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let form: busboy.Busboy
    try {
      form = busboy({
        headers: req.headers,
        defParamCharset: 'utf8',
        // One byte more than may be: then the kind's own limit says so.
        limits: { files: 1, fields: 10, fieldSize: 1024, parts: 12, fileSize: MOST_BYTES + 1 },
      })
    } catch {
      req.resume()
      reject(notMultipart())
      return
    }
    let isTaken = false
    const fail = (error: unknown) => {
      req.unpipe(form)
      req.resume()
      reject(error instanceof Error ? error : notMultipart())
    }
    const broken = (cause: unknown) => fail(new AppError('invalidInput', '上传中断，请重试', undefined, { cause }))
    form.on('file', (_field, bytes, { filename }) => {
      isTaken = true
      // Told by its reader; without a listener it would end the process.
      bytes.on('error', () => undefined)
      take(filename ?? '', bytes).then(resolve, fail)
    })
    form.on('error', broken)
    form.on('close', () => {
      if (!isTaken) fail(new AppError('invalidInput', '没有收到文件，请重新选择'))
    })
    req.on('close', () => {
      if (!req.complete) form.destroy(new Error('aborted'))
    })
    req.pipe(form)
  })
}
