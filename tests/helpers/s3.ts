import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { S3Config } from '@hotline/server/platform/s3Config'

export interface S3Server {
  config: S3Config
  stop(): Promise<void>
}

const BUCKET = 'hotline-attachments'

/** A store that speaks S3, a process of its own on a port of its own, with one bucket. */
export async function startS3(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-s3-'))
  const program = join(dirname(createRequire(import.meta.url).resolve('s3rver/package.json')), 'bin/s3rver.js')
  const args = ['--directory', folder, '--port', '0', '--configure-bucket', BUCKET]
  const child = spawn(process.execPath, ['--no-deprecation', program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
      const found = /listening on [\d.]+:(\d+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`s3rver ended with ${code}: ${said}`)))
  })
  return {
    config: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: BUCKET,
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      forcePathStyle: true,
    },
    async stop() {
      if (child.exitCode === null) {
        const gone = once(child, 'exit')
        child.kill()
        await gone
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}
