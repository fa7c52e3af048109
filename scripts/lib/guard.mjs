// Started beside a mongod: when its starter goes away without a word (kill -9), the pipe on stdin ends and mongod is
// asked to end as well. Unlike looking for the starter's process number this also sees a starter that nobody reaps.
const pid = Number(process.argv[2])

const send = (/** @type {NodeJS.Signals | 0} */ signal) => {
  try {
    return process.kill(pid, signal)
  } catch {
    process.exit(0)
  }
}

process.on('SIGINT', () => {})
process.on('SIGHUP', () => {})
process.stdin.resume()
process.stdin.on('error', () => {})
process.stdin.on('close', () => {
  send('SIGTERM')
  setInterval(() => send(0), 100)
  setTimeout(() => send('SIGKILL'), 15_000)
})
