import { errorOf, freshToken } from './http'
import { toAppError } from './say'

/** A file that only a signed-in person may have: a link could not show who asks. @throws AppError */
export async function download(path: string): Promise<void> {
  try {
    const answer = await fetch(path, { headers: { Authorization: `Bearer ${await freshToken()}` } })
    if (!answer.ok) throw errorOf(answer.status, await answer.text())
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
