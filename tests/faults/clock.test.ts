import { afterEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../helpers/database'
import { broken, drillThrough } from './faultyDrill'
import { aRoom, startServer } from './server'

/** Seconds on a machine of one's own; four times as long where everything runs at once. */
const PATIENCE_MS = 480_000

describe('演练时钟，两个进程', { timeout: PATIENCE_MS }, () => {
  const undo: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })

  it('时钟拨过一个多月，其间一个进程被 kill -9：牌、自动签收、到期恢复、归档各一次，检查都成立', async () => {
    const database = freshDatabase()
    const room = await aRoom()
    undo.push(room.clear, database.drop)
    const settings = { DRILL_CLOCK: '1', DEMO: '1' }
    const first = await startServer(room, database.uri, settings)
    undo.push(first.stop)
    const second = await startServer(room, database.uri, settings)
    undo.push(second.stop)

    const result = await drillThrough([first.url, second.url], [{ after: 150, strike: second.crash }], 30)

    expect(broken(result)).toEqual([])
    expect([...result.views.values()].map(({ status }) => status)).toEqual(Array(result.views.size).fill('archived'))
    const byTheClock = [...result.views.values()].flatMap(({ history }) =>
      history.filter(({ by }) => by.userId === 'system').map(({ type }) => type),
    )
    for (const type of ['acknowledged', 'cardIssued', 'resumed', 'closed', 'callerJoined', 'archived'])
      expect(byTheClock).toContain(`ticket.${type}`)
  })
})
