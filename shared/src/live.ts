/** What travels over the socket: "look", never the data. The browser refetches through the authorised GET. */
export interface ServerToClient {
  'ticket.changed': (hint: { id: string; version: number }) => void
  'notice.changed': (hint: { id: string }) => void
}

export interface ClientToServer {
  /** Follow one ticket that is open on the screen; answered with false when the actor may not see it. */
  'ticket.follow': (id: string, done: (isFollowing: boolean) => void) => void
  'ticket.unfollow': (id: string) => void
}
