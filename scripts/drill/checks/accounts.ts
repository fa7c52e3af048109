import { CLOCK } from '@hotline/shared/actor'
import type { CommandType } from '@hotline/shared/ticket/commands'
import type { EventType } from '@hotline/shared/ticket/events'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Entry } from '../ledger'
import { externalNoOf } from '../register'
import type { Findings } from './check'

/** How each command begins in the history. */
export const FIRST_EVENT: Record<CommandType, EventType> = {
  register: 'ticket.registered',
  accept: 'ticket.accepted',
  amend: 'ticket.amended',
  answer: 'ticket.answered',
  decline: 'ticket.declined',
  transferEmergency: 'ticket.emergencyTransferred',
  dispatch: 'ticket.dispatched',
  designate: 'ticket.dispatched',
  recall: 'ticket.recalled',
  acknowledge: 'ticket.acknowledged',
  autoAcknowledge: 'ticket.acknowledged',
  requestReturn: 'ticket.returnRequested',
  approveReturn: 'ticket.returnApproved',
  rejectReturn: 'ticket.returnRejected',
  assignHandler: 'ticket.handlerAssigned',
  handOver: 'ticket.handedOver',
  recordContact: 'ticket.contactRecorded',
  recordProgress: 'ticket.progressRecorded',
  requestExtension: 'ticket.extensionRequested',
  endorseRequest: 'ticket.requestEndorsed',
  refuseRequest: 'ticket.requestRefused',
  approveExtension: 'ticket.extensionApproved',
  rejectExtension: 'ticket.extensionRejected',
  reply: 'ticket.replied',
  reviewByUnit: 'ticket.unitReviewed',
  reviewByHotline: 'ticket.hotlineReviewed',
  recordAttempt: 'ticket.callbackAttempted',
  closeUnreachable: 'ticket.closed',
  recordCallback: 'ticket.callbackRecorded',
  judgeCallback: 'ticket.callbackJudged',
  rework: 'ticket.reworked',
  reopen: 'ticket.reopened',
  urge: 'ticket.urged',
  yellowCard: 'ticket.cardIssued',
  redCard: 'ticket.cardIssued',
  requestInfo: 'ticket.infoRequested',
  supplyInfo: 'ticket.infoSupplied',
  supplement: 'ticket.supplemented',
  merge: 'ticket.merged',
  unmerge: 'ticket.unmerged',
  joinCaller: 'ticket.callerJoined',
  leaveCaller: 'ticket.callerLeft',
  void: 'ticket.voided',
  withdraw: 'ticket.withdrawn',
  archive: 'ticket.archived',
  keepUnit: 'ticket.unitKept',
  openConsultation: 'ticket.consultationOpened',
  giveOpinion: 'ticket.opinionGiven',
  recordSiteVisit: 'ticket.siteVisitRecorded',
  concludeConsultation: 'ticket.consultationConcluded',
  cancelConsultation: 'ticket.consultationCancelled',
  delegate: 'ticket.delegated',
  recallDelegation: 'ticket.delegationRecalled',
  sendBack: 'ticket.sentBack',
  requestSuspension: 'ticket.suspensionRequested',
  approveSuspension: 'ticket.suspensionApproved',
  rejectSuspension: 'ticket.suspensionRejected',
  resume: 'ticket.resumed',
  requestTermination: 'ticket.terminationRequested',
  approveTermination: 'ticket.terminationApproved',
  rejectTermination: 'ticket.terminationRejected',
  supervise: 'ticket.supervised',
  answerSupervision: 'ticket.supervisionAnswered',
  closeSupervision: 'ticket.supervisionClosed',
  escalate: 'ticket.escalated',
  instruct: 'ticket.instructed',
  appealCallback: 'ticket.callbackAppealed',
  rate: 'ticket.rated',
  rectify: 'ticket.rectified',
  appealRating: 'ticket.ratingAppealed',
  judgeRating: 'ticket.ratingJudged',
}

/** Every yes of the server is one commit in the history, and every commit of a person one yes. */
export function isAccounted({ ledger, played, scan, views, runId }: Findings): string[] {
  const wrong: string[] = []
  const byTicket = new Map<string, Entry[]>()
  for (const entry of ledger.entries()) byTicket.set(entry.ticketId, [...(byTicket.get(entry.ticketId) ?? []), entry])
  for (const [ticketId, entries] of byTicket) {
    const view = views.get(ticketId)
    if (view) wrong.push(...compare(view, entries, ledger.isInDoubt(ticketId)))
    else wrong.push(`${ticketId}：已确认登记，但查不到`)
  }
  for (const { index } of played) {
    const externalNo = externalNoOf(runId, index)
    const ids = [...scan.digests.values()].filter((digest) => digest.externalNo === externalNo).map(({ id }) => id)
    if (ids.length > 1) wrong.push(`${externalNo} 登记了 ${ids.length} 次`)
    for (const id of ids) if (!byTicket.has(id)) wrong.push(`${id}：存在，但没有确认过`)
  }
  return wrong
}

/** One ticket's history against what its writers were told. */
export function compare(
  { no, history, version }: Pick<TicketView, 'no' | 'history' | 'version'>,
  entries: readonly Entry[],
  isInDoubt: boolean,
): string[] {
  const commits = commitsOf(history)
  const wrong: string[] = []
  if (commits.length !== version || commits.some((commit, index) => commit.version !== index + 1))
    wrong.push(`${no}：版本不连续`)
  const left = new Set(commits.filter(({ userId }) => userId !== CLOCK.userId))
  // Who was answered first is found first: an answer after a lost one may name a later version than its own.
  for (const entry of [...entries].sort((a, b) => a.version - b.version)) {
    const { command, userId, base } = entry
    const own = [...left].find(
      (commit) =>
        commit.type === FIRST_EVENT[command] &&
        commit.userId === userId &&
        commit.version > base &&
        commit.version <= entry.version,
    )
    if (own) left.delete(own)
    else wrong.push(`${no}：${LIFECYCLE[command].label}（版本 ${entry.version}）已确认，但记录里没有`)
  }
  if (!isInDoubt) for (const commit of left) wrong.push(`${no}：版本 ${commit.version} ${commit.type} 多出来了`)
  return wrong
}

interface Commit {
  version: number
  type: EventType
  userId: string
}

/** The events of one version are one commit; its first names it. */
function commitsOf(history: TicketView['history']): Commit[] {
  const commits: Commit[] = []
  for (const { version, type, by } of history)
    if (commits.at(-1)?.version !== version) commits.push({ version, type, userId: by.userId })
  return commits
}
