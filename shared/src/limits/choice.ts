import { AppError } from '../error'
import { isNeverLonger, limitText } from './limit'
import { limitFor, type Limit, type LimitCase, type LimitProfile } from './profile'

export interface LimitChoice {
  limit: Limit
  from: 'statutory' | 'manual' | 'catalogue' | 'profile'
  /** Chinese: which limit was taken and why. */
  explain: string[]
}

/**
 * Statutory before manual before catalogue row before profile. A manual limit may only shorten. A catalogue row speaks
 * of the ordinary case, so it may shorten the limit of an urgent matter and never lengthen it.
 * @throws AppError ruleViolated: the manual limit is longer, or cannot be compared
 */
export function chooseLimit(
  profile: LimitProfile,
  of: LimitCase,
  given: { statutory?: Limit; manual?: Limit; catalogue?: Limit } = {},
): LimitChoice {
  const own = limitFor(profile, of)
  const { statutory, manual, catalogue } = given
  if (statutory) {
    const chosen = choice('statutory', statutory, `法定时限 ${limitText(statutory)}，从其规定`)
    if (manual) chosen.explain.push(`派单时指定的 ${limitText(manual)}不采用`)
    return chosen
  }

  const isCatalogueTaken = catalogue && (of.urgency === 'general' || isNeverLonger(catalogue, own))
  const standard = isCatalogueTaken
    ? choice('catalogue', catalogue, `派单目录规定 ${limitText(catalogue)}`)
    : choice('profile', own, `时限方案“${profile.name}”规定 ${limitText(own)}`)
  if (catalogue && !isCatalogueTaken)
    standard.explain.unshift(`派单目录规定 ${limitText(catalogue)}，长于紧急工单的时限，不采用`)
  if (!manual) return standard

  if (!isNeverLonger(manual, standard.limit)) {
    const hint = manual.unit === standard.limit.unit ? '' : '；两者单位不同，指定的遇节假日可能更长，请换用相同单位'
    const message = `指定的时限 ${limitText(manual)}不能长于规定的 ${limitText(standard.limit)}，只能缩短${hint}`
    throw new AppError('ruleViolated', message, { standard: standard.limit })
  }
  const chosen = choice('manual', manual, `派单时指定 ${limitText(manual)}`)
  return { ...chosen, explain: [...standard.explain, ...chosen.explain] }
}

function choice(from: LimitChoice['from'], limit: Limit, why: string): LimitChoice {
  return { limit, from, explain: [why] }
}
