import { COMPLEXITY_LABELS, CONFIDENTIALITY_LABELS, KIND_LABELS, URGENCY_LABELS } from '@hotline/shared/ticket/labels'
import { moment } from '../../platform/format'

const LABELS: Record<string, Record<string | number, string>> = {
  kind: KIND_LABELS,
  urgency: URGENCY_LABELS,
  complexity: COMPLEXITY_LABELS,
  confidentiality: CONFIDENTIALITY_LABELS,
}

/** Codes of places, matters or units that a value holds. */
export function codesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((code) => typeof code === 'string')
  return typeof value === 'string' && value !== '' ? [value] : []
}

/** A ticket's field as a person reads it. `names`: of codes, as far as they are known. */
export function fieldText(field: string, value: unknown, names: Record<string, string> = {}): string {
  if (value === undefined || value === null || value === '') return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  const labels = LABELS[field]
  if (labels) return labels[value as string] ?? JSON.stringify(value)
  if (field === 'occurredAt') return moment(value as string)
  if (field === 'location') {
    const { lng, lat } = value as { lng: number; lat: number }
    return `${lng.toFixed(5)}，${lat.toFixed(5)}`
  }
  if (Array.isArray(value))
    return codesOf(value)
      .map((code) => names[code] ?? code)
      .join('、')
  return typeof value === 'string' ? (names[value] ?? value) : JSON.stringify(value)
}
