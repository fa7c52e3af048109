import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const STORED = 0
const DEFLATED = 8

/**
 * @typedef {{ name: string, method: number, compressedSize: number, size: number, headerAt: number }} ZipEntry
 */

/**
 * The table of contents of a zip file (no zip64, no encryption: a wheel has neither).
 * @param {string} file
 * @returns {Promise<ZipEntry[]>}
 */
export async function readZipEntries(file) {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(size, 22 + 0xffff))
    await handle.read(tail, 0, tail.length, size - tail.length)
    let end = tail.length - 22
    while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
    if (end < 0) throw new Error(`${file} is no zip file`)
    const directory = Buffer.alloc(tail.readUInt32LE(end + 12))
    await handle.read(directory, 0, directory.length, tail.readUInt32LE(end + 16))
    return parseDirectory(directory)
  } finally {
    await handle.close()
  }
}

/** @param {Buffer} directory */
function parseDirectory(directory) {
  const entries = []
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY;) {
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * Unpacks one entry into a file.
 * @param {string} file
 * @param {ZipEntry} entry
 * @param {string} target
 * @param {number} [mode]
 */
export async function unzipEntry(file, entry, target, mode = 0o644) {
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new Error(`unknown zip method ${entry.method}`)
  const start = await dataStart(file, entry)
  const packed = createReadStream(file, { start, end: start + entry.compressedSize - 1 })
  const out = createWriteStream(target, { mode })
  await (entry.method === DEFLATED ? pipeline(packed, createInflateRaw(), out) : pipeline(packed, out))
  if (out.bytesWritten !== entry.size) throw new Error(`${entry.name} is damaged in ${file}`)
}

/** The local header repeats the name and has extra fields of its own length. @param {string} file @param {ZipEntry} entry */
async function dataStart(file, entry) {
  const handle = await open(file)
  try {
    const header = Buffer.alloc(30)
    await handle.read(header, 0, 30, entry.headerAt)
    return entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await handle.close()
  }
}
