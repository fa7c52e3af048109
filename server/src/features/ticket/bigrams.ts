import { maskText } from '@hotline/shared/user/masking'

/** What a telephone or identity number leaves behind is a break: no digit of it can be searched for. */
const MASKED = /[\d*]*\*{2,}[\d*Xx]*/g
/** Long runs of digits are numbers of somebody, whatever they are. */
const DIGIT_RUN = /\d{7,}/g

/** The text as it is searched: one width, one case, no white space, no personal numbers. */
export function searchableText(text: string): string {
  return maskText(text.normalize('NFKC').replace(/\s+/g, ''))
    .replace(MASKED, '\n')
    .replace(DIGIT_RUN, '\n')
    .toLowerCase()
}

/** Every pair of neighbouring characters, as a number: what contains a word contains all of the word's pairs. */
export function bigramsOf(text: string): number[] {
  const grams = new Set<number>()
  for (let index = 0; index + 1 < text.length; index += 1) {
    const left = text.charCodeAt(index)
    const right = text.charCodeAt(index + 1)
    if (left === 10 || right === 10) continue
    grams.add((left << 16) | right | 0)
  }
  return [...grams]
}
