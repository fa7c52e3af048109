import type { FieldError } from '../error'
import type { CommandInput } from './commands'
import type { Ticket } from './ticket'

type Said = Pick<
  CommandInput<'reply'>,
  'contacted' | 'contactNumber' | 'contactMethod' | 'solved' | 'unsolvedReason' | 'overdueReason'
> & { contactedAt?: Date }

/** The ticket and the unit's own clock, as far as the rules of a reply need them. */
export interface ReplyGround {
  ticket: Pick<Ticket, 'isAnonymous' | 'confidentiality' | 'hasContact'>
  dispatchedAt: Date
  resolveBy: Date
  at: Date
}

/** What a reply (办理反馈, H2) must say besides its fields; the same for the screen while it is written. */
export function replyProblems(said: Partial<Said>, { ticket, dispatchedAt, resolveBy, at }: ReplyGround): FieldError[] {
  const { contacted, contactNumber, contactedAt, contactMethod, solved, unsolvedReason, overdueReason } = said
  const isForbidden = ticket.isAnonymous || ticket.confidentiality > 0
  const isContacted = contacted === 'yes'
  const rules: [isBroken: boolean, path: string, message: string][] = [
    [isForbidden && isContacted, 'contacted', '匿名或保密工单不得联系诉求人'],
    [!isForbidden && ticket.hasContact && contacted === 'exempt', 'contacted', '本件应当联系诉求人'],
    [isContacted && !contactedAt, 'contactedAt', '请填写联系时间'],
    [isContacted && isAfter(contactedAt, at), 'contactedAt', '联系时间不能晚于现在'],
    [isContacted && isAfter(dispatchedAt, contactedAt), 'contactedAt', '联系时间不能早于派单'],
    [isContacted && !contactMethod, 'contactMethod', '请选择联系方式'],
    [isContacted && contactMethod === 'phone' && !contactNumber, 'contactNumber', '请填写联系号码'],
    [solved !== undefined && solved !== 'yes' && !unsolvedReason, 'unsolvedReason', '未完全解决的须填写原因'],
    [at.getTime() > resolveBy.getTime() && !overdueReason, 'overdueReason', '已超期，请填写超期原因'],
  ]
  return rules.filter(([isBroken]) => isBroken).map(([, path, message]) => ({ path, message }))
}

/** By more than the minute to which such times are entered. */
function isAfter(one: Date | undefined, other: Date | undefined): boolean {
  return !!one && !!other && one.getTime() > other.getTime() + 60_000
}
