/** 附件: what may be attached, and how much of it. */
export const ATTACHMENT_KIND_LABELS = { image: '图片', document: '文档', audio: '录音', video: '视频' } as const
export type AttachmentKind = keyof typeof ATTACHMENT_KIND_LABELS

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The allow-list, by what the bytes are; a name or a header says nothing. */
export const ATTACHMENT_TYPES = {
  'image/jpeg': { kind: 'image', extension: 'jpg' },
  'image/png': { kind: 'image', extension: 'png' },
  'image/webp': { kind: 'image', extension: 'webp' },
  'application/pdf': { kind: 'document', extension: 'pdf' },
  [DOCX]: { kind: 'document', extension: 'docx' },
  [XLSX]: { kind: 'document', extension: 'xlsx' },
  'audio/mpeg': { kind: 'audio', extension: 'mp3' },
  'audio/wav': { kind: 'audio', extension: 'wav' },
  'audio/mp4': { kind: 'audio', extension: 'm4a' },
  'audio/amr': { kind: 'audio', extension: 'amr' },
  'video/mp4': { kind: 'video', extension: 'mp4' },
} as const satisfies Record<string, { kind: AttachmentKind; extension: string }>
export type AttachmentType = keyof typeof ATTACHMENT_TYPES

const MB = 1024 * 1024

/** Bytes. What is taken into memory to be looked into or encoded anew (images, documents) is kept small. */
export const SIZE_LIMITS: Record<AttachmentKind, number> = {
  image: 20 * MB,
  document: 20 * MB,
  audio: 50 * MB,
  video: 100 * MB,
}
export const MOST_BYTES = Math.max(...Object.values(SIZE_LIMITS))
export const MOST_ATTACHMENTS = 9

export const ALLOWED_SENTENCE =
  '可以上传 JPEG、PNG、WebP 图片，PDF、Word（docx）、Excel（xlsx）文档，MP3、WAV、M4A、AMR 录音，MP4 视频'

/** For `<input accept>`: a telephone that photographs in HEIC gives JPEG when it is asked for that. */
export const ACCEPT = [
  ...Object.keys(ATTACHMENT_TYPES),
  ...Object.values(ATTACHMENT_TYPES).map(({ extension }) => `.${extension}`),
].join(',')

/** Of citizens, pictures only. */
export const IMAGE_ACCEPT = 'image/jpeg,image/png,image/webp'

export function isAttachmentType(type: string): type is AttachmentType {
  return Object.hasOwn(ATTACHMENT_TYPES, type)
}

export function tooLargeSentence(kind: AttachmentKind, bytes?: number, most = SIZE_LIMITS[kind]): string {
  const size = bytes === undefined ? '' : `（这个文件 ${sizeText(bytes)}）`
  return `${ATTACHMENT_KIND_LABELS[kind]}不能超过 ${sizeText(most)}${size}`
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < MB ? `${Math.round(bytes / 1024)} KB` : `${Number((bytes / MB).toFixed(1))} MB`
}
