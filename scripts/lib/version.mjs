/**
 * What a data folder remembers: the version that wrote it last, and the feature level (MongoDB's
 * featureCompatibilityVersion) that its files have, which stays behind when a newer mongod takes it over.
 * @typedef {{ version: string, compatibility: string }} Written
 */

const OLDEST_USABLE = '5.0'

/** @param {string} text what `mongod --version` prints */
export const parseVersion = (text) => /db version v?(\d+\.\d+\.\d+)/.exec(text)?.[1]

/** @param {string} version @returns {[number, number]} */
function release(version) {
  const [major, minor] = version.split('.').map(Number)
  return [major, minor]
}

/** @param {string} a @param {string} b */
export function compareReleases(a, b) {
  const [majorA, minorA] = release(a)
  const [majorB, minorB] = release(b)
  return majorA - majorB || minorA - minorB
}

/**
 * Why a mongod of this version must not open the folder; undefined when it may.
 * MongoDB's rule: a yearly release (x.0) opens its own files and those of the year before, a release between
 * (x.2) only those of its own year; never those of a newer one.
 * @param {string} version
 * @param {Written} [written] undefined for a new folder
 */
export function whyNot(version, written) {
  if (compareReleases(version, OLDEST_USABLE) < 0) return `版本 ${version} 太旧，至少需要 ${OLDEST_USABLE} too old`
  if (!written) return undefined
  if (compareReleases(version, written.version) < 0)
    return `版本 ${version} 比写入数据目录的 ${written.version} 旧，不能读取 older than the ${written.version} that wrote the data`
  const [major, minor] = release(version)
  const [writtenMajor] = release(written.compatibility)
  const oldest = minor === 0 && major > 5 ? major - 1 : major
  // 4.4 was the year before 5.0.
  const reaches = writtenMajor >= oldest || (major === 5 && minor === 0 && written.compatibility === '4.4')
  return reaches
    ? undefined
    : `版本 ${version} 不能直接读取 ${written.compatibility} 格式的数据，须逐个大版本升级 cannot read ${written.compatibility} data, upgrade one major version at a time`
}

/** The Debian package of each library that a mongod may miss. */
const PACKAGES = {
  'libcurl.so.4': 'libcurl4',
  'liblzma.so.5': 'liblzma5',
  'libssl.so.3': 'libssl3',
  'libcrypto.so.3': 'libssl3',
  'libssl.so.1.1': 'libssl1.1',
  'libcrypto.so.1.1': 'libssl1.1',
}

/** How a reason begins that a package of the system would cure. */
export const MISSING_LIBRARY = '缺少系统库'

/**
 * Why a mongod that cannot even print its version does not run, as one phrase.
 * @param {string} output
 */
export function explainPreflight(output) {
  const library = /loading shared libraries: (lib[^:]+):/.exec(output)?.[1]
  if (library) {
    const name = PACKAGES[/** @type {keyof typeof PACKAGES} */ (library)]
    return name
      ? `${MISSING_LIBRARY} ${library}，请执行 apt-get install -y ${name} missing library`
      : `${MISSING_LIBRARY} ${library}，请安装提供它的软件包 missing library`
  }
  const glibc = /version [`'](GLIBC_[\d.]+)' not found/.exec(output)?.[1]
  if (glibc) return `系统的 C 库太旧，需要 ${glibc} C library too old`
  return `无法运行 does not run: ${output.trim().split('\n').pop()?.slice(0, 160) || '没有输出 no output'}`
}
