import { AppError } from '../../error'
import type { Decider } from './decider'

const later = () => {
  throw new AppError('ruleViolated', '暂不可用')
}
export const rate: Decider<'rate'> = later
export const rectify: Decider<'rectify'> = later
export const appealRating: Decider<'appealRating'> = later
export const judgeRating: Decider<'judgeRating'> = later
