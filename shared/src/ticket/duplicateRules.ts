/**
 * From when on a matter counts as repeated. Numbers of the product, not of a city: no regulation that we know gives any
 * (domain.md §2.8); 重复诉求原则上并单处理 is 国办函〔2025〕66 号 (五).
 */
export interface DuplicateRules {
  source: string
  /** How long an earlier ticket is held against a new one. */
  days: number
  /** 疑似重复: same number, same district, same third-level matter, and a text at least as alike as this. */
  repeatSimilarity: number
  /** 可能重复: the same number again, with a text like this, whatever the matter is called. */
  likelySimilarity: number
  /** 文字相似: somebody else, anywhere, with a text like this. */
  alikeSimilarity: number
  /** Same matter in the same street, of which one names no spot: the texts are at least this alike. */
  streetSimilarity: number
  /** Below this a likeness is not spoken of. */
  toldSimilarity: number
  /** 热点: so many callers in a day on one matter in one spot. */
  hotCallersPerDay: number
  /** Most shown. */
  shown: number
}

export const DUPLICATE_RULES: DuplicateRules = {
  source: '产品默认；依据国办函〔2025〕66 号（五）“重复诉求原则上并单处理”，各地未见量化标准',
  days: 30,
  repeatSimilarity: 0.8,
  likelySimilarity: 0.4,
  alikeSimilarity: 0.6,
  streetSimilarity: 0.3,
  toldSimilarity: 0.3,
  hotCallersPerDay: 5,
  shown: 10,
}
