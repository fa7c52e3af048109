import { AppError } from '@hotline/shared/error'
import { errorOf, freshToken } from './http'

export interface UploadOptions {
  /** 0 to 1. */
  onProgress(part: number): void
  signal: AbortSignal
  /** Instead of the session's token, on pages without a sign-in. */
  headers?: Record<string, string>
}

/** One file as a form sends it. `fetch` cannot tell how far it is; the person at a village's line wants to know. */
export async function uploadFile<T>(path: string, file: File, options: UploadOptions): Promise<T> {
  const { onProgress, signal } = options
  const headers = options.headers ?? { Authorization: `Bearer ${await freshToken()}` }
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stopped = (message: string) => () => reject(new AppError('unavailable', message, { isOffline: true }))
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = stopped('上传中断，请检查网络后重试')
    request.onabort = stopped('已取消')
    request.onload = () => {
      if (request.status >= 300) reject(errorOf(request.status, request.responseText))
      else resolve(JSON.parse(request.responseText) as T)
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.open('POST', path)
    request.setRequestHeader('Accept', 'application/json')
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}
