import { TEXT_MAX } from '@hotline/shared/ticket/commandInputs'

/** What is there already stays, and nothing comes twice; the basis stands on a line of its own. */
export function withAnswer(before: string, answer: string, basis = ''): string {
  const own = before.trim()
  const said = answer.trim()
  if (said === '' || own.includes(said)) return before
  const added = basis.trim() ? `${said}\n依据：${basis.trim()}` : said
  return (own ? `${own}\n${added}` : added).slice(0, TEXT_MAX)
}
