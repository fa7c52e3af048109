import type { KnowledgeInput } from '@hotline/shared/knowledge/inputs'
import type { ContentView } from '@hotline/shared/knowledge/view'

/** What the editor holds: lists as lines and words, as people write them. */
export interface ContentForm {
  question: string
  phrasings: string
  keywords: string
  answer: string
  guidance: string
  basis: string
  unitId?: string
  matterCodes: string[]
  regionCodes: string[]
  validFrom?: string
  validUntil?: string
  isPublic: boolean
  note: string
}

export function emptyForm(today: string, unitId?: string): ContentForm {
  return {
    ...{ question: '', phrasings: '', keywords: '', answer: '', guidance: '', basis: '', note: '' },
    ...{ unitId, matterCodes: [], regionCodes: [], validFrom: today, isPublic: false },
  }
}

export function formOf(content: ContentView, note: string): ContentForm {
  const {
    question,
    phrasings,
    keywords,
    answer,
    guidance = '',
    basis,
    unitId,
    validFrom,
    validUntil,
    isPublic,
  } = content
  return {
    ...{ question, answer, guidance, basis, unitId, validFrom, validUntil, isPublic, note },
    phrasings: phrasings.join('\n'),
    keywords: keywords.join(' '),
    matterCodes: content.matters.map(({ code }) => code),
    regionCodes: content.regions.map(({ code }) => code),
  }
}

const listOf = (text: string, between: RegExp) => [
  ...new Set(
    text
      .split(between)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]

export function inputOf(form: ContentForm): KnowledgeInput {
  const { question, answer, guidance, basis, unitId = '', matterCodes, regionCodes, validFrom = '', validUntil } = form
  return {
    ...{ question, answer, basis, unitId, matterCodes, regionCodes, validFrom, isPublic: form.isPublic },
    phrasings: listOf(form.phrasings, /\n/),
    keywords: listOf(form.keywords, /[\s,，、；;]+/),
    ...(guidance.trim() ? { guidance } : {}),
    ...(validUntil ? { validUntil } : {}),
  }
}
