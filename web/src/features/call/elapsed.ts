const pad = (n: number) => String(n).padStart(2, '0')

/** 00:42, 12:05, 1:02:05: how long something has been going on. A clock that stands a little behind shows 00:00. */
export function elapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const rest = `${pad(Math.floor((whole % 3600) / 60))}:${pad(whole % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

export function elapsedSince(since: string | undefined, now: Date): string {
  return since ? elapsed((now.getTime() - Date.parse(since)) / 1000) : ''
}

/** 42 秒, 3 分 12 秒: as it is read in a record. */
export function inWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  if (minutes === 0) return `${rest} 秒`
  return rest > 0 ? `${minutes} 分 ${rest} 秒` : `${minutes} 分`
}
