import type { Actor } from '@hotline/shared/actor'
import { attachmentIdsIn } from '@hotline/shared/attachment/named'
import type { TicketCommand } from '@hotline/shared/ticket/commands'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { sightOf } from '@hotline/shared/ticket/visibility'
import { seenOf } from '@hotline/shared/ticket/visibilityPart'

/**
 * Gives the actor's drafts to a ticket; the same request may ask again.
 * @throws AppError invalidInput when one is not there or is not his
 */
export type ClaimAttachments = (
  ids: readonly string[],
  ticketId: string,
  actor: Actor,
  requestKey: string,
) => Promise<void>

/** The attachments that a command brings. Those that its author sees on the ticket may be named again, by anybody. */
export function broughtBy(command: TicketCommand, before: Ticket | undefined, actor: Actor): string[] {
  const ids = [...attachmentIdsIn(command)]
  if (ids.length === 0 || !before) return ids
  const there = attachmentIdsIn(seenOf(before, sightOf(before, actor)))
  return ids.filter((id) => !there.has(id))
}
