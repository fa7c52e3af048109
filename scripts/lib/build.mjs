import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.mjs'
import { withLock } from './lock.mjs'
import { ROOT } from './paths.mjs'
import { diskFull, isDiskFull, problem } from './problem.mjs'
import { detail, step } from './say.mjs'
import { fingerprint, readStamp, writeStamp } from './stamp.mjs'

export const SERVER_ENTRY = join(ROOT, 'server/dist/main.js')
export const WEB_DIR = join(ROOT, 'web/dist')

const PARTS = [
  {
    name: 'server',
    sources: ['server', 'shared/src', 'tsconfig.base.json', 'pnpm-lock.yaml', 'scripts/lib/build.mjs'],
    result: SERVER_ENTRY,
    build: buildServer,
  },
  {
    name: 'web',
    sources: ['web', 'shared/src', 'tsconfig.base.json', 'pnpm-lock.yaml'],
    result: join(WEB_DIR, 'index.html'),
    build: buildWeb,
  },
]

/** Builds what has changed since the last build: server/dist and web/dist. */
export function ensureBuilt() {
  return withLock('build', async () => {
    const stale = []
    for (const part of PARTS) {
      const sum = await fingerprint(part.sources)
      if (!existsSync(part.result) || (await readStamp(`${part.name}.built`)) !== sum) stale.push({ ...part, sum })
    }
    if (stale.length === 0) return
    step(`构建 Building ${stale.map((part) => part.name).join(', ')}`)
    await Promise.all(
      stale.map(async (part) => {
        const began = performance.now()
        await part.build()
        await writeStamp(`${part.name}.built`, part.sum)
        detail(`${part.name} ${((performance.now() - began) / 1000).toFixed(1)} s`)
      }),
    )
  })
}

async function buildServer() {
  const { build, stop } = await import('esbuild')
  try {
    await build({
      entryPoints: [join(ROOT, 'server/src/main.ts')],
      outfile: SERVER_ENTRY,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      // Packages stay outside, but ours are sources and have to come in.
      packages: 'external',
      plugins: [ourPackages],
      logLevel: 'silent',
    })
  } catch (error) {
    throw buildFailed('server', error.message)
  } finally {
    // Its helper process would stay as long as we do.
    await stop()
  }
}

const ourPackages = {
  name: 'our-packages',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^@hotline\// }, ({ path }) => {
      const [, name, ...rest] = path.split('/')
      return { path: join(ROOT, name, 'src', `${rest.join('/')}.ts`) }
    })
  },
}

async function buildWeb() {
  const vite = join(ROOT, 'web/node_modules/vite/bin/vite.js')
  const { code, output } = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'web'),
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '' },
  })
  if (code !== 0) throw buildFailed('web', output)
}

/** @param {string} part @param {string} output */
function buildFailed(part, output) {
  if (isDiskFull(output)) return diskFull(ROOT)
  console.error(output)
  return problem(`构建 ${part} 失败，原因见上。`, `Building ${part} failed, see above.`)
}
