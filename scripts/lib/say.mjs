// What the person sees: each step with the time since the start, details indented below it.
const stamp = () => `[${process.uptime().toFixed(1).padStart(6)}s]`

/** @param {string} text */
export const step = (text) => console.log(`${stamp()} ${text}`)

/** @param {string} text */
export const detail = (text) => console.log(`${' '.repeat(10)}${text}`)

/**
 * Download progress: one line that moves on a terminal, a line every tenth in a log.
 * @param {string} label
 * @param {number} total bytes, 0 when unknown
 */
export function progress(label, total) {
  const size = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`
  let shownTenth = 0
  let shownAt = 0
  return (/** @type {number} */ done) => {
    const share = total ? done / total : 0
    const text = total
      ? `${label} ${Math.floor(share * 100)}% (${size(done)} / ${size(total)})`
      : `${label} ${size(done)}`
    if (process.stdout.isTTY) {
      if (Date.now() - shownAt < 100 && done !== total) return
      shownAt = Date.now()
      process.stdout.write(`\r${' '.repeat(10)}${text}${done === total ? '\n' : ''}`)
    } else if (Math.floor(share * 10) > shownTenth) {
      shownTenth = Math.floor(share * 10)
      detail(text)
    }
  }
}
