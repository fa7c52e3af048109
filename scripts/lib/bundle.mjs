import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { WEB_DIR } from './build.mjs'

/** What an agent's browser loads before she can type, in bytes as they travel. */
export const BUDGET = 300_000
export const AGENT_PAGE = 'src/features/intake/IntakePage.vue'
/** And a citizen's, on a phone and a slow line, before he can write. */
export const PUBLIC_BUDGET = 150_000
export const PUBLIC_PAGE = 'src/features/public/submit/SubmitPage.vue'
/** Pages that draw charts: nobody else has to load what draws them. */
const DRAWING = new Set(['src/features/cockpit/CockpitPage.vue'])
/** Stands in every build of ECharts. */
const CHART_MARK = 'zrender'

/**
 * @typedef {{ file: string, src?: string, imports?: string[], css?: string[], isEntry?: boolean }} Chunk
 * @typedef {{ file: string, gzip: number }} Part
 */

/** @returns {Promise<Record<string, Chunk>>} */
async function readManifest() {
  return JSON.parse(await readFile(join(WEB_DIR, '.vite/manifest.json'), 'utf8'))
}

/**
 * All that is fetched with these, and by nothing but them.
 * @param {Record<string, Chunk>} manifest @param {string[]} keys
 */
function closureOf(manifest, keys) {
  /** @type {Set<string>} */
  const seen = new Set()
  /** @type {Set<string>} */
  const files = new Set()
  const walk = (/** @type {string} */ key) => {
    const chunk = manifest[key]
    if (!chunk || seen.has(key)) return
    seen.add(key)
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const next of chunk.imports ?? []) walk(next)
  }
  keys.forEach(walk)
  return files
}

/**
 * The house and one page of it, with all that they import.
 * @param {string} [page]
 * @param {'index.html' | 'public.html'} [house]
 * @returns {Promise<{ total: number, parts: Part[] }>} the heaviest first
 */
export async function firstLoad(page = AGENT_PAGE, house = 'index.html') {
  const manifest = await readManifest()
  if (!manifest[page]) throw new Error(`the build has no ${page}`)
  const files = [...closureOf(manifest, [house, page])]
  const parts = await Promise.all(
    files.map(async (file) => ({ file, gzip: gzipSync(await readFile(join(WEB_DIR, file)), { level: 6 }).length })),
  )
  parts.sort((a, b) => b.gzip - a.gzip)
  return { parts, total: parts.reduce((sum, { gzip }) => sum + gzip, 0) }
}

/** Pages that draw no chart and load what draws them all the same. */
export async function needlessCharts() {
  const manifest = await readManifest()
  const pages = Object.keys(manifest).filter((key) => /Page\.vue$/.test(key) && !DRAWING.has(key))
  const marked = new Map()
  const isMarked = async (/** @type {string} */ file) => {
    if (!file.endsWith('.js')) return false
    if (!marked.has(file)) marked.set(file, (await readFile(join(WEB_DIR, file), 'utf8')).includes(CHART_MARK))
    return marked.get(file)
  }
  const found = []
  for (const page of ['index.html', ...pages])
    for (const file of closureOf(manifest, [page])) if (await isMarked(file)) found.push(`${page} ← ${file}`)
  return found
}
