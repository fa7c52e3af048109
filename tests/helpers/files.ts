import sharp from 'sharp'
import type { Answer, Client, TestApp } from './app'

/** A photograph as a telephone makes it: with a place, a camera, and lying on its side. */
export function aPhoto({ width = 60, height = 40 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#c33' } })
    .withExif({
      IFD0: { Make: 'SecretCamera', Model: 'Phone 9' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 22/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

export const aPdf = () =>
  Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')

/** A second of silence. */
export function aWav(bytes = 8000): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(bytes, 40)
  return Buffer.concat([head, Buffer.alloc(bytes, 0x80)])
}

/** `POST /api/attachments`, as a browser's form sends it. */
export function upload(app: Pick<TestApp, 'url'>, client: Client, name: string, bytes: Buffer): Promise<Answer> {
  return send(`${app.url}/api/attachments`, name, bytes, { Authorization: `Bearer ${client.token}` })
}

/** The same by a citizen, with number and query code. */
export function uploadAsCaller(
  app: Pick<TestApp, 'url'>,
  { no, code }: { no: string; code: string },
  name: string,
  bytes: Buffer,
): Promise<Answer> {
  return send(`${app.url}/api/public/tickets/${no}/attachments`, name, bytes, { 'Query-Code': code })
}

/** The same before there is a ticket: the first one without a pass, which comes with its answer. */
export function uploadWithPass(
  app: Pick<TestApp, 'url'>,
  pass: string | undefined,
  name: string,
  bytes: Buffer,
): Promise<Answer> {
  return send(`${app.url}/api/public/attachments`, name, bytes, pass ? { 'Upload-Pass': pass } : {})
}

async function send(url: string, name: string, bytes: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), name)
  const response = await fetch(url, { method: 'POST', headers, body: form })
  return { status: response.status, body: await response.json(), headers: response.headers }
}

export interface Fetched {
  status: number
  bytes: Buffer
  headers: Headers
}

/** A file by its address; signed in or not. */
export async function fetchFile(
  app: Pick<TestApp, 'url'>,
  path: string,
  { token, range }: { token?: string; range?: string } = {},
): Promise<Fetched> {
  const response = await fetch(app.url + path, {
    headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(range ? { Range: range } : {}) },
  })
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers }
}
