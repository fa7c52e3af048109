import { fetchFile } from './http'
import { toAppError } from './say'

/** Saves a file that only a signed-in person may have. @throws AppError */
export async function download(path: string): Promise<void> {
  try {
    const answer = await fetchFile(path)
    save(await answer.blob(), nameOf(answer.headers.get('Content-Disposition')))
  } catch (error) {
    throw toAppError(error)
  }
}

function nameOf(disposition: string | null): string {
  const [, name] = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '') ?? []
  return name ? decodeURIComponent(name) : '导出.xlsx'
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
