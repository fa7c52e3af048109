/**
 * Something that the person at the keyboard can act on: shown as its sentence alone, without a stack.
 * @param {string} chinese
 * @param {string} english
 * @param {unknown} [cause]
 */
export function problem(chinese, english, cause) {
  return Object.assign(new Error(`${chinese} ${english}`, { cause }), { name: 'Problem' })
}

/** @param {unknown} error */
export const isProblem = (error) => error instanceof Error && error.name === 'Problem'

/** @param {unknown} error */
export function describe(error) {
  if (!(error instanceof Error)) return String(error)
  if (isProblem(error)) return error.message
  if (isDiskFull(error.message)) return diskFull().message
  return error.stack ?? error.message
}

/** @param {string} text */
export const isDiskFull = (text) => /ENOSPC|no space left on device/i.test(text)

/** @param {string} [where] */
export const diskFull = (where) =>
  problem(
    `磁盘已满${where ? `（${where}）` : ''}，请清理后再试。`,
    `The disk is full${where ? ` (${where})` : ''}: make room and try again.`,
  )
