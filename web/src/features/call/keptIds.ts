/** Ids of calls that a reload must not forget, until they have ended. */
export function keepIds(storage: Storage, key: string) {
  let ids = read(storage, key)

  function write(next: readonly string[]): void {
    ids = next
    try {
      storage.setItem(key, JSON.stringify(ids))
    } catch {
      // A full storage costs a tab that comes back once.
    }
  }
  return {
    all: () => ids,
    has: (id: string) => ids.includes(id),
    add: (id: string) => write([...ids.filter((one) => one !== id), id]),
    /** What no longer goes on need not be remembered. */
    keepOnly(live: readonly string[]): void {
      if (ids.some((id) => !live.includes(id))) write(ids.filter((id) => live.includes(id)))
    },
  }
}

function read(storage: Storage, key: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
