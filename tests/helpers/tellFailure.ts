import { beforeEach } from 'vitest'
import { describePages } from './browser'

/** A browser test that fails somewhere else must tell there what its pages showed. */
beforeEach(({ onTestFailed }) => {
  onTestFailed(async ({ task }) => {
    const pages = await describePages()
    if (pages) process.stderr.write(`\n${task.name}\n${pages}\n\n`)
  })
})
