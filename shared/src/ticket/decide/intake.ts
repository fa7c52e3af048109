import { AppError } from '../../error'
import { hasRole } from '../../actor'
import { NUMBER_NEEDED } from '../commandInputs'
import type { CommandOf } from '../commands'
import type { DecideContext } from '../context'
import { dispatchDeadline } from '../deadlines'
import type { NewEvent } from '../events'
import type { Channel, TicketStatus, Urgency } from '../labels'
import { leadOf, type Ticket } from '../ticket'
import { assertFields, type Decider, missing } from './decider'

/** Channels whose sender stands outside the ticket, so that the contact may be missing. */
const CHANNEL_BRINGS_CONTACT: readonly Channel[] = [
  'mailbox',
  'province',
  'emergency110',
  'national',
  'peopleDaily',
  'leader',
  'rating',
  'grid',
  'department',
  'other',
]

const WITH_UNITS: readonly TicketStatus[] = ['dispatched', 'handling', 'unitReview', 'hotlineReview']

function dispatchBy(context: DecideContext, urgency: Urgency) {
  return dispatchDeadline(context.profile, context.calendar, { acceptedAt: context.at, urgency })
}

export function hasContact(caller: CommandOf<'register'>['caller']): boolean {
  return !!(caller.number || caller.phone)
}

/** 登记 (A01 A02): staff's tickets are accepted in the same commit, so title and matter are asked for at once. */
export function register(command: CommandOf<'register'>, context: DecideContext): NewEvent[] {
  const isStaff = hasRole(context.actor, 'agent', 'dispatcher', 'director', 'system')
  assertRated(command, context)
  const { type: _, caller, ...carried } = command
  const contact = hasContact(caller)
  const hasPlace = context.isExactPlace(command.regionCode) || command.location !== undefined
  assertFields([
    missing(!context.isRegion(command.regionCode), 'regionCode', '区划不存在'),
    missing(isStaff && !command.title, 'title', '请填写标题'),
    missing(isStaff && !command.matterCode, 'matterCode', '请选择事项'),
    missing(
      command.matterCode !== undefined && !context.isLeafMatter(command.matterCode),
      'matterCode',
      '请选择第三级事项',
    ),
    missing(hasPlace && !command.address, 'address', '有事发地的须填写具体地址'),
    missing(!contact && !CHANNEL_BRINGS_CONTACT.includes(command.channel), 'caller.number', NUMBER_NEEDED),
    missing(command.confidentiality === 2 && command.kind !== 'report', 'confidentiality', '举报保密仅用于举报'),
    ...command.accusedUnitIds.map((unitId, index) =>
      missing(!context.units.has(unitId), `accusedUnitIds.${index}`, '被反映单位不存在'),
    ),
  ])
  if (!context.fresh) throw new AppError('internal', '缺少工单编号')
  const registered: NewEvent = {
    type: 'ticket.registered',
    ...carried,
    ...context.fresh,
    needsCallback: carried.needsCallback && contact,
    isAnonymous: caller.isAnonymous,
    hasContact: contact,
    callerType: caller.type,
    callerGender: caller.gender,
  }
  if (!isStaff || !command.title || !command.matterCode) return [registered]
  const { by, explain } = dispatchBy(context, command.urgency)
  const { title, matterCode, regionCode } = command
  return [registered, { type: 'ticket.accepted', title, matterCode, regionCode, dispatchBy: by, explain }]
}

/** 差评整改: the system's alone, and all that it may register. */
function assertRated({ rated, kind, channel, externalNo }: CommandOf<'register'>, { actor }: DecideContext): void {
  const isOfSystem = hasRole(actor, 'system')
  if (rated && !isOfSystem) throw new AppError('forbidden', '差评整改工单由系统登记')
  if (!isOfSystem) return
  const isWhole = rated && kind === 'rating' && channel === 'rating' && externalNo === rated.ratingId
  if (!isWhole) throw new AppError('ruleViolated', '系统只登记差评整改工单')
}

export const accept: Decider<'accept'> = (command, ticket, context) => {
  const title = command.title ?? ticket.title
  const matterCode = command.matterCode ?? ticket.matterCode
  const regionCode = command.regionCode ?? ticket.regionCode
  assertFields([
    missing(!title, 'title', '请填写标题'),
    missing(!matterCode || !context.isLeafMatter(matterCode), 'matterCode', '请选择第三级事项'),
    missing(!context.isRegion(regionCode), 'regionCode', '区划不存在'),
  ])
  const { by, explain } = dispatchBy(context, ticket.urgency)
  return [
    {
      type: 'ticket.accepted',
      title: title as string,
      matterCode: matterCode as string,
      regionCode,
      dispatchBy: by,
      explain,
    },
  ]
}

/** 更正: old → new, the reason once a unit has it; nothing moves by itself. */
export const amend: Decider<'amend'> = ({ changes, reason }, ticket, context) => {
  const after = {
    regionCode: changes.regionCode ?? ticket.regionCode,
    location: changes.location ?? ticket.location,
    address: changes.address ?? ticket.address,
    confidentiality: changes.confidentiality ?? ticket.confidentiality,
    kind: changes.kind ?? ticket.kind,
    accusedUnitIds: changes.accusedUnitIds ?? ticket.accusedUnitIds,
  }
  const kept = ticket.participants?.flatMap(({ keptFrom }) => (keptFrom ? [keptFrom] : [])) ?? []
  const isPlaceTouched = [changes.regionCode, changes.location, changes.address].some((value) => value !== undefined)
  const hasPlace = context.isExactPlace(after.regionCode) || after.location !== undefined
  assertFields([
    missing(changes.title === '', 'changes.title', '请填写标题'),
    missing(ticket.dispatchCount > 0 && !reason, 'reason', '派单后更正须填写理由'),
    missing(
      changes.regionCode !== undefined && !context.isRegion(changes.regionCode),
      'changes.regionCode',
      '区划不存在',
    ),
    missing(
      changes.matterCode !== undefined && !context.isLeafMatter(changes.matterCode),
      'changes.matterCode',
      '请选择第三级事项',
    ),
    missing(
      changes.needsCallback === false && ticket.hasContact && ticket.rated?.isNamed === true,
      'changes.needsCallback',
      '实名差评必须回访',
    ),
    missing(changes.needsCallback === true && !ticket.hasContact, 'changes.needsCallback', '没有联系方式，不能回访'),
    missing(after.confidentiality === 2 && after.kind !== 'report', 'changes.confidentiality', '举报保密仅用于举报'),
    missing(
      kept.length > 0 && after.confidentiality < 2,
      'changes.confidentiality',
      '并入的诉求是举报保密件，不能降低保密级别，请先撤销并单',
    ),
    missing(
      kept.flat().some((accused) => !after.accusedUnitIds.includes(accused)),
      'changes.accusedUnitIds',
      '并入的举报保密件也反映了该单位，不能去掉',
    ),
    missing(isPlaceTouched && hasPlace && !after.address, 'changes.address', '有事发地的须填写具体地址'),
    ...(changes.accusedUnitIds ?? []).map((unitId, index) =>
      missing(!context.units.has(unitId), `changes.accusedUnitIds.${index}`, '被反映单位不存在'),
    ),
  ])
  const before = ticket as unknown as Record<string, unknown>
  const list = Object.entries(changes)
    .filter(([field, to]) => to !== undefined && JSON.stringify(before[field]) !== JSON.stringify(to))
    .map(([field, to]) => ({ field, from: before[field] ?? null, to }))
  if (list.length === 0) throw new AppError('ruleViolated', '没有改动')
  const isQueued = ticket.status === 'accepted' && changes.urgency !== undefined && changes.urgency !== ticket.urgency
  return [
    {
      type: 'ticket.amended',
      changes: list,
      reason,
      dispatchBy: isQueued ? dispatchBy(context, changes.urgency as Urgency).by : undefined,
      suggestion: suggestionAfter(ticket, { ...ticket, ...given(changes) }, context),
    },
  ]
}

const given = <T extends object>(changes: T) =>
  Object.fromEntries(Object.entries(changes).filter(([, to]) => to !== undefined)) as Partial<Ticket>

/**
 * Where the catalogue would send it now, if that is elsewhere than before and than where it is: asked, never done. `null` when an
 * earlier suggestion no longer stands. A lead that a person chose against the catalogue stays unquestioned while it says the same.
 */
function suggestionAfter(before: Ticket, after: Ticket, { suggest }: DecideContext) {
  const lead = leadOf(before)
  if (!suggest || !lead || !WITH_UNITS.includes(before.status)) return undefined
  const next = suggest(after)
  const pending = before.suggestion
  if (!next || next.leadUnitId === lead.unitId) return pending ? null : undefined
  const said = pending?.leadUnitId ?? suggest(before)?.leadUnitId
  return next.leadUnitId === said ? undefined : next
}

export const answer: Decider<'answer'> = ({ answer: text, knowledge }) => [
  { type: 'ticket.answered', answer: text, knowledge },
]

/** 不予受理须说明理由; 属法定途径的同时告知途径 (domain.md §2.2). */
export const decline: Decider<'decline'> = ({ code, reason, channelTold }) => {
  assertFields([missing(code === 'LEGAL' && !channelTold, 'channelTold', '请填写已告知的法定渠道')])
  return [{ type: 'ticket.declined', code, reason, channelTold }]
}

export const transferEmergency: Decider<'transferEmergency'> = (
  { to, transferredAt, isThreeWay, note },
  _ticket,
  { at },
) => {
  assertFields([missing(transferredAt.getTime() > at.getTime() + 60_000, 'transferredAt', '转接时间不能晚于现在')])
  return [{ type: 'ticket.emergencyTransferred', to, transferredAt, isThreeWay, note }]
}
