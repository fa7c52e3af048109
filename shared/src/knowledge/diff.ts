/** One run of a text: in both, only in the older, only in the newer. */
export interface DiffPart {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** Sentences with their mark, so that a whole new sentence is shown as one. */
const SENTENCES = /[^。！？；，、：\n]*[。！？；，、：\n]|[^。！？；，、：\n]+/g
/** Longer changed runs are shown whole: character by character they would be a patchwork. */
const MOST_CHARACTERS = 400

/** What changed between two texts, sentence by sentence, and inside a changed sentence by characters. */
export function diffText(before: string, after: string): DiffPart[] {
  const parts = diffOf(before.match(SENTENCES) ?? [], after.match(SENTENCES) ?? [])
  return joined(
    paired(parts).flatMap(([removed, added]): DiffPart[] => {
      if (added === undefined) return [removed]
      const isShort = removed.text.length <= MOST_CHARACTERS && added.text.length <= MOST_CHARACTERS
      const inner = isShort ? joined(diffOf([...removed.text], [...added.text])) : []
      return isPatchwork(inner) ? [removed, added] : inner
    }),
  )
}

/** Longest common subsequence of tokens. */
function diffOf(before: readonly string[], after: readonly string[]): DiffPart[] {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
  const parts: DiffPart[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    const [old, next] = [before[row], after[column]]
    if (old !== undefined && old === next) {
      parts.push({ kind: 'same', text: old })
      row += 1
      column += 1
    } else if (old !== undefined && (next === undefined || at(row + 1, column) >= at(row, column + 1))) {
      parts.push({ kind: 'removed', text: old })
      row += 1
    } else {
      parts.push({ kind: 'added', text: next ?? '' })
      column += 1
    }
  }
  return joined(parts)
}

/** Neighbours of one kind are one run; of each changed place first what was there, then what is. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const runs: DiffPart[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed) runs.push({ kind: 'removed', text: removed })
    if (added) runs.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  for (const { kind, text } of parts) {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else {
      flush()
      const last = runs.at(-1)
      if (last?.kind === 'same') last.text += text
      else runs.push({ kind, text })
    }
  }
  flush()
  return runs
}

/** What was removed beside what was put in its place. */
function paired(parts: readonly DiffPart[]): [DiffPart, DiffPart?][] {
  const pairs: [DiffPart, DiffPart?][] = []
  for (const part of parts) {
    const last = pairs.at(-1)
    if (part.kind === 'added' && last?.[0].kind === 'removed' && !last[1]) last[1] = part
    else pairs.push([part])
  }
  return pairs
}

/** Unlike sentences have only stray characters in common. */
function isPatchwork(parts: readonly DiffPart[]): boolean {
  const same = parts.filter(({ kind }) => kind === 'same')
  const length = same.reduce((sum, { text }) => sum + text.length, 0)
  const whole = parts.reduce((sum, { text }) => sum + text.length, 0)
  return length * 2 < whole - length || parts.length > 15
}
