import { z } from 'zod'
import { attachmentIds } from '../ticket/commandInputs'
import { AttachmentView } from './view'

/** What somebody without an account may add to what he submits: a few photographs, none of them large. */
export const MOST_PUBLIC = 6
export const PUBLIC_IMAGE_BYTES = 10 * 1024 * 1024

/** 上传凭据: whose drafts they are until the submission claims them; kept by the page, a day long. */
export const UPLOAD_PASS_HEADER = 'Upload-Pass'
export const UploadPass = z.string().max(200)

/** Beside the other fields of `POST /api/public/tickets`. */
export const PublicAttachments = {
  attachmentIds: attachmentIds.refine((ids) => ids.length <= MOST_PUBLIC, `照片最多 ${MOST_PUBLIC} 张`),
  uploadPass: UploadPass.optional(),
}

export const PublicUploadView = AttachmentView.extend({ pass: z.string() })
export type PublicUploadView = z.output<typeof PublicUploadView>
