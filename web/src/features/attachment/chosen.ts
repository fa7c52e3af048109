import {
  ALLOWED_SENTENCE,
  ATTACHMENT_TYPES,
  MOST_ATTACHMENTS,
  SIZE_LIMITS,
  tooLargeSentence,
} from '@hotline/shared/attachment/kinds'

type Chosen = Pick<File, 'name' | 'type' | 'size'>

const HEIC_SENTENCE = '不能上传 HEIC 照片：请在 iPhone“设置→相机→格式”里选“兼容性最佳”后重拍，或在相册里发送时选 JPEG'
const PICTURES_SENTENCE = '这里只能上传照片（JPEG、PNG、WebP）'

/**
 * What can be said before it is sent; the server looks at the bytes. A phone may give neither type nor ending.
 * @param onlyPictures a citizen's; they are made smaller on the way
 */
export function objectionTo({ name, type, size }: Chosen, onlyPictures = false): string | undefined {
  if (size === 0) return '文件是空的，请重新选择'
  const extension = /\.(\w{1,5})$/.exec(name)?.[1]?.toLowerCase().replace('jpeg', 'jpg')
  if (/^image\/hei[cf]/.test(type) || extension === 'heic' || extension === 'heif') return HEIC_SENTENCE
  const known = Object.entries(ATTACHMENT_TYPES).find(
    ([mime, { extension: own }]) => mime === type || own === extension,
  )?.[1]
  if (onlyPictures && (known ? known.kind !== 'image' : extension || type)) return PICTURES_SENTENCE
  if (!known) return extension || type ? `不能上传这种文件。${ALLOWED_SENTENCE}` : undefined
  return size > SIZE_LIMITS[known.kind] ? tooLargeSentence(known.kind, size) : undefined
}

/** So many of them still go, and what is said of the rest. */
export function roomFor<T>(
  already: number,
  files: readonly T[],
  most = MOST_ATTACHMENTS,
): { taken: T[]; note?: string } {
  const room = Math.max(most - already, 0)
  const rest = files.length - room
  return {
    taken: files.slice(0, room),
    note: rest > 0 ? `最多 ${most} 个附件，多选的 ${rest} 个没有加上` : undefined,
  }
}
