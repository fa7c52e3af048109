import { createHmac, randomBytes } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { Clock } from '../../platform/clock'
import { isSameSecret, type Crypto } from '../../platform/crypto'
import { DRAFT_MS } from './uploads'

/** 上传凭据 of somebody without an account: nothing is stored for it, and it opens nothing but his own drafts. */
export interface UploadPasses {
  issue(): string
  /** Who has shown it. @throws AppError forbidden */
  holderOf(pass: string): Actor
}

export function createUploadPasses(crypto: Crypto, clock: Clock): UploadPasses {
  const key = crypto.keyFor('upload-pass')
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')

  return {
    issue() {
      const text = `${randomBytes(18).toString('base64url')}.${clock.now().getTime() + DRAFT_MS}`
      return `${text}.${sign(text)}`
    },
    holderOf(pass) {
      const [id = '', until = '', sig = ''] = pass.split('.')
      if (!isSameSecret(sign(`${id}.${until}`), sig) || Number(until) < clock.now().getTime())
        throw new AppError('forbidden', '上传凭据已过期，请重新选择照片')
      return { userId: `upload:${id}`, name: '诉求人', unitId: 'caller', roles: ['caller'] }
    },
  }
}
