import { pinyin } from 'pinyin-pro'

/** First letters of the pinyin, lower case; what is not Chinese stays as it is: 12345热线 → 12345rx. */
export function pinyinInitials(text: string): string {
  return pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}
