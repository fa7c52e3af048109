import { EVENT_LABELS } from '@hotline/shared/ticket/eventLabels'
import type { Staff } from '@hotline/shared/ticket/context'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { momentText } from '@hotline/shared/calendar/day'
import { maskText } from '@hotline/shared/user/masking'
import type { Role } from '@hotline/shared/user/roles'
import { scopeOf } from '@hotline/shared/ticket/visibility'
import type { Live, Room } from '../../platform/live'
import type { NewNotice, NoticeCorrection, Notices } from '../notice/noticeService'
import { createHider, isHidden } from './hiddenText'
import type { SealedContact } from './sealedContact'
import type { Effect, News } from './announcer'
import type { SealedData } from './ticketDocument'
import { INTAKE_EFFECTS } from './effects/intake'
import { OVERSIGHT_EFFECTS } from './effects/oversight'
import { type EffectPart, type OutboundEntry, type Told, toldOf } from './effects/part'
import { RATING_EFFECTS } from './effects/rating'
import type { TicketRules } from './ticketRules'
import { TOGETHER_EFFECTS } from './effects/together'
import { UNIT_WORK_EFFECTS } from './effects/unitWork'

export type { OutboundEntry } from './effects/part'

/** Who is asked about an event, one group after another. */
const PARTS: readonly EffectPart[] = [
  // What concerns a delegate goes to the unit that delegated, before the hotline is thought of.
  TOGETHER_EFFECTS,
  UNIT_WORK_EFFECTS,
  INTAKE_EFFECTS,
  OVERSIGHT_EFFECTS,
  RATING_EFFECTS,
]

const WATCHERS: readonly Role[] = [
  'dispatcher',
  'callbackOfficer',
  'supervisor',
  'director',
  'shiftLead',
  'inspector',
  'cityLeader',
]

/**
 * "Look": to whoever may see the ticket, never the data. Best effort: a lost hint costs a reload, nothing else. Who began
 * to follow a ticket before it became confidential may be of an accused unit: all others are reached without that room.
 */
export function hintAt(hint: Live['hint'], ticket: Ticket): void {
  const rooms: Room[] = [
    ...(ticket.confidentiality < 2 ? [`ticket:${ticket.id}` as const] : []),
    `user:${ticket.registeredBy.userId}`,
    ...scopeOf(ticket).map((unitId): Room => `unit:${unitId}`),
    ...WATCHERS.map((role): Room => `role:${role}`),
  ]
  hint(rooms, 'ticket.changed', { id: ticket.id, version: ticket.version })
}

/** The same for what a dead process had committed and not told. */
export function hintEffect(hint: Live['hint']): Effect {
  return async (news) => {
    for (const { ticket } of news) hintAt(hint, ticket)
  }
}

export function noticeEffect(
  notices: Notices,
  staff: Staff,
  contact: SealedContact,
  rules: Pick<TicketRules, 'profile'>,
): Effect {
  return async (news) => {
    await notices.send(news.flatMap((item) => noticesOf(item, toldOf(item.ticket, staff, rules.profile), contact)))
    for (const item of news.filter(isNowSecret)) await notices.correct(item.ticket.id, correctionOf(item, contact))
  }
}

const SECRECY = new Set(['confidentiality', 'accusedUnitIds', 'title'])

/** It became confidential after it had been told of, or what of it may be told changed. */
function isNowSecret({ ticket, events }: News): boolean {
  return (
    isHidden(ticket) &&
    events.some((event) => event.type === 'ticket.amended' && event.changes.some(({ field }) => SECRECY.has(field)))
  )
}

function correctionOf({ ticket, sealed }: News, contact: SealedContact): NoticeCorrection {
  const unitIds = scopeOf(ticket)
  const strangers = ticket.assignments.filter(({ unitId }) => !unitIds.includes(unitId))
  return {
    text: titleText(ticket, sealed, contact),
    unitIds,
    exceptUserIds: strangers.flatMap(({ handlerId }) => handlerId ?? []),
  }
}

function titleText(ticket: Ticket, sealed: SealedData, contact: SealedContact): string {
  const text = ticket.title ?? ''
  return isHidden(ticket) ? createHider(ticket.id, sealed, contact).hide(text) : maskText(text)
}

/** Whom to wake for an urgent ticket, and when that is needed. */
export interface Duty {
  /** The unit's duty telephone, if it has left one. */
  phoneOf(unitId: string): Promise<string | undefined>
  isOfficeTime(at: Date): boolean
}

export function messageEffect(
  contact: SealedContact,
  duty: Duty,
  send: (entries: OutboundEntry[]) => Promise<void>,
): Effect {
  return async (news) => {
    const alerts = await Promise.all(news.map((item) => alertsOf(item, duty)))
    const entries = [...news.flatMap((item) => messagesOf(item, contact)), ...alerts.flat()]
    if (entries.length > 0) await send(entries)
  }
}

function noticesOf({ ticket, events, sealed }: News, told: Told, contact: SealedContact): NewNotice[] {
  const inScope = new Set(scopeOf(ticket))
  return events.flatMap((event) => {
    const wanted = asked((part) => part.recipientsOf?.(event, told)) ?? []
    const recipients = wanted.filter((to) => !('unitId' in to) || inScope.has(to.unitId))
    if (recipients.length === 0) return []
    // Its place in its own commit, whichever others are told together with it: told again, it is the same notice.
    const place = events.filter(({ version }) => version === event.version).indexOf(event)
    return [
      {
        key: `${ticket.id}:${event.version}:${place}`,
        recipients,
        kind: event.type,
        title: asked((part) => part.titleOf?.(event)) ?? EVENT_LABELS[event.type],
        text: titleText(ticket, sealed, contact),
        ticketId: ticket.id,
        ticketNo: ticket.no,
      },
    ]
  })
}

/** The first group that knows the event answers for it. */
function asked<T>(ask: (part: EffectPart) => T | undefined): T | undefined {
  for (const part of PARTS) {
    const answer = ask(part)
    if (answer !== undefined) return answer
  }
  return undefined
}

/** What callers are told, sent to the number that they left. */
function messagesOf({ ticket, events, sealed }: News, contact: SealedContact): OutboundEntry[] {
  if (!ticket.hasContact) return []
  const told = events.flatMap((event) => {
    const text = asked((part) => part.textOf?.(event, ticket))
    return text ? [{ ...text, version: event.version }] : []
  })
  if (told.length === 0) return []
  const { number, phone, queryCode } = contact.tryOpen(ticket.id, sealed) ?? {}
  const to = phone ?? number
  if (!to || !queryCode) return []
  return told.map(({ purpose, text, secrets = [], version }) => ({
    key: `${ticket.id}:${version}:${purpose}`,
    ticketId: ticket.id,
    purpose,
    to,
    text: text.replace('{queryCode}', queryCode),
    secrets: [queryCode, ...secrets],
  }))
}

/** A ticket to be acknowledged within minutes that comes outside office hours wakes the units' duty contacts. */
async function alertsOf({ ticket, events }: News, duty: Duty): Promise<OutboundEntry[]> {
  if (ticket.urgency === 'general') return []
  const given = events.flatMap((event) => {
    if (duty.isOfficeTime(event.at)) return []
    if (event.type === 'ticket.delegated') return [{ version: event.version, assignment: event.assignment }]
    if (event.type !== 'ticket.dispatched') return []
    return event.assignments.map((assignment) => ({ version: event.version, assignment }))
  })
  const entries: OutboundEntry[] = []
  for (const { version, assignment } of given) {
    const { role, unitId, acknowledgeBy } = assignment
    const to = role === 'copy' ? undefined : await duty.phoneOf(unitId)
    if (!to) continue
    const text = `紧急工单 ${ticket.no} 已派至您单位，请于 ${momentText(acknowledgeBy)} 前签收。`
    const key = `${ticket.id}:${version}:duty:${unitId}`
    entries.push({ key, ticketId: ticket.id, purpose: 'dutyAlert', to, text })
  }
  return entries
}
