import type { AddressInfo } from 'node:net'
import { AppError } from '@hotline/shared/error'
import { loadConfig } from './config'
import { SYSTEM_CLOCK } from './platform/clock'
import { createLogger } from './platform/log'
import { wire, type Wired } from './wire'

/** Long enough for a running request or job, shorter than a supervisor's patience. */
const DRAIN_MS = 15_000

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const logger = createLogger(config.logLevel)
  const wired = await wire(config, { clock: SYSTEM_CLOCK, logger })
  stopOn(wired, (error) => logger.error({ err: error }, '停止时出错'))
  const { port } = await listen(wired, config.port, config.host)
  await wired.start()
  const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  process.send?.({ type: 'ready', address, demoAccounts: wired.demoAccounts })
  process.stdout.write(`12345 热线已启动：${address}\n`)
}

function listen({ httpServer }: Wired, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    httpServer.once('error', (error: NodeJS.ErrnoException) => {
      const sentence =
        error.code === 'EADDRINUSE'
          ? `端口 ${port} 已被占用，请用 PORT=另一个端口 再启动`
          : error.code === 'EACCES'
            ? `没有权限使用端口 ${port}`
            : `无法监听 ${host}:${port}：${error.message}`
      reject(new AppError('unavailable', sentence, {}, { cause: error }))
    })
    httpServer.listen(port, host, () => resolve(httpServer.address() as AddressInfo))
  })
}

function stopOn(wired: Wired, onError: (error: unknown) => void): void {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    wired
      .stop()
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        onError(error)
        process.exit(1)
      })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // Started by our own starter: when it dies, even by kill -9, nobody else would stop us.
  if (process.send) process.on('disconnect', stop)
}

main().catch((error: unknown) => {
  const sentence = error instanceof AppError ? error.message : String((error as Error)?.stack ?? error)
  process.stderr.write(`${sentence}\n`, () => process.exit(1))
})
