import { getCurrentScope, onScopeDispose, readonly, ref, type Ref } from 'vue'

/** How far this computer's clock is behind the server's. Deadlines are the server's, so the screen counts by its clock. */
let behind = 0
/** In a drill: how far the city's clock stands before the server's own. */
let ahead = 0

/** The city's time as far as the server's last answer told. */
export function serverNow(): Date {
  return new Date(Date.now() + behind + ahead)
}

/** The server's own time, by which sessions end: no drill moves it. */
export function machineNow(): Date {
  return new Date(Date.now() + behind)
}

/** `Date` headers are whole seconds, so a difference below two seconds says nothing. */
export function noteServerTime(header: string | null, offset: string | null): void {
  const difference = header ? Date.parse(header) - Date.now() : NaN
  if (Number.isFinite(difference)) behind = Math.abs(difference) > 2_000 ? difference : 0
  ahead = Number(offset ?? 0) * 1_000 || 0
}

interface Ticker {
  now: Ref<Date>
  users: number
  stop: () => void
}
const tickers = new Map<number, Ticker>()

/**
 * The time, moving on by itself: what is overdue turns red in an open page. One timer per interval, shared by all who
 * use it, and stopped with the last of them.
 */
export function useNow(interval = 1_000): Readonly<Ref<Date>> {
  const ticker = tickers.get(interval) ?? start(interval)
  ticker.users++
  if (getCurrentScope())
    onScopeDispose(() => {
      if (--ticker.users > 0) return
      ticker.stop()
      tickers.delete(interval)
    })
  return readonly(ticker.now)
}

function start(interval: number): Ticker {
  const now = ref(serverNow())
  const timer = setInterval(() => (now.value = serverNow()), interval)
  const ticker = { now, users: 0, stop: () => clearInterval(timer) }
  tickers.set(interval, ticker)
  return ticker
}
