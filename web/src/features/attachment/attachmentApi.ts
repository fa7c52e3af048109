import type { AttachmentView } from '@hotline/shared/attachment/view'
import { api } from '../../platform/http'
import { uploadFile, type UploadOptions } from '../../platform/upload'

const PATH = '/api/attachments'

export const attachmentApi = {
  upload: (file: File, options: UploadOptions) => uploadFile<AttachmentView>(PATH, file, options),
  /** In this order, without those that may not be seen; with addresses that are good for some minutes. */
  list: async (ids: readonly string[]): Promise<AttachmentView[]> =>
    ids.length > 0 ? (await api.get<{ items: AttachmentView[] }>(PATH, { ids })).items : [],
  /** A fresh address; that of a recording is audited. */
  address: async (id: string): Promise<string> => (await api.get<{ url: string }>(`${PATH}/${id}/address`)).url,
  discard: (id: string) => api.remove(`${PATH}/${id}`),
}
