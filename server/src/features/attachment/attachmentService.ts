import type { Actor } from '@hotline/shared/actor'
import { ATTACHMENT_KIND_LABELS, ATTACHMENT_TYPES } from '@hotline/shared/attachment/kinds'
import { attachmentIdsIn } from '@hotline/shared/attachment/named'
import { AppError } from '@hotline/shared/error'
import { mayKnowCallers, sightOf } from '@hotline/shared/ticket/visibility'
import { historySeen } from '@hotline/shared/ticket/visibilityHistory'
import { seenOf } from '@hotline/shared/ticket/visibilityPart'
import type { Audit } from '../audit/auditService'
import { isHidden } from '../ticket/hiddenText'
import type { Found, TicketStore } from '../ticket/ticketStore'
import type { AttachmentRow, AttachmentStore } from './attachmentStore'
import type { FileStore } from './fileStore'

/** An attachment as far as this actor sees it. */
export interface SeenAttachment {
  row: AttachmentRow
  /** What he may know of its name. */
  name: string
  /** Not yet any ticket's. */
  isDraft: boolean
  ticketNo?: string
}

export interface AttachmentService {
  /** In this order, without what he may not see. */
  list(ids: readonly string[], actor: Actor): Promise<SeenAttachment[]>
  /** @throws AppError notFound, also where it is there and not his to see */
  find(id: string, actor: Actor): Promise<SeenAttachment>
  /** For a signed address, whose giver has asked already. @throws AppError notFound */
  row(id: string): Promise<AttachmentRow>
  /** That somebody hears a recording is noted for good. */
  noteOpened(seen: SeenAttachment, actor: Actor, ip?: string): Promise<void>
  /** Takes the owner's own draft away. @throws AppError notFound */
  discard(id: string, actor: Actor): Promise<void>
  /** Takes away what no ticket names after a day. @returns how many */
  sweep(now: Date): Promise<number>
}

export interface AttachmentServiceDeps {
  store: AttachmentStore
  files: FileStore
  tickets: Pick<TicketStore, 'find' | 'findByKey'>
  audit: Pick<Audit, 'append'>
}

const SWEEP_BATCH = 200
const absent = () => new AppError('notFound', '没有这个附件，或您无权查看')

export function createAttachmentService({ store, files, tickets, audit }: AttachmentServiceDeps): AttachmentService {
  async function list(ids: readonly string[], actor: Actor): Promise<SeenAttachment[]> {
    const rows = new Map((await store.find(ids)).map((row) => [row._id, row]))
    const views = new Map<string, Promise<TicketSeen | undefined>>()
    const viewOf = (ticketId: string) => {
      const known = views.get(ticketId) ?? tickets.find(ticketId).then((found) => found && look(found, actor))
      views.set(ticketId, known)
      return known
    }
    const seen: SeenAttachment[] = []
    for (const id of ids) {
      const row = rows.get(id)
      const one = row && (await see(row, row.ticketId ? await viewOf(row.ticketId) : undefined, actor, seen.length + 1))
      if (one) seen.push(one)
    }
    return seen
  }

  async function find(id: string, actor: Actor): Promise<SeenAttachment> {
    const [seen] = await list([id], actor)
    if (!seen) throw absent()
    return seen
  }

  async function takeAway(row: AttachmentRow): Promise<boolean> {
    if (!row.isGone && !(await store.condemn(row))) return false
    await files.remove(row.fileId)
    if (row.thumbId) await files.remove(row.thumbId)
    await store.remove(row._id)
    return true
  }

  /** The ticket that names it. A request that died may have claimed it for an id that never came to be. */
  async function ticketOf({ _id, ticketId, claimKey }: AttachmentRow): Promise<Found | undefined> {
    if (!ticketId) return undefined
    const found = (await tickets.find(ticketId)) ?? (claimKey ? await tickets.findByKey(claimKey) : undefined)
    return found && namedBy(found).has(_id) ? found : undefined
  }

  return {
    list,
    find,
    async row(id) {
      const [row] = await store.find([id])
      if (!row) throw absent()
      return row
    },
    async noteOpened({ row, ticketNo }, actor, ip) {
      if (row.kind !== 'audio' || !row.ticketId || !ticketNo) return
      await audit.append({
        actor,
        action: 'attachment.recordingOpened',
        target: `tickets/${row.ticketId}`,
        ip,
        details: { no: ticketNo, attachmentId: row._id },
      })
    },
    async discard(id, actor) {
      const { row, isDraft } = await find(id, actor)
      if (!isDraft || !(await takeAway(row))) throw new AppError('ruleViolated', '附件已随工单提交，不能删除')
    },
    async sweep(now) {
      let gone = 0
      for (;;) {
        const due = await store.due(now, SWEEP_BATCH)
        for (const row of due) {
          const ticket = row.isGone ? undefined : await ticketOf(row)
          if (ticket) await store.keep(row, ticket._id)
          else if (await takeAway(row)) gone += 1
        }
        if (due.length < SWEEP_BATCH) return gone
      }
    },
  }
}

interface TicketSeen {
  no: string
  /** All that it names, and those of them that this actor is told of. */
  named: Set<string>
  told: Set<string>
  isHidden: boolean
  mayKnowCallers: boolean
}

function namedBy({ t, events }: Found): Set<string> {
  return attachmentIdsIn([t, events])
}

function look(found: Found, actor: Actor): TicketSeen {
  const { t, events } = found
  const sight = sightOf(t, actor)
  const told =
    sight.extent === 'none' ? new Set<string>() : attachmentIdsIn([seenOf(t, sight), historySeen(events, t, sight)])
  return { no: t.no, named: namedBy(found), told, isHidden: isHidden(t), mayKnowCallers: mayKnowCallers(actor) }
}

/** By the ticket's own sight; before a ticket names it, its owner only. */
function see(
  row: AttachmentRow,
  ticket: TicketSeen | undefined,
  actor: Actor,
  order: number,
): SeenAttachment | undefined {
  const { _id, name, kind, type, ownerId, unitId } = row
  if (!ticket?.named.has(_id)) return ownerId === actor.userId ? { row, name, isDraft: true } : undefined
  if (!ticket.told.has(_id)) return undefined
  // A voice tells who somebody is; so does a file's name. Whether a caller who joined may be known his own ticket says.
  const isOfJoined = ownerId.startsWith('caller:') && ownerId !== `caller:${row.ticketId}`
  const isOthers = !ticket.mayKnowCallers && (ticket.isHidden || isOfJoined) && unitId !== actor.unitId
  if (isOthers && kind === 'audio') return undefined
  const plain = `${ATTACHMENT_KIND_LABELS[kind]} ${order}.${ATTACHMENT_TYPES[type].extension}`
  return { row, name: isOthers ? plain : name, isDraft: false, ticketNo: ticket.no }
}
