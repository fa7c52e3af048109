import { diffText, type DiffPart } from '@hotline/shared/knowledge/diff'
import type { ContentView } from '@hotline/shared/knowledge/view'

const FIELDS: readonly (readonly [string, (content: ContentView) => string])[] = [
  ['问题', ({ question }) => question],
  ['答复口径', ({ answer }) => answer],
  ['受理提示', ({ guidance }) => guidance ?? ''],
  ['依据', ({ basis }) => basis],
  ['责任单位', ({ unitName }) => unitName],
  ['事项', ({ matters }) => matters.map(({ name }) => name).join('\n')],
  ['适用地区', ({ regions }) => regions.map(({ name }) => name).join('、') || '全市'],
  ['有效期', ({ validFrom, validUntil }) => `${validFrom} 起，${validUntil ? `至 ${validUntil}` : '长期有效'}`],
  ['公众可查', ({ isPublic }) => (isPublic ? '是' : '否')],
  ['其他问法', ({ phrasings }) => phrasings.join('\n')],
  ['关键词', ({ keywords }) => keywords.join('、')],
]

/** Of two versions only what is not the same. */
export function diffContent(before: ContentView, after: ContentView): { label: string; parts: DiffPart[] }[] {
  return FIELDS.flatMap(([label, read]) => {
    const [old, next] = [read(before), read(after)]
    return old === next ? [] : [{ label, parts: diffText(old, next) }]
  })
}
