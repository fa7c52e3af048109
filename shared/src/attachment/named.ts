/**
 * Every attachment that a ticket, an event or anything else cut to an actor's sight names. So an attachment is seen
 * exactly by whoever sees the sentence that it stands at.
 */
export function attachmentIdsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (value === null || typeof value !== 'object' || value instanceof Date) return found
  for (const [field, inner] of Object.entries(value)) {
    if (field === 'attachmentIds' && Array.isArray(inner)) for (const id of inner) found.add(String(id))
    else attachmentIdsIn(inner, found)
  }
  return found
}
