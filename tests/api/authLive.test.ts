import { SYSTEM_CLOCK } from '@hotline/server/platform/clock'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'

let app: TestApp
const sockets: Socket[] = []
beforeAll(async () => {
  app = await startApp({ realClock: SYSTEM_CLOCK })
})
afterAll(async () => {
  for (const socket of sockets) socket.close()
  await app.stop()
})

function connect(url: string, token: string | undefined, headers: Record<string, string> = {}): Socket {
  const socket = io(url, {
    transports: ['websocket'],
    auth: { token },
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
  })
  sockets.push(socket)
  return socket
}
const opened = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.on('connect', () => resolve('connected'))
    socket.on('connect_error', (error) => resolve(error.message))
  })
const closed = (socket: Socket) => new Promise<string>((resolve) => void socket.on('disconnect', resolve))

describe('实时连接', () => {
  it('没有令牌、假令牌连不上', async () => {
    expect(await opened(connect(app.url, undefined))).toBe('unauthenticated')
    expect(await opened(connect(app.url, 'x'))).toBe('unauthenticated')
  })

  it('别的网站的页面连不上', async () => {
    const { token } = await app.signIn('agent1')
    const socket = connect(app.url, token, { Origin: 'https://evil.example' })
    expect(await opened(socket)).not.toBe('connected')
  })

  it('退出登录，连接随之断开', async () => {
    const client = await app.signIn('agent1', 'Hotline@12345')
    const socket = connect(app.url, client.token)
    expect(await opened(socket)).toBe('connected')
    const end = closed(socket)
    await app.request('POST', '/api/auth/sign-out', { headers: { Cookie: client.cookie } })
    expect(await end).toBe('io server disconnect')
  })

  it('停用账号，连在另一个进程上的连接也断开', async () => {
    const other = await startApp({ beside: app, realClock: SYSTEM_CLOCK })
    try {
      const client = await other.signIn('agent2', 'Hotline@12345')
      const socket = connect(other.url, client.token)
      expect(await opened(socket)).toBe('connected')
      const end = closed(socket)
      const admin = await app.signIn('admin')
      expect((await admin.post(`/api/users/${client.user.id}/disable`)).status).toBe(200)
      expect(await end).toBe('io server disconnect')
    } finally {
      await other.stop()
    }
  })

  it('看不到的工单跟不了', async () => {
    const { token } = await app.signIn('clerk@371602')
    const socket = connect(app.url, token)
    await opened(socket)
    expect(await socket.emitWithAck('ticket.follow', 'no-such-ticket')).toBe(false)
  })
})
