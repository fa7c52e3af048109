import type { Actor } from '@hotline/shared/actor'
import type { Role } from '@hotline/shared/user/roles'
import { purgeAfter, type Clock } from '../../platform/clock'
import type { Live, Room } from '../../platform/live'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { Receiver, Tx } from '../../platform/outbox'

/** One person, a whole unit or those of one role in it, or a role of the hotline wherever. */
export type Recipient = { userId: string } | { unitId: string; role?: Role } | { role: Role }

export interface NewNotice {
  /** What it tells of, once and for all: `{ticketId}:{version}:{kind}`. The same key is the same notice. */
  key: string
  recipients: readonly Recipient[]
  /** `ticket.dispatched`, `ticket.yellowCarded`, … */
  kind: string
  title: string
  text: string
  ticketId?: string
  ticketNo?: string
  /** The page that it leads to when it is about no ticket: `/exports`. */
  link?: string
  /** When it came about, for one that is told later; now. */
  at?: Date
}

export interface NoticeRow {
  _id: string
  recipient: string
  kind: string
  title: string
  text: string
  ticketId?: string
  ticketNo?: string
  link?: string
  at: Date
  readBy: string[]
  purgeAt: Date
}

export interface Notices {
  /** Idempotent: what was sent under this key already is not sent again. */
  send(notices: readonly NewNotice[]): Promise<void>
  /** With the change itself: sent once it is committed, whatever becomes of this process. */
  sendWith(tx: Pick<Tx, 'post'>, notices: readonly NewNotice[]): void
  /** A ticket is kept from somebody, or its words are, from now on: so it is in what was sent before. */
  correct(ticketId: string, correction: NoticeCorrection): Promise<void>
}

export interface NoticeCorrection {
  text: string
  /** Whose post may still speak of it; all others' notices of it are taken away. */
  unitIds: readonly string[]
  /** People whose own notices of it are taken away too. */
  exceptUserIds: readonly string[]
}

const KEEP_SECONDS = 90 * 24 * 3600

function recipientKey(recipient: Recipient): string {
  if ('userId' in recipient) return `user:${recipient.userId}`
  if ('unitId' in recipient) return `unit:${recipient.unitId}${recipient.role ? `:${recipient.role}` : ''}`
  return `role:${recipient.role}`
}

/** Whose post an actor opens. */
export function recipientKeysOf(actor: Actor): string[] {
  return [
    `user:${actor.userId}`,
    `unit:${actor.unitId}`,
    ...actor.roles.flatMap((role) => [`role:${role}`, `unit:${actor.unitId}:${role}`]),
  ]
}

function roomOf(recipient: Recipient): Room {
  if ('userId' in recipient) return `user:${recipient.userId}`
  return 'unitId' in recipient ? `unit:${recipient.unitId}` : `role:${recipient.role}`
}

export const NOTICE_TOPIC = 'notices'

interface Body {
  notices: readonly NewNotice[]
  at: Date
}

export function createNotices(db: Db, clock: Clock, hint: Live['hint']): Notices & { receive: Receiver } {
  const rows = db.collection<NoticeRow>('notices')
  const service: Notices & { receive: Receiver } = {
    async send(notices) {
      const fresh = notices.flatMap(({ key, recipients, at = clock.now(), ...notice }) =>
        recipients.map((recipient): NoticeRow => {
          const to = recipientKey(recipient)
          return { _id: `${key}>${to}`, recipient: to, ...notice, at, readBy: [], purgeAt: purgeAfter(KEEP_SECONDS) }
        }),
      )
      if (fresh.length === 0) return
      await rows.insertMany(fresh, { ordered: false }).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error
      })
      for (const { key, recipients } of notices) hint(recipients.map(roomOf), 'notice.changed', { id: key })
    },
    sendWith(tx, notices) {
      if (notices.length > 0) tx.post(NOTICE_TOPIC, { notices, at: clock.now() } satisfies Body)
    },
    async receive(letters) {
      const bodies = letters.map(({ body }) => body as Body)
      await service.send(bodies.flatMap(({ notices, at }) => notices.map((notice) => ({ ...notice, at }))))
    },
    async correct(ticketId, { text, unitIds, exceptUserIds }) {
      const recipients = await rows.distinct('recipient', { ticketId })
      const mayKeep = (recipient: string) => {
        const [kind, id = ''] = recipient.split(':')
        if (kind === 'unit') return unitIds.includes(id)
        return kind !== 'user' || !exceptUserIds.includes(id)
      }
      const gone = recipients.filter((recipient) => !mayKeep(recipient))
      if (gone.length > 0) await rows.deleteMany({ ticketId, recipient: { $in: gone } })
      await rows.updateMany({ ticketId, text: { $ne: text } }, { $set: { text } })
    },
  }
  return service
}
