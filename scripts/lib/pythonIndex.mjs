import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

const PYPI = 'https://pypi.org/simple/'

/**
 * The indexes that pip would ask, in its order, without pip: environment, then its configuration files.
 * @param {NodeJS.ProcessEnv} env
 */
export async function configuredIndexes(env = process.env) {
  const files = [
    env.PIP_CONFIG_FILE,
    env.VIRTUAL_ENV && join(env.VIRTUAL_ENV, 'pip.conf'),
    join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'pip/pip.conf'),
    join(homedir(), '.pip/pip.conf'),
    '/etc/xdg/pip/pip.conf',
    '/etc/pip.conf',
  ]
  const texts = await Promise.all(files.map((file) => (file ? readFile(file, 'utf8').catch(() => '') : '')))
  return chooseIndexes(env, texts)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} configs texts of pip.conf files, the strongest first
 */
export function chooseIndexes(env, configs) {
  const found = configs.map(parsePipConfig)
  const first = env.PIP_INDEX_URL || found.map((config) => config['index-url']).find(Boolean) || PYPI
  const extra = env.PIP_EXTRA_INDEX_URL || found.map((config) => config['extra-index-url']).find(Boolean) || ''
  return [first, ...extra.split(/\s+/)].filter((url) => URL.canParse(url))
}

/**
 * The keys of [global], overruled by [download].
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parsePipConfig(text) {
  /** @type {Record<string, Record<string, string>>} */
  const sections = { global: {}, download: {} }
  let section = ''
  let key = ''
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim() || /^\s*[#;]/.test(line)) continue
    const heading = /^\[(.+)\]\s*$/.exec(line)
    const pair = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line)
    if (heading) {
      section = heading[1].trim()
      key = ''
    } else if (!sections[section]) continue
    else if (/^\s/.test(line) && key) sections[section][key] = `${sections[section][key]} ${line.trim()}`.trim()
    else if (pair) {
      key = pair[1].toLowerCase().replaceAll('_', '-')
      sections[section][key] = pair[2].trim()
    }
  }
  return { ...sections.global, ...sections.download }
}

/**
 * Where one file of a package is, by the answer of an index (PEP 691 JSON or PEP 503 HTML).
 * @param {string} body
 * @param {string} pageUrl what relative addresses start from
 * @param {string} fileName
 */
export function findFileUrl(body, pageUrl, fileName) {
  /** @type {string | undefined} */
  let address
  if (body.trimStart().startsWith('{')) {
    const files = /** @type {{ filename: string, url: string }[]} */ (JSON.parse(body).files ?? [])
    address = files.find((file) => file.filename === fileName)?.url
  } else {
    for (const [, href, text] of body.matchAll(/<a\s[^>]*?href=["']([^"']+)["'][^>]*>([^<]*)<\/a>/gi))
      if (text.trim() === fileName) address = href.replaceAll('&amp;', '&')
  }
  if (!address) return undefined
  const url = new URL(address, pageUrl)
  url.hash = ''
  return url.href
}
