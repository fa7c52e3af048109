import { AppError, type FieldError } from '@hotline/shared/error'
import { config, ZodError, type core, type z } from 'zod'

const TYPE_NAMES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '对象',
  record: '对象',
  date: '时间',
}

/**
 * Chinese for what a schema itself does not say. Set for the whole process, because schemas are shared by all features
 * and each keeps the right to a better sentence of its own.
 */
config({ customError: (issue) => describe(issue) })

function describe(issue: core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return '必填'
      return `应为${TYPE_NAMES[issue.expected] ?? issue.expected}`
    case 'too_small':
      if (issue.origin === 'string') return Number(issue.minimum) <= 1 ? '必填' : `至少 ${issue.minimum} 个字`
      if (issue.origin === 'array') return `至少 ${issue.minimum} 项`
      return `不得小于 ${issue.minimum}`
    case 'too_big':
      if (issue.origin === 'string') return `最多 ${issue.maximum} 个字`
      if (issue.origin === 'array') return `最多 ${issue.maximum} 项`
      return `不得大于 ${issue.maximum}`
    case 'invalid_value':
      return `只能是 ${issue.values.map(String).join('、')} 之一`
    case 'invalid_format':
      return '格式不正确'
    case 'unrecognized_keys':
      return `不认识的字段：${issue.keys.join('、')}`
    case 'invalid_union':
      return '不符合任何一种允许的形式'
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数`
    case 'invalid_key':
    case 'invalid_element':
      return '内容不正确'
    default:
      return undefined
  }
}

/** Every broken field, with its path as the form knows it: `caller.number`, `coUnitIds.0`. */
export function fieldErrorsOf(error: ZodError): FieldError[] {
  return error.issues.flatMap((issue) => flatten(issue, []))
}

function flatten(issue: core.$ZodIssue, prefix: PropertyKey[]): FieldError[] {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that fits best is the one that its author meant.
    const best = [...issue.errors].sort((a, b) => a.length - b.length)[0]
    if (best && best.length > 0) return best.flatMap((inner) => flatten(inner, path))
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].map(String).join('.'), message: '不认识的字段' }))
  }
  return [{ path: path.map(String).join('.'), message: issue.message }]
}

/** @throws AppError invalidInput with all broken fields */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input ?? {})
  if (result.success) return result.data
  throw new AppError('invalidInput', '提交的内容不完整或不正确', { fields: fieldErrorsOf(result.error) })
}
