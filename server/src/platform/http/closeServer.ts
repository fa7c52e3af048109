import type { Server } from 'node:http'

const IDLE_CHECK_MS = 100

/** Running requests come to their end. A connection that is kept alive after its last one would hold us up for a minute. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweeping = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
    server.close(() => {
      clearInterval(sweeping)
      resolve()
    })
    server.closeIdleConnections()
  })
}
