import { AppError } from '../../error'
import type { Decider } from './decider'

const later = () => {
  throw new AppError('ruleViolated', '暂不可用')
}
export const openConsultation: Decider<'openConsultation'> = later
export const giveOpinion: Decider<'giveOpinion'> = later
export const recordSiteVisit: Decider<'recordSiteVisit'> = later
export const concludeConsultation: Decider<'concludeConsultation'> = later
export const cancelConsultation: Decider<'cancelConsultation'> = later
export const delegate: Decider<'delegate'> = later
export const recallDelegation: Decider<'recallDelegation'> = later
export const sendBack: Decider<'sendBack'> = later
export const requestSuspension: Decider<'requestSuspension'> = later
export const approveSuspension: Decider<'approveSuspension'> = later
export const rejectSuspension: Decider<'rejectSuspension'> = later
export const resume: Decider<'resume'> = later
export const requestTermination: Decider<'requestTermination'> = later
export const approveTermination: Decider<'approveTermination'> = later
export const rejectTermination: Decider<'rejectTermination'> = later
