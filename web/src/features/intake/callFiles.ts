import { AppError, type FieldError } from '@hotline/shared/error'
import type { DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import { watch, type Ref } from 'vue'
import { api } from '../../platform/http'
import { attachmentApi } from '../attachment/attachmentApi'
import { isOutcomeUnknown, type CallDraft } from './callDraft'

/** What of a call's attachments is not there yet. */
export interface CallFiles {
  isComing: boolean
  /** So many did not arrive, and would with another try. */
  lost: number
}

/** What is on its way when the agent submits belongs to the matter. */
export function untilHere(files: Readonly<Ref<CallFiles>>): Promise<void> {
  return new Promise((resolve) => {
    if (!files.value.isComing) return resolve()
    const stop = watch(files, ({ isComing }) => {
      if (isComing) return
      stop()
      resolve()
    })
  })
}

export function lostFiles({ lost }: CallFiles): FieldError[] {
  const message = `有 ${lost} 个附件没有传上，请重试或移除后再提交`
  return lost > 0 ? [{ path: 'attachmentIds', message }] : []
}

/**
 * To an earlier ticket, of a call that makes none of its own. Before the urge: where they cannot go, the agent is told
 * while all that he wrote still stands. @throws AppError
 */
export async function bringFiles(
  draft: CallDraft,
  { no, version }: Pick<DuplicateView, 'no' | 'version'>,
  text: string,
  save: () => void,
): Promise<void> {
  const { attachmentIds } = draft
  if (attachmentIds.length === 0) return
  const bring = (at: number) => {
    const body = JSON.stringify({ version: at, text, attachmentIds })
    const attempt = draft.bringing?.no === no ? draft.bringing : { key: crypto.randomUUID(), no, body }
    draft.bringing = attempt
    save()
    const path = `/api/tickets/${no}/supplement`
    return api.post(path, JSON.parse(attempt.body), { idempotencyKey: attempt.key })
  }
  try {
    await bring(version)
  } catch (error) {
    if (!(error instanceof AppError) || isOutcomeUnknown(error)) throw error
    draft.bringing = undefined
    if (error.code !== 'staleVersion' || error.details?.version === undefined) throw error
    await bring(Number(error.details.version))
  }
}

/** A draft that was given up leaves nothing behind; what a ticket may have by now stays. */
export function discardFiles({ attachmentIds, registering, registered, bringing }: CallDraft): void {
  if (registering || registered || bringing) return
  for (const id of attachmentIds) void attachmentApi.discard(id).catch(() => undefined)
}
