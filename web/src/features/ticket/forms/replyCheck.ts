import { COMMAND_SCHEMAS } from '@hotline/shared/ticket/commands'
import { replyProblems } from '@hotline/shared/ticket/replyRules'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { ReplyAnswers } from './replyAnswers'

type Body = Record<string, unknown>
type Assignment = TicketView['assignments'][number]

const NAMES: Record<string, string> = {
  isFactual: '诉求是否属实',
  contacted: '是否联系诉求人',
  contactMethod: '联系方式',
  contactedAt: '联系时间',
  contactNumber: '联系号码',
  solved: '是否解决',
  unsolvedReason: '未完全解决的原因',
  overdueReason: '超期原因',
  handling: '办理情况',
  publicReply: '公开答复',
  legalBasis: '法规依据',
  attachmentIds: '附件',
}

export interface Gap {
  path: string
  name: string
  message: string
}

/** What still keeps the reply from being handed in, one for each field, in the order of the form. */
export function replyGaps(body: Body, ticket: TicketView, mine: Assignment, at: Date): Gap[] {
  const { error, data } = COMMAND_SCHEMAS.reply.safeParse({ ...body, type: 'reply', version: ticket.version })
  const formal = error?.issues.map(({ path, message }) => ({ path: path.join('.'), message })) ?? []
  const ruled = replyProblems(
    { ...body, contactedAt: typeof body.contactedAt === 'string' ? new Date(body.contactedAt) : undefined, ...data },
    { ticket, dispatchedAt: new Date(mine.dispatchedAt), resolveBy: new Date(mine.resolveBy), at },
  )
  const first = new Map<string, Gap>()
  for (const { path, message } of [...formal, ...ruled])
    if (!first.has(path)) first.set(path, { path, message, name: NAMES[path] ?? path })
  const order = Object.keys(NAMES)
  return [...first.values()].sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path))
}

const SHORT = 30

/** What a reviewer would send it back for, though no rule forbids it. */
export function replyAdvice({
  contacted,
  solved,
  isFactual,
  publicReply,
  handling,
  legalBasis,
}: ReplyAnswers): string[] {
  const said = publicReply.trim()
  const advice: [boolean, string][] = [
    [contacted === 'no', '没有联系诉求人：请在办理情况里写明原因，否则审核多会退回'],
    [said.length > 0 && said.length < SHORT, `公开答复只有 ${said.length} 个字，请写明事实、处理结果和依据`],
    [said.length > 0 && said === handling.trim(), '公开答复与办理情况完全相同：前者给诉求人看，请换成对他说的话'],
    [/[:：]\s*$/.test(said) || /[:：][ \t]{3,}|_{2,}/.test(publicReply), '公开答复里还有没填的空'],
    [isFactual === 'no' && solved === 'yes', '诉求不属实又已解决：请核对两项'],
    [solved === 'notHandled' && !legalBasis.trim(), '不予办理的，请写明依据'],
  ]
  return advice.filter(([applies]) => applies).map(([, text]) => text)
}
