import { randomUUID } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import type { RateInput, RatingItem, RatingPage } from '@hotline/shared/rating/view'
import { lookAgain } from './act'
import type { Company } from './company'
import type { Message } from './messages'
import type { Todo } from './plan'
import type { Dice } from './random'
import { externalNoOf, type Registered } from './register'
import { until } from './until'

const RATED = ['bureau', 'countyBureau', 'town']
const COMMENT_MAX = 1_500

/** The message is what somebody says of a counter: no ticket is registered, the system makes one of it. */
export async function rateAtCounter(
  given: Message,
  index: number,
  { rating, agent }: Todo,
  dice: Dice,
  company: Company,
): Promise<Registered> {
  const { people, world, runId } = company
  const unit = dice.pick(world.units.filter(({ kind }) => RATED.includes(kind)))
  const number = `139${String(dice.int(0, 99_999_999)).padStart(8, '0')}`
  const { channel = 'counter', isNamed = false } = rating ?? {}
  const message = { ...given, detail: given.detail.slice(0, COMMENT_MAX) }
  const input: RateInput = {
    ...{ channel, unitId: unit.id, isNamed, isActive: true },
    score: dice.pick([1, 2] as const),
    comment: `${message.title}。${message.detail}`,
    item: '不动产登记',
    window: `${dice.int(1, 30)} 号窗口`,
    externalNo: externalNoOf(runId, index),
    contact: isNamed ? { name: '王女士', phone: number } : undefined,
  }
  const as = channel === 'phone' ? agent : `clerk@${unit.id}`
  const { id } = (await people.post<RatingItem>(as, '/api/ratings', input, randomUUID())).body
  const view = await rectificationOf((item) => item.id === id, company)
  return { view, candidates: [], number, queryCode: '', message }
}

/** The ticket that the system has made of a caller's bad rating of his ticket. */
export function findRectification(ticketId: string, company: Company) {
  return rectificationOf((item) => item.ticketId === ticketId, company)
}

async function rectificationOf(isIt: (item: RatingItem) => boolean, company: Company) {
  const { people } = company
  let found: RatingItem | undefined
  await until(async () => {
    const { items } = await people.get<RatingPage>('director', '/api/ratings?grade=bad&pageSize=100')
    found = items.find((item) => isIt(item) && item.rectification)
    return found !== undefined
  })
  if (!found?.rectification) throw new AppError('internal', '差评没有转为整改工单')
  return lookAgain(found.rectification.ticketId, company)
}
