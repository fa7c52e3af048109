import { hasRole, type Actor } from '../actor'
import type { LimitProfile } from '../limits/profile'
import type { UnitTree } from '../unit/unit'
import type { CommandOf } from './commands'
import type { Supervision } from './conditions'
import type { NewSupervision } from './events'
import { OPEN_ASSIGNMENT, type SupervisionTrigger } from './labels'
import { leadOf, type Ticket } from './ticket'

type Form = CommandOf<'supervise'>['form']
type Trigger = CommandOf<'supervise'>['trigger']

const DAILY: readonly Trigger[] = ['refused', 'overdue', 'unsolved', 'badEffect', 'other', 'repeated']
const ANY: readonly Trigger[] = [...DAILY, 'attitude', 'dishonest']

/** Which 督办情形 a form answers (domain.md §2.7). */
export const TRIGGERS_OF: Record<Form, readonly Trigger[]> = {
  urgeLetter: ['overdue'],
  criticism: ['overdue'],
  phone: ANY,
  written: ANY,
  onSite: ANY,
  listed: ANY,
  interview: ANY,
  // 态度恶劣, 逾期不办无理由, 推诿敷衍弄虚作假; 泄密, 打击报复 are 其他.
  discipline: ['attitude', 'overdue', 'dishonest', 'other'],
}

export function openSupervisions({ supervisions }: Pick<Ticket, 'supervisions'>): Supervision[] {
  return (supervisions ?? []).filter(({ closedAt }) => !closedAt)
}

/** 误评申诉 that nobody has judged yet. */
export function hasRatingAppeal({ rated }: Pick<Ticket, 'rated'>): boolean {
  return rated?.appeal !== undefined && rated.verdict === undefined
}

/** What must be brought to its end before the archive. */
export function isWatched(ticket: Ticket): boolean {
  return openSupervisions(ticket).length > 0 || ticket.pendingAppeal !== undefined || hasRatingAppeal(ticket)
}

/** The earliest deadline of those that are open. */
export function nextSupervisionDue(ticket: Pick<Ticket, 'supervisions'>): Date | undefined {
  const times = openSupervisions(ticket).flatMap(({ deadline }) => deadline?.getTime() ?? [])
  return times.length > 0 ? new Date(Math.min(...times)) : undefined
}

/** What the desks of supervision are sorted by; a leader's instruction without a deadline has its place, the last. */
export function superviseByOf(ticket: Pick<Ticket, 'supervisions'>): Date | undefined {
  if (openSupervisions(ticket).length === 0) return undefined
  return nextSupervisionDue(ticket) ?? NO_DEADLINE
}
const NO_DEADLINE = new Date(Date.UTC(9999, 11, 31))

/** As the events carry it; numbered within the ticket. */
export function newSupervision(
  ticket: Ticket,
  units: UnitTree,
  given: Omit<NewSupervision, 'id' | 'unitPath'>,
): NewSupervision {
  const id = `s${(ticket.supervisions?.length ?? 0) + 1}`
  return { id, ...given, unitPath: given.unitId ? units.pathOf(given.unitId) : [] }
}

/**
 * Units whose work on the ticket may be supervised, the lead first: who works on it, has worked on it, or is asked for
 * an opinion. For a superior's unitLead only those under his own unit that work on it now.
 */
export function supervisedUnits(ticket: Ticket, actor: Actor, units: UnitTree): string[] {
  const lead = leadOf(ticket)
  const working = ticket.assignments.filter(({ role }) => role !== 'copy')
  const ids = [...(lead ? [lead] : []), ...[...working].reverse()]
  const isHotline = hasRole(actor, 'supervisor', 'director')
  const consultation = ticket.status === 'consulting' ? ticket.consultations?.at(-1) : undefined
  const all = [
    ...ids.filter(({ status }) => isHotline || OPEN_ASSIGNMENT.includes(status)).map(({ unitId }) => unitId),
    ...(consultation?.units.map(({ unitId }) => unitId) ?? []),
  ]
  const allowed = isHotline ? all : all.filter((id) => id !== actor.unitId && units.isWithin(id, actor.unitId))
  return [...new Set(allowed)]
}

/** Reworks that were not taken back by an appeal. */
export function reworksThatCount({ reworkCount, voidedReworkCount }: Ticket): number {
  return reworkCount - (voidedReworkCount ?? 0)
}

/** Why the ticket may be escalated now: three reworks, or three units that sent it back (R14); each reason once. */
export function escalationTrigger(
  ticket: Ticket,
  profile: Pick<LimitProfile, 'reworkEscalateAt' | 'designateAfterReturns'>,
): Extract<SupervisionTrigger, 'reworks' | 'returns'> | undefined {
  const { escalatedTo, returnCount, flags } = ticket
  const reworks = reworksThatCount(ticket)
  if (reworks >= profile.reworkEscalateAt && reworks > (escalatedTo?.reworks ?? 0)) return 'reworks'
  if (returnCount >= profile.designateAfterReturns && returnCount > (escalatedTo?.returns ?? 0)) return 'returns'
  return flags.includes('escalate') ? 'reworks' : undefined
}

/** The governments that it may be escalated to: above the lead, or of the place while nobody leads; never the accused. */
export function escalationTargets(ticket: Ticket, units: UnitTree): string[] {
  const lead = leadOf(ticket)
  const path = lead ? units.pathOf(lead.unitId).slice(1) : placePath(ticket.regionCode, units)
  return path.filter((id) => units.isOpen(id) && !ticket.accusedUnitIds.some((accused) => units.isWithin(id, accused)))
}

/** 属地政府: the lead's county, or the city. */
export function escalationTarget(ticket: Ticket, units: UnitTree): string | undefined {
  const targets = escalationTargets(ticket, units)
  return targets.find((id) => isCounty(id, units)) ?? targets.at(-1)
}

function isCounty(id: string, units: UnitTree): boolean {
  return ['county', 'zone'].includes(units.get(id)?.kind ?? '')
}

function placePath(regionCode: string, units: UnitTree): string[] {
  const county = units
    .all()
    .find(({ id, regionCode: own }) => isCounty(id, units) && (regionCode === own || regionCode.startsWith(own)))
  const city = units.all().find(({ kind }) => kind === 'city')
  return county ? units.pathOf(county.id) : city ? [city.id] : []
}
