// Runs on any Node that knows modules: it must be able to say that this Node is too old, so no newer syntax here.
const [major, minor] = process.versions.node.split('.').map(Number)

/**
 * Checks Node, then loads and runs a command; every failure ends as one sentence and exit code 1.
 * @param {() => Promise<{ main: (args: string[]) => Promise<number | void> }>} load
 */
export function enter(load) {
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `✗ 需要 Node.js 20.19 或更高版本，当前是 ${process.versions.node}，请升级后再试。` +
        ` Node.js 20.19 or newer is needed, this is ${process.versions.node}.`,
    )
    process.exit(1)
  }
  load()
    .then((command) => command.main(process.argv.slice(2)))
    .then((code) => process.exit(code || 0))
    .catch((error) => {
      import('./problem.mjs').then(({ describe }) => {
        console.error('✗ ' + describe(error))
        process.exit(1)
      })
    })
}
