import { z } from 'zod'

/** 法规依据 that the catalogue and the duty list name, to be cited in a reply. */
export const BasisQuery = z.strictObject({
  q: z.string().trim().max(60).optional(),
  matterCode: z.string().max(12).optional(),
})
export const BasisView = z.object({
  text: z.string(),
  /** A matter for which it stands there. */
  matterName: z.string(),
  /** It is of the matter that was asked for. */
  isOfMatter: z.boolean(),
})
export type BasisView = z.output<typeof BasisView>

export interface BasisSource {
  matterCode: string
  basis: string
}

const MOST = 20

/** One law each, the matter's own first, then those whose words are looked for. */
export function findBases(
  sources: readonly BasisSource[],
  { q = '', matterCode }: z.output<typeof BasisQuery>,
  fullName: (matterCode: string) => string,
): BasisView[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const found = new Map<string, BasisView>()
  const isOf = (code: string) =>
    matterCode !== undefined && (matterCode.startsWith(code) || code.startsWith(matterCode))
  const ordered = [...sources].sort((a, b) => closeness(b.matterCode) - closeness(a.matterCode))
  function closeness(code: string): number {
    return isOf(code) ? 10 + code.length : 0
  }
  for (const { matterCode: code, basis } of ordered)
    for (const text of basis.split(/[；;]/).map((one) => one.trim())) {
      if (!text || found.has(text)) continue
      const matterName = fullName(code)
      const hay = `${text} ${matterName}`.toLowerCase()
      if (words.length > 0 ? words.every((word) => hay.includes(word)) : isOf(code))
        found.set(text, { text, matterName, isOfMatter: isOf(code) })
    }
  return [...found.values()].slice(0, MOST)
}
