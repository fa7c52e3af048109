import { createHmac } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import type { Clock } from '../../platform/clock'
import { isSameSecret, type Crypto } from '../../platform/crypto'

/** Addresses that need no sign-in, for `<img>` and the like: good for one file and some minutes. */
export interface Addresses {
  of(id: string, isThumb?: boolean): string
  /** @throws AppError forbidden */
  check(id: string, given: { thumb?: string; until: number; sig: string }): void
}

const STEP_SECONDS = 150

export function createAddresses(crypto: Crypto, clock: Clock, path: string): Addresses {
  const key = crypto.keyFor('attachment-address')
  const sign = (id: string, isThumb: boolean, until: number) =>
    createHmac('sha256', key)
      .update(`${id}\0${isThumb ? 'thumb' : 'file'}\0${until}`)
      .digest('base64url')
  const seconds = () => Math.floor(clock.now().getTime() / 1000)

  return {
    of(id, isThumb = false) {
      // In steps, so that a browser that asks again finds the picture in its cache: two and a half to five minutes.
      const until = (Math.floor(seconds() / STEP_SECONDS) + 2) * STEP_SECONDS
      const thumb = isThumb ? 'thumb=1&' : ''
      return `${path}/${id}?${thumb}until=${until}&sig=${sign(id, isThumb, until)}`
    },
    check(id, { thumb, until, sig }) {
      const isRight = isSameSecret(sign(id, thumb !== undefined, until), sig)
      if (!isRight || until < seconds()) throw new AppError('forbidden', '附件地址已过期，请刷新页面')
    },
  }
}
