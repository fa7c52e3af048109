import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { problem } from './problem.mjs'

/**
 * Undefined when the port can be had, else the reason (EADDRINUSE, EACCES …).
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<string | undefined>}
 */
export function whyPortTaken(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? 'unknown'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)))
  })
}

/**
 * The first free port from here on.
 * @param {number} from
 */
export async function freePort(from) {
  for (let port = from; port < from + 200; port += 1) if (!(await whyPortTaken(port))) return port
  throw new Error(`no free port from ${from} on`)
}

/** The port of PORT, 12345 without. */
export function wishedPort() {
  const text = process.env.PORT || '12345'
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw problem(`PORT=${text} 不是有效的端口号。`, `PORT=${text} is no port number.`)
}

/**
 * @param {number} port
 * @param {number} [patienceMs] how long a predecessor may take to let go of it
 */
export async function assertPortFree(port, patienceMs = 0) {
  if (port === 0) return
  const look = async () => (await whyPortTaken(port, process.env.HOST)) ?? (await whyPortTaken(port, '0.0.0.0'))
  let reason = await look()
  for (let waited = 0; reason === 'EADDRINUSE' && waited < patienceMs; waited += 200) {
    await wait(200)
    reason = await look()
  }
  if (reason === 'EADDRINUSE')
    throw problem(
      `端口 ${port} 已被占用，请用 PORT=其他端口 npm start 换一个。`,
      `Port ${port} is taken, choose another: PORT=… npm start.`,
    )
  if (reason)
    throw problem(
      `无法使用端口 ${port}（${reason}），请换一个。`,
      `Port ${port} cannot be used (${reason}), choose another.`,
    )
}
