import type { Point } from './borders'

/** Four decimals: about ten metres, which is what the sources give. */
const SCALE = 10_000
/** Five bits a letter, the sixth says that more follow. */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'

function packed(value: number): string {
  let rest = value < 0 ? -2 * value - 1 : 2 * value
  let text = ''
  for (; rest >= 32; rest = Math.floor(rest / 32)) text += LETTERS[32 + (rest % 32)]
  return text + LETTERS[rest]
}

/** A ring as text, each point by its way from the one before: a tenth of the numbers written out. */
export function encodeRing(ring: readonly Point[]): string {
  let [x, y] = [0, 0]
  return ring
    .map(({ lng, lat }) => {
      const next = [Math.round(lng * SCALE), Math.round(lat * SCALE)] as const
      const text = packed(next[0] - x) + packed(next[1] - y)
      ;[x, y] = next
      return text
    })
    .join('')
}

export function decodeRing(text: string): Point[] {
  const numbers: number[] = []
  let value = 0
  let weight = 1
  for (const letter of text) {
    const bits = LETTERS.indexOf(letter)
    value += (bits % 32) * weight
    weight *= 32
    if (bits >= 32) continue
    numbers.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2)
    value = 0
    weight = 1
  }
  const ring: Point[] = []
  let [x, y] = [0, 0]
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    x += numbers[at] ?? 0
    y += numbers[at + 1] ?? 0
    ring.push({ lng: x / SCALE, lat: y / SCALE })
  }
  return ring
}
