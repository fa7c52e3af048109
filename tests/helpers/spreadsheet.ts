import { inflateRawSync } from 'node:zlib'

export interface Sheet {
  name: string
  /** Heads, then rows; empty cells are undefined. */
  rows: (string | number | undefined)[][]
  /** Formats of the first row of data, as its cells carry them. */
  formats: string[]
  /** Cells that would compute something. */
  formulas: number
  isHeadFrozen: boolean
}

/** Reads a workbook's first sheet from its parts, with no library that might be the one that wrote it. */
export function readSheet(bytes: Buffer): Sheet {
  const parts = unzip(bytes)
  const part = (name: string) => parts.get(name)?.toString('utf8') ?? ''
  const xml = part('xl/worksheets/sheet1.xml')
  const formats = formatsOf(part('xl/styles.xml'))
  const rows: Sheet['rows'] = []
  const styles: string[][] = []
  for (const [, body = ''] of xml.matchAll(/<row [^>]*>([\s\S]*?)<\/row>/g)) {
    const row: Sheet['rows'][number] = []
    const style: string[] = []
    for (const [, attributes = '', inner = ''] of body.matchAll(/<c ([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const at = columnOf(/r="([A-Z]+)/.exec(attributes)?.[1] ?? 'A')
      const [, text] = /<t(?: [^>]*)?>([\s\S]*?)<\/t>/.exec(inner) ?? []
      const [, value] = /<v>([\s\S]*?)<\/v>/.exec(inner) ?? []
      row[at] = text !== undefined ? unescaped(text) : value !== undefined ? Number(value) : undefined
      style[at] = formats[Number(/s="(\d+)"/.exec(attributes)?.[1] ?? 0)] ?? ''
    }
    rows.push(row)
    styles.push(style)
  }
  return {
    name: /<sheet name="([^"]*)"/.exec(part('xl/workbook.xml'))?.[1] ?? '',
    rows,
    formats: styles[1] ?? [],
    formulas: xml.match(/<f[ >]/g)?.length ?? 0,
    isHeadFrozen: /<pane[^>]*ySplit="1"[^>]*state="frozen"/.test(xml),
  }
}

/** A date as a spreadsheet counts it, written as it would show it: `2026-11-20 10:00`. */
export function shownMoment(serial: unknown): string {
  return new Date(Math.round((Number(serial) - 25_569) * 86_400_000)).toISOString().slice(0, 16).replace('T', ' ')
}

function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const parts = new Map<string, Buffer>()
  for (let at = bytes.readUInt32LE(end + 16); bytes.readUInt32LE(at) === 0x02014b50;) {
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const head = bytes.readUInt32LE(at + 42)
    const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28)
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20))
    parts.set(name, bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed)
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}

function formatsOf(styles: string): string[] {
  const own = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  )
  const known: Record<string, string> = { 0: 'General', 10: '0.00%', 49: '@' }
  const [, cells = ''] = /<cellXfs[^>]*>([\s\S]*?)<\/cellXfs>/.exec(styles) ?? []
  return [...cells.matchAll(/<xf numFmtId="(\d+)"/g)].map(([, id = '0']) => unescaped(own.get(id) ?? known[id] ?? id))
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function unescaped(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_all, name: string) => named[name] ?? '')
}
