import { pairsOf } from '@hotline/shared/ticket/similarity'
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
  return [...pairsOf(text)]
}
