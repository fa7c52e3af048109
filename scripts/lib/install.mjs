import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.mjs'
import { assertRoom } from './disk.mjs'
import { withLock } from './lock.mjs'
import { ROOT } from './paths.mjs'
import { diskFull, isDiskFull, problem } from './problem.mjs'
import { detail, step } from './say.mjs'
import { fingerprint, readStamp, writeStamp } from './stamp.mjs'

const PNPM = ['--yes', 'pnpm@12', 'install', '--frozen-lockfile', '--prod=false', '--reporter=append-only']

/** Brings node_modules to what the lockfile says; does nothing when they are. */
export async function ensureInstalled() {
  const salt = `${process.versions.modules} ${process.platform} ${process.arch}`
  const sum = await fingerprint(['pnpm-lock.yaml', 'pnpm-workspace.yaml'], salt)
  const isInstalled = async () =>
    existsSync(join(ROOT, 'node_modules/.modules.yaml')) && (await readStamp('install')) === sum
  if (await isInstalled()) return
  await withLock('install', async () => {
    if (await isInstalled()) return
    await install()
    await writeStamp('install', sum)
  })
}

async function install() {
  step('安装依赖 Installing dependencies (pnpm 12)')
  await assertRoom(ROOT, 800)
  const registry = await registryInUse()
  const isReachable = await canReach(registry)
  if (!isReachable) detail(`${registry} 无法访问，改用本机缓存 not reachable, trying this machine's caches`)
  // Without a registry, retries would only make the person wait for the same answer.
  const args = isReachable ? PNPM : ['--offline', ...PNPM, '--offline']
  const { code, output } = await run('npx', args, {
    cwd: ROOT,
    // Production mode would leave out the tools that build; a purge must not ask when nobody is there to answer.
    env: { ...process.env, NODE_ENV: '', CI: 'true' },
    onLine: (line) => /^(Progress|Packages|Done|Error|\s*×|\[?WARN|ERR)/.test(line) && detail(line),
  })
  if (code === 0) return
  if (isDiskFull(output)) throw diskFull(ROOT)
  if (!isReachable || /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|fetch failed|network/i.test(output))
    throw problem(
      `无法访问软件包仓库 ${registry}，依赖未能安装，请检查网络或用 npm config set registry 指定可用的镜像。`,
      `The package registry ${registry} is unreachable: check the network or set another with npm config set registry.`,
    )
  if (code === -1)
    throw problem('找不到 npx，请安装带 npm 的 Node.js。', 'npx is missing: install a Node.js that comes with npm.')
  process.stderr.write(output)
  throw problem('依赖安装失败，原因见上。', 'Installing the dependencies failed, see above.')
}

async function registryInUse() {
  const { code, stdout } = await run('npm', ['config', 'get', 'registry'], { cwd: ROOT, timeout: 15_000 })
  const registry = new URL(code === 0 && URL.canParse(stdout.trim()) ? stdout.trim() : 'https://registry.npmjs.org/')
  registry.username = registry.password = ''
  return registry.href
}

/** @param {string} url */
async function canReach(url) {
  // Node's fetch knows nothing of proxies, npm does: then only npm can tell.
  const { code, stdout } = await run('npm', ['config', 'get', 'https-proxy'], { cwd: ROOT, timeout: 15_000 })
  if (code === 0 && stdout.trim() && stdout.trim() !== 'null') return true
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(8_000) }).then(
    () => true,
    () => false,
  )
}
