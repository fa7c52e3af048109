import type { Ticket } from '@hotline/shared/ticket/ticket'
import { createNameMask, maskEveryNumber } from '@hotline/shared/user/masking'
import type { SealedContact } from './sealedContact'
import type { SealedData } from './ticketDocument'

/** Nobody but the hotline may find out whose matter it is. */
export function isHidden({ confidentiality, isAnonymous }: Pick<Ticket, 'confidentiality' | 'isAnonymous'>): boolean {
  return confidentiality > 0 || isAnonymous
}

/** Takes every number and the caller's own name out of free text (domain.md §5.3). */
export function createHider(
  ticketId: string,
  sealed: Pick<SealedData, 'name'>,
  contact: Pick<SealedContact, 'nameOf'>,
): { hide(text: string): string; name?: string } {
  const name = contact.nameOf(ticketId, sealed)
  const hideName = createNameMask(name)
  return { hide: (text) => hideName(maskEveryNumber(text)), name }
}

/**
 * Fields whose text is no citizen's: names of staff, units, places and matters, and our own explanations of a deadline.
 * A caller may have the name of a clerk.
 */
const OURS = new Set([
  'name',
  'handlerName',
  'leadUnitName',
  'unitNames',
  'matterName',
  'regionName',
  'explain',
  'label',
  'ruleReason',
  'can',
])
/** Free text that may hold no Chinese at all, but a number. */
const FREE_TEXT = new Set([
  ...['title', 'detail', 'address', 'note', 'reason', 'text', 'result', 'remark', 'handling', 'publicReply'],
  ...['unsolvedReason', 'overdueReason', 'opinion', 'answer', 'newFacts', 'from', 'to', 'excerpt', 'task', 'standard'],
  ...['basis', 'legalBasis', 'channelTold', 'topic', 'place', 'people', 'findings', 'requirement', 'cause', 'measures'],
  ...['missing', 'facts', 'comment', 'lockedReason', 'cancelReason', 'externalNo'],
])
const CHINESE = /\p{Script=Han}/u

/** Every free text in a view, whichever field it stands in: what holds Chinese and is not ours is somebody's words. */
export function hideTexts<T>(value: T, hide: (text: string) => string, key = ''): T {
  if (OURS.has(key)) return value
  if (typeof value === 'string') return (FREE_TEXT.has(key) || CHINESE.test(value) ? hide(value) : value) as T
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  if (Array.isArray(value)) return value.map((item: unknown) => hideTexts(item, hide, key)) as T
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, hideTexts(entry, hide, name)])) as T
}
