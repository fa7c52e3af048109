import type { ClientToServer, ServerToClient, Viewer } from '@hotline/shared/live'
import type { Socket } from 'socket.io-client'
import { getCurrentScope, onScopeDispose, readonly, ref, shallowReactive } from 'vue'
import { freshToken } from './http'

type Hint = Parameters<ServerToClient['ticket.changed']>[0]
type RecomputeHint = Parameters<ServerToClient['recompute.changed']>[0]
type LiveSocket = Socket<ServerToClient, ClientToServer>

const CALM_MS = 2_500
const RESYNC_SPREAD_MS = 5_000
const online = ref(true)
/** False when hints do not come: the screen may be old, and says so. */
export const isOnline = readonly(online)

const ticketListeners = new Set<(hint: Hint) => void>()
const noticeListeners = new Set<(hint: { id: string }) => void>()
const exportListeners = new Set<(hint: { id: string }) => void>()
const recomputeListeners = new Set<(hint: RecomputeHint) => void>()
const callListeners = new Set<(hint: { id: string }) => void>()
const returnCallListeners = new Set<() => void>()
const resyncListeners = new Set<() => void>()
const followed = new Map<string, number>()
const viewers = shallowReactive(new Map<string, readonly Viewer[]>())

let socket: LiveSocket | undefined
let run = 0
let offlineTimer: ReturnType<typeof setTimeout> | undefined

/** A ticket has a newer version: fetch it if you show it. Ends with the component. */
export function onTicketChanged(listener: (hint: Hint) => void): () => void {
  return listen(ticketListeners, listener)
}

export function onNotice(listener: (hint: { id: string }) => void): () => void {
  return listen(noticeListeners, listener)
}

/** A recomputation of deadlines goes on or is done. */
export function onRecompute(listener: (hint: RecomputeHint) => void): () => void {
  return listen(recomputeListeners, listener)
}

/** A call of one's own rings, is answered, has ended, or went to somebody else. */
export function onCallChanged(listener: (hint: { id: string }) => void): () => void {
  return listen(callListeners, listener)
}

/** Who waits for a call back has changed. */
export function onReturnCalls(listener: () => void): () => void {
  return listen(returnCallListeners, listener)
}

/** One's own spreadsheet in the background goes on, is there, or has failed. */
export function onExport(listener: (hint: { id: string }) => void): () => void {
  return listen(exportListeners, listener)
}

/** Hints may have been lost while the line was down: fetch what you show once more. */
export function onResync(listener: () => void): () => void {
  return listen(resyncListeners, listener)
}

/** Hints for this one ticket, as long as somebody shows it. Returns the end of it. */
export function follow(id: string): () => void {
  const users = followed.get(id) ?? 0
  followed.set(id, users + 1)
  if (users === 0 && socket?.connected) socket.emit('ticket.follow', id, () => undefined)
  let isOver = false
  return () => {
    if (isOver) return
    isOver = true
    const left = (followed.get(id) ?? 1) - 1
    if (left > 0) followed.set(id, left)
    else {
      followed.delete(id)
      viewers.delete(id)
      socket?.emit('ticket.unfollow', id)
    }
  }
}

/** Who has this followed ticket open now, oneself included. Nobody while the line is down: who knows. */
export function viewersOf(id: string): readonly Viewer[] {
  return viewers.get(id) ?? []
}

export function startLive(): void {
  stopLive()
  const mine = ++run
  void import('socket.io-client').then(({ io }) => {
    if (mine === run) open(io('/', { transports: ['websocket'], auth: giveToken, reconnectionDelayMax: 5_000 }))
  })
}

export function stopLive(): void {
  run++
  socket?.disconnect()
  socket = undefined
  viewers.clear()
  clearTimeout(offlineTimer)
  offlineTimer = undefined
  online.value = true
}

/** A function, so that a reconnect brings a token that still holds. Without one the server refuses, and we try later. */
function giveToken(done: (data: { token: string }) => void): void {
  freshToken().then(
    (token) => done({ token }),
    () => done({ token: '' }),
  )
}

function open(opened: LiveSocket): void {
  socket = opened
  let hadConnected = false
  opened.on('connect', () => {
    clearTimeout(offlineTimer)
    offlineTimer = undefined
    online.value = true
    for (const id of followed.keys()) opened.emit('ticket.follow', id, () => undefined)
    if (hadConnected) resync()
    hadConnected = true
  })
  opened.on('ticket.changed', (hint) => ticketListeners.forEach((listener) => listener(hint)))
  opened.on('ticket.viewers', ({ id, viewers: now }) => {
    if (followed.has(id)) viewers.set(id, now)
  })
  opened.on('notice.changed', (hint) => noticeListeners.forEach((listener) => listener(hint)))
  opened.on('call.changed', (hint) => callListeners.forEach((listener) => listener(hint)))
  opened.on('returnCalls.changed', () => returnCallListeners.forEach((listener) => listener()))
  opened.on('export.changed', (hint) => exportListeners.forEach((listener) => listener(hint)))
  opened.on('recompute.changed', (hint) => {
    recomputeListeners.forEach((listener) => listener(hint))
    // Every open page shows deadlines: not all of a city's at the same moment.
    if (hint.isDone) setTimeout(resync, Math.random() * RESYNC_SPREAD_MS)
  })
  // The server hangs up when the token ends, and a refused handshake is final for the library: both are ours to retry.
  opened.on('disconnect', (reason) => {
    viewers.clear()
    startWorrying()
    if (reason === 'io server disconnect') retry(opened, 300)
  })
  opened.on('connect_error', () => {
    startWorrying()
    if (!opened.active) retry(opened, 3_000)
  })
}

function resync(): void {
  for (const listener of resyncListeners) listener()
}

function retry(opened: LiveSocket, delay: number): void {
  setTimeout(() => {
    if (socket === opened && !opened.active) opened.connect()
  }, delay)
}

/** A short break is not worth a word. */
function startWorrying(): void {
  offlineTimer ??= setTimeout(() => (online.value = false), CALM_MS)
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  const stop = () => void listeners.delete(listener)
  if (getCurrentScope()) onScopeDispose(stop)
  return stop
}

addEventListener('offline', () => {
  if (socket) online.value = false
})
