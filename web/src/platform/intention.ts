/**
 * One idempotency key for one thing that a person wants. The same content asked again (a second click, a retry after a
 * lost answer) gets the same key; other content, or the next wish after `settle`, gets a new one.
 */
export function createIntention() {
  let current: { content: string; key: string } | undefined
  return {
    keyFor(...content: unknown[]): string {
      const text = JSON.stringify(content)
      if (current?.content !== text) current = { content: text, key: crypto.randomUUID() }
      return current.key
    },
    /** The answer has come: the next wish is another one, even with the same words. */
    settle(): void {
      current = undefined
    },
  }
}
