import { AppError } from '@hotline/shared/error'
import { TEXT_MAX, TITLE_MAX } from '@hotline/shared/ticket/commandInputs'

/** What a citizen wrote, and what was answered, from whatever file. */
export interface Message {
  title: string
  detail: string
  occurredAt?: Date
  reply?: string
  district?: string
  /** 投诉, 咨询 …, where the file says so. */
  nature?: string
}

/**
 * One message a line, as JSON with `title` and `detail` or `content`; `time` or `date`, `reply`, `district` and
 * `nature` where there are.
 * @throws AppError invalidInput with the line that cannot be read
 */
export function readMessages(text: string): Message[] {
  const messages: Message[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const message = messageOf(rowOf(line, index + 1))
    if (message) messages.push(message)
  }
  return messages
}

function rowOf(line: string, number: number): Record<string, unknown> {
  try {
    const row: unknown = JSON.parse(line.replace(/^\uFEFF/, ''))
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Record<string, unknown>
  } catch {
    // Told below, with the line's number.
  }
  throw new AppError('invalidInput', `第 ${number} 行不是 JSON 对象`)
}

/** Undefined where there is neither title nor text. */
function messageOf(row: Record<string, unknown>): Message | undefined {
  const detail = textOf(row.detail) ?? textOf(row.content) ?? textOf(row.title)
  if (!detail) return undefined
  return {
    title: cutTitle(textOf(row.title) ?? detail),
    detail: detail.slice(0, TEXT_MAX),
    occurredAt: timeOf(row.time ?? row.date),
    reply: textOf(row.reply)?.slice(0, TEXT_MAX),
    district: textOf(row.district),
    nature: textOf(row.nature),
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim()
  return text === '' ? undefined : text
}

/** At the last end of a sentence or part of it that fits, else within it, with an ellipsis. */
export function cutTitle(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= TITLE_MAX) return line
  const head = line.slice(0, TITLE_MAX)
  const end = Math.max(...[...'。！？；，!?;,'].map((mark) => head.lastIndexOf(mark)))
  if (end >= 8) return head.slice(0, end)
  const short = head.slice(0, TITLE_MAX - 1)
  // A character of two units is not cut in two.
  return `${/[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short}…`
}

/** What stands in such files is the time of the place: Asia/Shanghai. */
function timeOf(value: unknown): Date | undefined {
  const [, day, time = '00:00:00'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?$/.exec(textOf(value)?.replaceAll('/', '-') ?? '') ?? []
  const at = new Date(day ? `${day}T${time}+08:00` : Number.NaN)
  return Number.isNaN(at.getTime()) ? undefined : at
}
