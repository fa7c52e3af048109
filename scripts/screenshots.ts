import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './lib/build.mjs'
import { end } from './lib/child.mjs'
import { startEphemeral } from './lib/mongod.mjs'
import { dataDir } from './lib/paths.mjs'
import { spawnServer, untilReady } from './lib/server.mjs'
import { openCamera } from './screenshots/camera'
import { allRoutes, unshown } from './screenshots/routes'
import { makeScene } from './screenshots/scene'
import { shots, type Size } from './screenshots/shots'

/**
 * Pictures of every page at 1366×768 and at 390×844, on a hotline with matters at each step. `--dark`: each in the dark
 * too; `--only unit`: those whose names say so; `--contrast`: texts are judged too. Fails when a page has no picture, cannot
 * be shown, or scrolls sideways on a phone.
 */
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    dark: { type: 'boolean', default: false },
    contrast: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const BOTH: readonly Size[] = ['desk', 'phone']

async function main(): Promise<void> {
  await ensureBuilt()
  const room = await mkdtemp(join(tmpdir(), 'hotline-shots-'))
  const out = resolve(options.out)
  await mkdir(out, { recursive: true })
  const mongod = await startEphemeral({ binDir: join(dataDir(), 'bin') })
  const { child, logFile } = await spawnServer({
    port: 0,
    dataDir: room,
    mongodbUri: mongod.uri('shots'),
    isEmbedded: true,
  })
  try {
    const { address } = await untilReady(child, logFile)
    const scene = await makeScene(address)
    const list = shots(scene)
    const problems = unshown(
      await allRoutes(),
      list.map(({ path }) => path),
    ).map((route) => `${route} 没有截图`)
    for (const isDark of options.dark ? [false, true] : [false]) {
      const camera = await openCamera({ address, out, isDark, judgesContrast: options.contrast })
      try {
        for (const shot of list.filter(({ name }) => name.includes(options.only)))
          for (const size of shot.sizes ?? BOTH) problems.push(...(await camera.take(shot, size)))
      } finally {
        await camera.close()
      }
    }
    for (const problem of problems) console.log(`✗ ${problem}`)
    if (problems.length > 0) process.exitCode = 1
  } finally {
    await end(child, 20_000)
    await mongod.stop()
    await rm(room, { recursive: true, force: true })
  }
}

await main()
