import { maskText } from '../user/masking'

/** What stands in a text for the caller and should not. */
export interface PublicWarning {
  /** As it stands there. */
  found: string
  message: string
}

/** The hotline and the state's own lines may be told to everybody. */
const PUBLIC_NUMBERS = /^(?:12345|1\d{2}|12\d{3}|[48]00\d{7})$/
const NUMBERS = /(?<![\d*])(?:\+?86[-\s]?)?\d(?:[\s-]?[\dXx]){6,18}(?![\d*])/g

/**
 * 公开答复 is read by the caller, and by everybody where the ticket is published: numbers of persons and names from
 * inside the house do not belong there. An office's own line does.
 * @param internalNames of the people who worked on it
 * @param callerName as far as it is known; masked ones say nothing
 */
export function publicTextWarnings(
  text: string,
  { internalNames, callerName }: { internalNames: readonly string[]; callerName?: string },
): PublicWarning[] {
  const plain = text.normalize('NFKC')
  const numbers = [...plain.matchAll(NUMBERS)].flatMap(([found]): PublicWarning[] => {
    const digits = found.replace(/[^\dXx]/g, '').replace(/^86(?=1\d{10}$)/, '')
    if (PUBLIC_NUMBERS.test(digits)) return []
    if (/^1[3-9]\d{9}$/.test(digits)) return [{ found, message: '个人手机号码' }]
    if (/^\d{17}[\dXx]$/.test(digits) && maskText(digits) !== digits) return [{ found, message: '身份证号码' }]
    return []
  })
  const names = [...new Set(internalNames)]
    .filter((name) => isName(name) && plain.includes(name))
    .map((found) => ({ found, message: '内部人员姓名' }))
  const caller =
    callerName && isName(callerName) && plain.includes(callerName) ? [{ found: callerName, message: '诉求人姓名' }] : []
  return [...numbers, ...names, ...caller]
}

/** A person's, not a masked one, a role or a unit. */
function isName(name: string): boolean {
  return /^[\p{Script=Han}·]{2,8}$/u.test(name) && !NOT_A_NAME.includes(name)
}
const NOT_A_NAME = ['系统', '诉求人', '系统时钟']
