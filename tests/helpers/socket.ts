import { io, type Socket } from 'socket.io-client'
import type { Client, TestApp } from './app'

export interface Ear {
  /** Everything that came, by event and payload. */
  heard: { event: string; payload: unknown }[]
  follow(ticketId: string): Promise<boolean>
  close(): void
}

/** A socket of this person, as his browser would open it. */
export async function listen(app: Pick<TestApp, 'url'>, client: Pick<Client, 'token'>): Promise<Ear> {
  const socket: Socket = io(app.url, { transports: ['websocket'], forceNew: true, auth: { token: client.token } })
  const heard: Ear['heard'] = []
  socket.onAny((event: string, payload: unknown) => heard.push({ event, payload }))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return {
    heard,
    follow: (ticketId) => new Promise((resolve) => socket.emit('ticket.follow', ticketId, resolve)),
    close: () => void socket.disconnect(),
  }
}
