/** An ordinary question of the demo city, as its keeper would have written it. */
export interface SeedArticle {
  question: string
  phrasings: string[]
  keywords: string[]
  /** Paragraphs. */
  answer: string[]
  /** 受理提示, for agents alone. */
  guidance?: string
  basis: string
  /** Suffix of the city's bureau: RS, YB, … */
  unit: string
  matterCodes: string[]
  /** Days from today to its last day; a year when not given, none for null. */
  endsIn?: number | null
  isInternal?: boolean
}
