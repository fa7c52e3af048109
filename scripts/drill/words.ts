import type { Kind } from '@hotline/shared/ticket/labels'
import type { Message } from './messages'

const NATURES: Record<string, Kind> = {
  咨询: 'inquiry',
  求助: 'help',
  投诉: 'complaint',
  举报: 'report',
  建议: 'suggestion',
  表扬: 'praise',
}

/** The first that is found decides; what says nothing of itself asks for help. */
const KIND_WORDS: readonly (readonly [Kind, RegExp])[] = [
  ['praise', /表扬|点赞|感谢信|致谢|锦旗/],
  ['report', /举报|贪污|受贿|偷税|漏税|骗取|非法集资/],
  ['complaint', /投诉|扰民|乱收费|不作为|违规|违建|欺骗|霸王|拖欠|噪音|噪声|黑心|强制/],
  ['suggestion', /建议|应该增加|能否增设|希望增设|倡议/],
  ['inquiry', /咨询|请问|是否|何时|什么时候|怎么办理|如何|吗？|吗\?|多少|政策/],
]

/** 诉求类型 by the file's own word, else by the words of title and text. */
export function kindOf({ nature, title, detail }: Message): Kind {
  const said = nature === undefined ? undefined : NATURES[nature]
  const byWords = (text: string) => KIND_WORDS.find(([, words]) => words.test(text))?.[0]
  return said ?? byWords(title) ?? byWords(detail) ?? 'help'
}

const PLACE = /[\u4E00-\u9FA5A-Z0-9]{2,14}?(?:大道|[路街巷村镇]|小区|花园|家园|社区|广场|市场|学校|小学|中学|医院|车站)/

/** A place that the text names, else what stands instead. */
export function addressOf({ title, detail }: Message, otherwise: string): string {
  const found = PLACE.exec(title)?.[0] ?? PLACE.exec(detail)?.[0]
  return found ? `${otherwise}${found.replace(/^[在从到于与和、]+/, '')}` : otherwise
}

/** The department's real words, else some that fit; `round` is 1 for the first answer. */
export function replyOf({ title, reply }: Message, round: number): string {
  const first =
    reply ??
    `您好！您反映的“${title}”已收悉。我单位安排专人到现场核实，情况属实，已责成责任人限期整改，并将加强日常巡查。感谢您对我们工作的关心、监督与支持。`
  return round === 1 ? first : `经进一步核实处理，现再次答复如下：${first}`.slice(0, 20_000)
}

const CJK_RUN = /[\u4E00-\u9FA5]{4,}/g

/** Words of Chinese alone, long ones first: numbers and marks are not what one searches by. */
export function searchWordsOf({ title, detail }: Pick<Message, 'title' | 'detail'>): string[] {
  const runs = [...(title.match(CJK_RUN) ?? []), ...(detail.match(CJK_RUN) ?? [])]
  return runs.map((run) => run.slice(0, 12)).sort((a, b) => b.length - a.length)
}
