import { hasRole } from '../../actor'
import { AppError } from '../../error'
import { dispatchDeadline } from '../deadlines'
import { assertFields, type Decider, missing } from './decider'

export { joinCaller, leaveCaller, merge, unmerge } from './merging'

/** 退补 (A03): the time to dispatch stands still until it is supplied. */
export const requestInfo: Decider<'requestInfo'> = ({ missing: what }) => [
  { type: 'ticket.infoRequested', missing: what },
]

/** 补充: the caller gives facts, what they mean is the hotline's; the time to dispatch is counted anew. */
export const supplyInfo: Decider<'supplyInfo'> = (command, ticket, context) => {
  const { facts, title, matterCode, regionCode, address, location } = command
  const isCaller = hasRole(context.actor, 'caller')
  if (isCaller && [title, matterCode, regionCode].some((value) => value !== undefined))
    throw new AppError('ruleViolated', '标题、事项、区划由热线确定')
  const isPlaceTouched = [regionCode, address, location].some((value) => value !== undefined)
  const hasPlace = context.isExactPlace(regionCode ?? ticket.regionCode) || (location ?? ticket.location) !== undefined
  assertFields([
    missing(matterCode !== undefined && !context.isLeafMatter(matterCode), 'matterCode', '请选择第三级事项'),
    missing(regionCode !== undefined && !context.isRegion(regionCode), 'regionCode', '区划不存在'),
    missing(isPlaceTouched && hasPlace && !(address ?? ticket.address), 'address', '有事发地的须填写具体地址'),
  ])
  // What a citizen sent in waits for the hotline to accept it, whatever he adds.
  const isAccepted = isCaller
    ? ticket.acceptedAt !== undefined
    : !!(title ?? ticket.title) && !!(matterCode ?? ticket.matterCode)
  const { profile, calendar, at } = context
  const { by } = dispatchDeadline(profile, calendar, { acceptedAt: at, urgency: ticket.urgency })
  const changes = { title, matterCode, regionCode, address, location }
  return [{ type: 'ticket.infoSupplied', facts, changes, dispatchBy: isAccepted ? by : undefined }]
}

/** 补充新情况: the units are told; who is writing a reply must have read it. */
export const supplement: Decider<'supplement'> = ({ text, attachmentIds }) => [
  { type: 'ticket.supplemented', text, attachmentIds },
]

/** 作废 (A30): a registration that was an error. */
export const voidTicket: Decider<'void'> = ({ reason }) => [{ type: 'ticket.voided', reason }]

/** 撤回: the units stop where they are. */
export const withdraw: Decider<'withdraw'> = ({ reason }) => [{ type: 'ticket.withdrawn', reason }]

/** 归档 (A28): read-only from here. */
export const archive: Decider<'archive'> = () => [{ type: 'ticket.archived' }]

/** 维持承办单位: the catalogue's suggestion is looked at and not followed. */
export const keepUnit: Decider<'keepUnit'> = ({ opinion }) => [{ type: 'ticket.unitKept', opinion }]
