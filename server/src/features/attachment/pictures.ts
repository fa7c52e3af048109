import sharp from 'sharp'
import type { AttachmentType } from '@hotline/shared/attachment/kinds'
import { refusal } from './inspect'

export interface Picture {
  bytes: Buffer
  thumb: Buffer
  width: number
  height: number
}

/** A telephone's photograph has 12 to 50 million; more is a trap for our memory. */
const MOST_PIXELS = 80_000_000
const LONGEST_SIDE = 4096
const THUMB_SIDE = 320
export const THUMB_TYPE = 'image/jpeg'

sharp.cache(false)
sharp.concurrency(1)

/**
 * Drawn anew from its pixels: turned upright, without place, camera or anything else that was hidden in the file.
 * @throws AppError invalidInput when it cannot be read
 */
export async function redraw(bytes: Buffer, type: AttachmentType): Promise<Picture> {
  try {
    const upright = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).autoOrient()
    const fitted = upright.resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
    const encoded = type === 'image/png' ? fitted.png() : type === 'image/webp' ? fitted.webp() : fitted.jpeg()
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
    const thumb = await sharp(data)
      .resize(THUMB_SIDE, THUMB_SIDE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality: 72 })
      .toBuffer()
    return { bytes: data, thumb, width: info.width, height: info.height }
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes('pixel limit'))
      throw refusal('图片的像素太多，请缩小后再上传', cause)
    throw refusal('图片已损坏，打不开，请重新拍摄或选择', cause)
  }
}
