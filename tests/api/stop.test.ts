import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aRegistration } from '../helpers/desk'

/** A registration over a connection that its client keeps alive. */
function register(app: TestApp, agent: Agent, token: string): Promise<number | undefined> {
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${token}`,
    'Idempotency-Key': randomUUID(),
  }
  return new Promise((resolve, reject) => {
    const sending = request(`${app.url}/api/tickets`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode))
    })
    sending.once('error', reject).end(JSON.stringify(aRegistration()))
  })
}

describe('停止', () => {
  it('正在办的请求办完，保持着的连接不拖住停止', async () => {
    const app = await startApp()
    const { token } = await app.signIn('agent1')
    const agent = new Agent({ keepAlive: true })
    try {
      const running = Array.from({ length: 8 }, () => register(app, agent, token))
      await running[0]
      const startedAt = performance.now()
      await app.stop()
      expect(performance.now() - startedAt).toBeLessThan(10_000)
      for (const one of await Promise.allSettled(running))
        expect(one.status === 'fulfilled' ? one.value : 201).toBe(201)
    } finally {
      agent.destroy()
    }
  })
})
