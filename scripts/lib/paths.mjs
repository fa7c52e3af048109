import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = resolve(fileURLToPath(import.meta.url), '../../..')

/** What is kept between runs: database, secrets, logs, the MongoDB binary. */
export const dataDir = () => resolve(ROOT, process.env.DATA_DIR || '.data')

/** What several clones on one machine share: the MongoDB binary, so that it is downloaded once. */
export const sharedCacheDir = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hotline-12345')

/** Marks of finished steps; gone together with node_modules. */
export const stampDir = join(ROOT, 'node_modules/.cache/hotline')
