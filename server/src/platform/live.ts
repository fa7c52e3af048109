import type { Server as HttpServer } from 'node:http'
import type { Actor } from '@hotline/shared/actor'
import type { ClientToServer, ServerToClient, Viewer } from '@hotline/shared/live'
import { createAdapter } from '@socket.io/mongo-adapter'
import { Server } from 'socket.io'
import type { Clock } from './clock'
import { assertOwnPassword, type Principal, type VerifyToken } from './http/authenticate'
import type { Logger } from './log'
import type { Migration } from './migrations'
import type { Database } from './mongo'
import { createPresence } from './presence'

export type Room = `user:${string}` | `unit:${string}` | `role:${string}` | `ticket:${string}`

export interface Live {
  /** "Look": to all processes' sockets in these rooms, each socket once. Best effort; the screen refetches anyway. */
  hint<E extends keyof ServerToClient>(
    rooms: readonly Room[],
    event: E,
    ...payload: Parameters<ServerToClient[E]>
  ): void
  /** Ends every socket of an account on every process, so that it comes back with what it may see now. */
  disconnectUser(userId: string): void
  /** This process's sockets of an account; every process hears of the change by itself. */
  disconnectUserHere(userId: string): void
  disconnectSession(sessionId: string): void
  close(): Promise<void>
}

export interface LiveDeps {
  httpServer: HttpServer
  database: Database
  verify: VerifyToken
  /** May this actor follow this ticket? */
  canFollow(actor: Actor, ticketId: string): Promise<boolean>
  clock: Clock
  logger: Logger
}

const COLLECTION = 'socketEvents'
/** More tickets than anybody has open. */
const MOST_FOLLOWED = 100
/** setTimeout's own limit lies far above; a token lives for minutes. */
const MAX_TIMER_MS = 24 * 3600_000

/** Hints of this long travel to the other processes as one message: each message costs the database a write. */
const GATHER_MS = 25

interface Hint {
  rooms: Room[]
  event: keyof ServerToClient
  payload: unknown[]
}

interface BetweenProcesses {
  hints: (hints: Hint[]) => void
  /** Asked in this way and not by fetchSockets, which would write each socket's token into the database. */
  viewersHere: (ticketId: string, done: (viewers: Viewer[]) => void) => void
}

type IO = Server<ClientToServer, ServerToClient, BetweenProcesses, { principal: Principal }>

export function createLive({ httpServer, database, verify, canFollow, clock, logger }: LiveDeps): Live {
  const io: IO = new Server(httpServer, {
    // Without polling no load balancer needs to remember which process a browser talks to.
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 10_000,
    // A hint that is lost with a node is no loss: it need not wait for the journal.
    adapter: createAdapter(database.db.collection(COLLECTION, { writeConcern: { w: 1 } })),
    allowRequest: (req, decide) => decide(null, isSameOrigin(req.headers)),
  })

  io.use((socket, next) => {
    const token: unknown = socket.handshake.auth.token
    verify(typeof token === 'string' ? token : '')
      .then((principal) => {
        assertOwnPassword(principal)
        socket.data.principal = principal
        next()
      })
      .catch(() => next(new Error('unauthenticated')))
  })

  const presence = createPresence({
    viewersOf: async (id) => [...(await viewersHere(id)), ...(await viewersElsewhere(id))],
    tell: (id, viewers) => live.hint([`ticket:${id}`], 'ticket.viewers', { id, viewers }),
    logger,
  })
  io.on('viewersHere', (id, done) => {
    viewersHere(id).then(done, () => done([]))
  })

  /** This process's followers. Who may no longer see the ticket stops following it, and nobody is told of him. */
  async function viewersHere(id: string): Promise<Viewer[]> {
    const room = `ticket:${id}`
    const viewers: Viewer[] = []
    for (const socketId of [...(io.of('/').adapter.rooms.get(room) ?? [])]) {
      const socket = io.of('/').sockets.get(socketId)
      if (!socket) continue
      const { actor } = socket.data.principal
      if (await canFollow(actor, id)) viewers.push({ userId: actor.userId, name: actor.name })
      else await socket.leave(room)
    }
    return viewers
  }

  async function viewersElsewhere(id: string): Promise<Viewer[]> {
    try {
      return (await io.serverSideEmitWithAck('viewersHere', id)).flat()
    } catch (error) {
      // A process has just died: those who answered are known, its own will come to another one.
      return ((error as { responses?: Viewer[][] }).responses ?? []).flat()
    }
  }

  io.on('connection', (socket) => {
    const { actor, expiresAt, sessionId } = socket.data.principal
    void socket.join([
      `session:${sessionId}`,
      `user:${actor.userId}`,
      `unit:${actor.unitId}`,
      ...actor.roles.map((role) => `role:${role}`),
    ])
    // What was revoked between the handshake and now found no socket to end.
    verify(String(socket.handshake.auth.token)).catch(() => socket.disconnect(true))
    const lifetime = Math.min(Math.max(expiresAt.getTime() - clock.now().getTime(), 0), MAX_TIMER_MS)
    const expiry = setTimeout(() => socket.disconnect(true), lifetime)
    socket.on('disconnect', () => clearTimeout(expiry))
    socket.on('disconnecting', () => {
      for (const room of socket.rooms) if (room.startsWith('ticket:')) presence.changed(room.slice('ticket:'.length))
    })
    socket.on('ticket.follow', (id, done) => {
      if (typeof id !== 'string' || typeof done !== 'function') return
      if (socket.rooms.size > MOST_FOLLOWED) return done(false)
      canFollow(actor, id).then(
        async (may) => {
          if (may) await socket.join(`ticket:${id}`)
          done(may)
          if (may) presence.changed(id)
        },
        (error: unknown) => {
          logger.warn({ err: error }, '订阅工单失败')
          done(false)
        },
      )
    })
    socket.on('ticket.unfollow', (id) => {
      if (typeof id !== 'string' || !socket.rooms.has(`ticket:${id}`)) return
      void socket.leave(`ticket:${id}`)
      presence.changed(id)
    })
  })

  const tell = ({ rooms, event, payload }: Hint) => {
    io.local.to(rooms).emit(event, ...(payload as Parameters<ServerToClient[typeof event]>))
  }
  const waiting: Hint[] = []
  let flushing: NodeJS.Timeout | undefined
  const flush = () => {
    flushing = undefined
    io.serverSideEmit('hints', waiting.splice(0))
  }
  io.on('hints', (hints) => hints.forEach(tell))

  const live: Live = {
    hint: (rooms, event, ...payload) => {
      if (rooms.length === 0) return
      const hint = { rooms: [...rooms], event, payload }
      tell(hint)
      waiting.push(hint)
      flushing ??= setTimeout(flush, GATHER_MS)
    },
    disconnectUser: (userId) => {
      io.in(`user:${userId}`).disconnectSockets(true)
    },
    disconnectUserHere: (userId) => {
      io.local.in(`user:${userId}`).disconnectSockets(true)
    },
    disconnectSession: (sessionId) => {
      io.in(`session:${sessionId}`).disconnectSockets(true)
    },
    close: async () => {
      presence.stop()
      clearTimeout(flushing)
      await io.close()
    },
  }
  return live
}

/** A page of another site may open a WebSocket to us: only its Origin tells. Clients other than browsers have none. */
function isSameOrigin(headers: { origin?: string; host?: string; 'x-forwarded-host'?: string | string[] }): boolean {
  if (!headers.origin) return true
  try {
    const { host } = new URL(headers.origin)
    return host === headers.host || host === String(headers['x-forwarded-host'] ?? '')
  } catch {
    return false
  }
}

export const liveMigrations: Migration[] = [
  {
    id: 4,
    name: '进程间消息的定长集合',
    up: async (db) => {
      const existing = await db.listCollections({ name: COLLECTION }).toArray()
      if (existing.length === 0) await db.createCollection(COLLECTION, { capped: true, size: 16 * 1024 * 1024 })
    },
  },
]
