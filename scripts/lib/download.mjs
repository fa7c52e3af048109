import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { progress } from './say.mjs'

const CONNECT_MS = 8_000
const STALL_MS = 30_000

/**
 * `fetch` with the name and password of an address brought where it wants them, and a bound on the wait for an answer.
 * @param {string} address
 * @param {Record<string, string>} [headers]
 */
async function request(address, headers = {}) {
  const url = new URL(address)
  if (url.username) {
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    headers = { ...headers, authorization: `Basic ${Buffer.from(login).toString('base64')}` }
    url.username = url.password = ''
  }
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(new Error('timed out')), CONNECT_MS)
  try {
    const response = await fetch(url, { headers, signal: patience.signal })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return { response, patience }
  } finally {
    clearTimeout(timer)
  }
}

/** @param {string} address @param {Record<string, string>} [headers] */
export async function fetchText(address, headers) {
  const { response } = await request(address, headers)
  return { text: await response.text(), url: response.url }
}

/**
 * Downloads into a file with progress shown; returns the sha256 of what came.
 * @param {string} address
 * @param {string} target
 * @param {string} label
 */
export async function downloadFile(address, target, label) {
  const { response, patience } = await request(address)
  const show = progress(label, Number(response.headers.get('content-length') ?? 0))
  const hash = createHash('sha256')
  let done = 0
  let stall = setTimeout(() => patience.abort(new Error('stalled')), STALL_MS)
  const watch = new Transform({
    transform(chunk, _encoding, next) {
      stall.refresh()
      hash.update(chunk)
      done += chunk.length
      show(done)
      next(null, chunk)
    },
  })
  try {
    if (!response.body) throw new Error('empty answer')
    await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), watch, createWriteStream(target))
  } finally {
    clearTimeout(stall)
  }
  return hash.digest('hex')
}
