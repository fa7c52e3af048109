import type { Dice } from './random'
import type { Said } from './plan'

type Rating = Said['satisfaction']['result']

/** Of a hundred callers who are content with the result, how many say so in which words. */
const CONTENT: readonly (readonly [Rating, number])[] = [
  [5, 52],
  [4, 25],
  [3, 14],
  ['declined', 9],
]

function drawn<T>(dice: Dice, shares: readonly (readonly [T, number])[]): T {
  let left = dice.next() * shares.reduce((sum, [, share]) => sum + share, 0)
  return (shares.find(([, share]) => (left -= share) < 0) ?? shares[0]!)[0]
}

/** Closes the ticket; the unit's manners and the agent's are rated by themselves, and a few badly. */
export function happyCaller(dice: Dice): Said {
  const solved = dice.pick(['yes', 'yes', 'yes', 'yes', 'partly', 'noOpinion'] as const)
  return {
    method: dice.pick(['phone', 'phone', 'phone', 'sms', 'online'] as const),
    solved,
    contactedByUnit: dice.chance(0.9),
    satisfaction: {
      result: drawn(dice, CONTENT),
      attitude: dice.chance(0.04) ? 2 : drawn(dice, CONTENT),
      agent: dice.chance(0.03) ? 1 : drawn(dice, CONTENT),
    },
    remark: dice.chance(0.3) ? '感谢工作人员的及时处理。' : undefined,
  }
}

export function unhappyCaller(dice: Dice, judged: 'reasonable' | 'unreasonable'): Said {
  const isUnsolved = dice.chance(0.6)
  return {
    method: 'phone',
    solved: isUnsolved ? 'no' : 'partly',
    contactedByUnit: dice.chance(0.6),
    satisfaction: { result: dice.pick([1, 2] as const), attitude: dice.pick([2, 3, 4] as const), agent: 5 },
    reasons: isUnsolved ? ['notSolved'] : [dice.pick(['answerRejected', 'passingTheBuck', 'late'] as const)],
    remark: judged === 'reasonable' ? '问题没有真正解决，要求重新办理。' : '要求超出政策规定的补偿。',
    judged,
  }
}
