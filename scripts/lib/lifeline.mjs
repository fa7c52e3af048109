const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Resolves when this command is asked to end: by a signal or by the death of the npm that started it (a killed npm
 * cannot pass anything on). From the first call on, signals no longer end the process by themselves.
 * @returns {Promise<string>}
 */
export function untilAskedToEnd() {
  return new Promise((resolve) => {
    // npm passes on what the terminal has sent to everybody, so each signal may come twice: the first one counts.
    for (const signal of SIGNALS) process.on(signal, () => resolve(signal))
    if (!process.env.npm_lifecycle_event) return
    const npm = process.ppid
    setInterval(() => {
      if (process.ppid !== npm) resolve('npm gone')
    }, 1_000).unref()
  })
}
