/** 事项. Codes are 2+2+2 digits: 01, 0103, 010305. Only third-level matters are given to a ticket. */
export interface Matter {
  code: string
  name: string
  parentCode: string | null
  level: 1 | 2 | 3
  /** What citizens say when they mean it; empty above the third level. */
  keywords: readonly string[]
  /** Those among them that tell the manner or the scene rather than the matter (建议、乱收费、学校): they count for little. */
  weakKeywords: readonly string[]
  /** First letters of the name's pinyin: 夜间施工噪音 → yjsgzy. */
  initials: string
}

export interface Matters {
  get(code: string): Matter | undefined
  has(code: string): boolean
  /** A third-level matter: the only ones that a ticket may carry. */
  isLeaf(code: string): boolean
  /** ['01', '0103', '010305']; empty for an unknown code. */
  pathOf(code: string): string[]
  /** The bare name, or the code itself when unknown. */
  name(code: string): string
  /** 住房建设>施工管理>夜间施工噪音 */
  fullName(code: string): string
  /** Under a code, or the first level for null. */
  children(code: string | null): Matter[]
  leaves(): readonly Matter[]
  all(): readonly Matter[]
}
