/** How long to wait, as one says it: `30 秒`, `2 分钟`, `1 小时`. Never shorter than it is. */
export function waitText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} 秒`
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} 分钟` : `${Math.ceil(seconds / 360) / 10} 小时`
}
