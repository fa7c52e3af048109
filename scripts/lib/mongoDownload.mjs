const SITE = 'https://fastdl.mongodb.org'

/** What the library downloads when nothing else is wished: the version that it is tested with. */
const DEFAULT_VERSION = '8.2.6'

/**
 * The version to ask MongoDB's site for: for an existing folder the very one that wrote it.
 * @param {import('./version.mjs').Written} [written]
 */
export const libraryVersion = (written) => process.env.MONGOMS_VERSION ?? written?.version ?? DEFAULT_VERSION

/**
 * MongoDB's own download through the library (which knows every system's archive), after a quick look whether the
 * site answers at all: the library would wait a minute to find out.
 * @param {string} dir
 * @param {string} version
 */
export async function libraryDownload(dir, version) {
  const site = process.env.MONGOMS_DOWNLOAD_MIRROR || SITE
  const { https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY } = process.env
  // The library goes through a proxy, fetch does not.
  if (!(https_proxy || HTTPS_PROXY || http_proxy || HTTP_PROXY))
    await fetch(site, { method: 'HEAD', signal: AbortSignal.timeout(5_000) }).catch((error) => {
      throw new Error(`${new URL(site).host} 无法访问 unreachable (${error.cause?.code ?? error.name})`)
    })
  process.env.MONGOMS_MAX_RETRIES ??= '1'
  // The library would rather have the binary of this variable, which was tried before and refused.
  delete process.env.MONGOMS_SYSTEM_BINARY
  const { MongoBinary } = await import('mongodb-memory-server-core')
  return MongoBinary.getPath({ downloadDir: dir, version })
}
