import { AppError } from '@hotline/shared/error'
import type { Clock } from '../../platform/clock'
import type { ClaimAttachments } from '../ticket/ticketAttachments'
import type { AttachmentStore } from './attachmentStore'
import { DRAFT_MS } from './uploads'

/** A command's attachments become the ticket's, before it is committed: one that then fails leaves drafts to the sweep. */
export function createClaims(store: AttachmentStore, clock: Clock): ClaimAttachments {
  return async (ids, ticketId, { userId, draftsOf: ownerId = userId }, claimKey) => {
    const sweepAt = new Date(clock.now().getTime() + DRAFT_MS)
    for (const id of ids)
      if (!(await store.claim(id, { ownerId, ticketId, claimKey, sweepAt }))) {
        const message = '附件不存在、已过期，或不是您上传的，请移除后重新上传'
        throw new AppError('invalidInput', message, { fields: [{ path: 'attachmentIds', message }] })
      }
  }
}
