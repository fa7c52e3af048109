import { AppError } from '../../error'
import type { Decider } from './decider'

const later = () => {
  throw new AppError('ruleViolated', '暂不可用')
}
export const supervise: Decider<'supervise'> = later
export const answerSupervision: Decider<'answerSupervision'> = later
export const closeSupervision: Decider<'closeSupervision'> = later
export const escalate: Decider<'escalate'> = later
export const instruct: Decider<'instruct'> = later
export const appealCallback: Decider<'appealCallback'> = later
