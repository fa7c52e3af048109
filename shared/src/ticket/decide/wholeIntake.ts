import { AppError } from '../../error'
import type { Decider } from './decider'

const later = () => {
  throw new AppError('ruleViolated', '暂不可用')
}
export const requestInfo: Decider<'requestInfo'> = later
export const supplyInfo: Decider<'supplyInfo'> = later
export const supplement: Decider<'supplement'> = later
export const merge: Decider<'merge'> = later
export const unmerge: Decider<'unmerge'> = later
export const joinCaller: Decider<'joinCaller'> = later
export const leaveCaller: Decider<'leaveCaller'> = later
export const voidTicket: Decider<'void'> = later
export const withdraw: Decider<'withdraw'> = later
export const archive: Decider<'archive'> = later

/** 维持承办单位: the catalogue's suggestion is looked at and not followed. */
export const keepUnit: Decider<'keepUnit'> = ({ opinion }) => [{ type: 'ticket.unitKept', opinion }]
