import { TITLE_MAX } from '@hotline/shared/ticket/commandInputs'

/** Short enough to be read at a glance in a list. */
const WANTED = 30
const SALUTATION = /^(尊敬|敬爱|亲爱)的.{1,12}?(书记|市长|县长|区长|局长|主任|领导)们?[,:\s\u3001\uff0c\uff1a]*/
const GREETING = /^(尊敬的|敬爱的|亲爱的)?.{0,12}?(您好|你好)[!,.:\s\u3001\u3002\uff01\uff0c\uff1a]*/
const OPENING =
  /^(市民|诉求人|来电人|群众|本人|我)?(来电|致电|打电话)?(反映|表示|称|投诉|咨询|求助|举报|建议|想问|想咨询)(一下)?[,:\s\uff0c\uff1a]*/
/** Who somebody is and where he lives is not what he calls about. */
const SELF = /^(我|我们|本人|我家)(是|叫|姓|住|家|在|的)/
const SENTENCE_END = /[!?;\n\u3002\uff01\uff1b\uff1f]/
const CLAUSE_END = /[,:\u3001\uff0c\uff1a]/

/** A title from the first sentence that says something; a greeting says nothing. Empty for an empty text. */
export function suggestTitle(detail: string): string {
  const sentences = detail
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim().replace(SALUTATION, '').replace(GREETING, '').replace(OPENING, '').trim())
  const first = sentences.find((sentence) => sentence.length >= 6) ?? sentences.find(Boolean) ?? ''
  return shorten(first)
}

/** Whole clauses up to the wanted length; a first clause that is too long is cut. */
function shorten(sentence: string): string {
  const all = sentence.split(CLAUSE_END).filter(Boolean)
  const start = all.findIndex((clause) => !SELF.test(clause))
  const clauses = all.slice(Math.max(0, start))
  let title = clauses[0] ?? ''
  for (const clause of clauses.slice(1)) {
    if (title.length >= 10 || title.length + 1 + clause.length > WANTED) break
    title = `${title}，${clause}`
  }
  return title.length > TITLE_MAX ? `${title.slice(0, TITLE_MAX - 1)}…` : title
}
