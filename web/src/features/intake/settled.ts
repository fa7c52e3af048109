import { watch } from 'vue'

/** Who presses a key just after the rows have moved means the row that was there before. */
const SETTLE_MS = 600

/** The rows stand where they stood a moment ago: a key means the row that one sees. */
export function useSettled(rows: () => string): () => boolean {
  let movedAt = -Infinity
  watch(rows, () => (movedAt = performance.now()))
  return () => performance.now() - movedAt > SETTLE_MS
}
