/** A colleague who has the same ticket open. */
export interface Viewer {
  userId: string
  name: string
}

/**
 * What travels over the socket: "look", never the data. The browser refetches through the authorised GET. Who else is
 * here is no data of a ticket, and is told as it is.
 */
export interface ServerToClient {
  'ticket.changed': (hint: { id: string; version: number }) => void
  /** Everybody who follows the ticket now, each person once, the receiver among them; to its followers only. */
  'ticket.viewers': (presence: { id: string; viewers: Viewer[] }) => void
  'notice.changed': (hint: { id: string }) => void
  /** A spreadsheet in the background has grown, is there, or has failed. */
  'export.changed': (hint: { id: string }) => void
  /** A recomputation of deadlines went on, or is done: then whatever shows deadlines asks again. */
  'recompute.changed': (hint: { id: string; isDone: boolean }) => void
  /** A call of the agent who is told: it rings, is answered, has ended, or is no longer his. */
  'call.changed': (hint: { id: string }) => void
  /** Who waits for a call back: to those who may call. */
  'returnCalls.changed': () => void
}

export interface ClientToServer {
  /** Follow one ticket that is open on the screen; answered with false when the actor may not see it. */
  'ticket.follow': (id: string, done: (isFollowing: boolean) => void) => void
  'ticket.unfollow': (id: string) => void
}
