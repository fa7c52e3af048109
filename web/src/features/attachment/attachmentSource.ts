import { MOST_ATTACHMENTS } from '@hotline/shared/attachment/kinds'
import { MOST_PUBLIC, UPLOAD_PASS_HEADER, type PublicUploadView } from '@hotline/shared/attachment/publicUpload'
import type { AttachmentView } from '@hotline/shared/attachment/view'
import { CODE_HEADER } from '@hotline/shared/public/acts'
import { api } from '../../platform/http'
import { uploadFile, type UploadOptions } from '../../platform/upload'
import { attachmentApi } from './attachmentApi'
import { shrunk } from './shrink'

type Sending = Pick<UploadOptions, 'onProgress' | 'signal'>

/** Where a field's files go: of somebody signed in, or of a citizen. */
export interface AttachmentSource {
  most: number
  onlyPictures?: true
  upload(file: File, sending: Sending): Promise<AttachmentView>
  /** Those of a draft that was kept. */
  list(ids: readonly string[]): Promise<AttachmentView[]>
  discard(id: string): Promise<unknown>
}

export const STAFF_SOURCE: AttachmentSource = {
  most: MOST_ATTACHMENTS,
  upload: attachmentApi.upload,
  list: attachmentApi.list,
  discard: attachmentApi.discard,
}

const PATH = '/api/public/attachments'
const KEPT = 'hotline.upload-pass'

export interface PublicUploads extends AttachmentSource {
  /** Goes with the submission, beside `attachmentIds`. */
  pass(): string | undefined
  /** After the submission. */
  forget(): void
}

/** Photographs of a citizen before there is a ticket; his pass is kept as long as the browser's tab. */
export function createPublicUploads(): PublicUploads {
  const pass = () => sessionStorage.getItem(KEPT) ?? undefined
  const headers = (): Record<string, string> => {
    const held = pass()
    return held ? { [UPLOAD_PASS_HEADER]: held } : {}
  }
  return {
    most: MOST_PUBLIC,
    onlyPictures: true,
    async upload(file, sending) {
      const view = await uploadFile<PublicUploadView>(PATH, await shrunk(file), { ...sending, headers: headers() })
      sessionStorage.setItem(KEPT, view.pass)
      return view
    },
    async list(ids) {
      if (!pass() || ids.length === 0) return []
      return (await api.get<{ items: AttachmentView[] }>(PATH, { ids }, { headers: headers() })).items
    },
    discard: (id) => api.remove(`${PATH}/${id}`, { headers: headers() }),
    pass,
    forget: () => sessionStorage.removeItem(KEPT),
  }
}

/** Photographs for a citizen's own ticket, by number and query code. What is not named afterwards is swept. */
export function createTicketUploads(no: string, code: string): AttachmentSource {
  const sent = new Map<string, AttachmentView>()
  return {
    most: MOST_PUBLIC,
    onlyPictures: true,
    async upload(file, sending) {
      const path = `/api/public/tickets/${no}/attachments`
      const view = await uploadFile<AttachmentView>(path, await shrunk(file), {
        ...sending,
        headers: { [CODE_HEADER]: code },
      })
      sent.set(view.id, view)
      return view
    },
    list: async (ids) => ids.flatMap((id) => sent.get(id) ?? []),
    discard: async (id) => sent.delete(id),
  }
}
