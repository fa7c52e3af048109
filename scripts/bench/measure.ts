import { Agent, request } from 'node:http'

export interface Row {
  name: string
  concurrency: number
  perSecond: number
  /** Milliseconds. */
  p50: number
  p95: number
  p99: number
  /** Share of what a bare insert of the same document reached in the same run at the same concurrency. */
  ratioToCeiling: number
}

export interface Call {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
  token?: string
  key?: string
}

/** One load generator: keep-alive connections, `concurrency` calls in flight, the next begins when one ends. */
export async function measure(
  base: string,
  concurrency: number,
  calls: number,
  nextCall: (index: number) => Call,
): Promise<Omit<Row, 'name' | 'concurrency' | 'ratioToCeiling'>> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const times: number[] = []
  let index = 0
  const began = performance.now()
  const worker = async () => {
    for (let mine = index++; mine < calls; mine = index++) {
      const call = nextCall(mine)
      const startedAt = performance.now()
      const { status, text } = await send(base, call, agent)
      times.push(performance.now() - startedAt)
      if (status >= 300) throw new Error(`${call.method} ${call.path}: ${status} ${text.slice(0, 300)}`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: calls / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

export function send(base: string, call: Call, agent?: Agent): Promise<{ status: number; text: string }> {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body)
  return new Promise((resolve, reject) => {
    const outgoing = request(
      base + call.path,
      {
        method: call.method,
        agent,
        headers: {
          ...(body ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } : {}),
          ...(call.token ? { Authorization: `Bearer ${call.token}` } : {}),
          ...(call.key ? { 'Idempotency-Key': call.key } : {}),
        },
      },
      (res) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('end', () => resolve({ status: res.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
