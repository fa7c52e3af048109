import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { end } from '../lib/child.mjs'
import { assertRoom } from '../lib/disk.mjs'
import { bringDatabase } from '../lib/embedded.mjs'
import { ensureInstalled } from '../lib/install.mjs'
import { live } from '../lib/lifeline.mjs'
import { ROOT, dataDir as dataDirOf } from '../lib/paths.mjs'
import { assertPortFree, wishedPort } from '../lib/ports.mjs'
import { problem } from '../lib/problem.mjs'
import { leaveNote } from '../lib/runningNote.mjs'
import { detail, step } from '../lib/say.mjs'

/** The server restarted at each change on PORT, the console by Vite on the next port, which passes /api on. */
export const main = () =>
  live(async (life) => {
    const port = wishedPort() || 12345
    const webPort = port + 1
    const dataDir = dataDirOf()
    await assertPortFree(port)
    await assertPortFree(webPort)
    await assertRoom(dataDir, 100)
    await ensureInstalled()
    life.goOn()
    const { mongodbUri, isEmbedded, lost } = await bringDatabase(dataDir, life)
    life.goOn()
    const env = {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      MONGODB_URI: mongodbUri,
      HOTLINE_EMBEDDED: isEmbedded ? '1' : '',
      API_URL: `http://127.0.0.1:${port}`,
    }
    const start = (/** @type {string} */ folder, /** @type {string[]} */ args) => {
      const child = spawn(process.execPath, args, { cwd: join(ROOT, folder), env, stdio: 'inherit', detached: true })
      life.onEnd(() => end(child, 10_000))
      return new Promise((_, reject) =>
        child.once('exit', (code) => reject(problem(`${folder} 已退出（${code}）。`, `${folder} has ended.`))),
      )
    }
    step('启动开发服务 Starting the development servers')
    const server = start('server', [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'watch', 'src/main.ts'])
    const vite = join(ROOT, 'web/node_modules/vite/bin/vite.js')
    const web = start('web', [vite, '--port', String(webPort), '--strictPort', '--clearScreen', 'false'])
    if (isEmbedded) life.onEnd(() => leaveNote(dataDir, { isEnding: true }))
    detail(`界面 Console: http://127.0.0.1:${webPort}   接口 API: http://127.0.0.1:${port}`)
    await Promise.race([lost, server, web])
  })
