import {
  ALLOWED_SENTENCE,
  ATTACHMENT_TYPES,
  MOST_ATTACHMENTS,
  SIZE_LIMITS,
  tooLargeSentence,
} from '@hotline/shared/attachment/kinds'

type Chosen = Pick<File, 'name' | 'type' | 'size'>

/** What can be said before it is sent; the server looks at the bytes. A phone may give neither type nor ending. */
export function objectionTo({ name, type, size }: Chosen): string | undefined {
  if (size === 0) return '文件是空的，请重新选择'
  const extension = /\.(\w{1,5})$/.exec(name)?.[1]?.toLowerCase().replace('jpeg', 'jpg')
  const known = Object.entries(ATTACHMENT_TYPES).find(
    ([mime, { extension: own }]) => mime === type || own === extension,
  )?.[1]
  if (!known) return extension || type ? `不能上传这种文件。${ALLOWED_SENTENCE}` : undefined
  return size > SIZE_LIMITS[known.kind] ? tooLargeSentence(known.kind, size) : undefined
}

/** So many of them still go, and what is said of the rest. */
export function roomFor<T>(already: number, files: readonly T[]): { taken: T[]; note?: string } {
  const room = Math.max(MOST_ATTACHMENTS - already, 0)
  const rest = files.length - room
  return {
    taken: files.slice(0, room),
    note: rest > 0 ? `最多 ${MOST_ATTACHMENTS} 个附件，多选的 ${rest} 个没有加上` : undefined,
  }
}
