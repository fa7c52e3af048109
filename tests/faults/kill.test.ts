import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startEphemeral } from '../../scripts/lib/mongod.mjs'
import { dataDir } from '../../scripts/lib/paths.mjs'
import { freshDatabase } from '../helpers/database'
import { broken, drillThrough } from './faultyDrill'
import { aRoom, startServer } from './server'

/** Seconds on a machine of one's own; four times as long where everything runs at once. */
const PATIENCE_MS = 240_000

describe('办理途中断电', { timeout: PATIENCE_MS }, () => {
  const undo: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })

  it('服务被 kill -9 两次，重启后演练继续：已确认的不缺不重', async () => {
    const database = freshDatabase()
    const room = await aRoom()
    undo.push(room.clear, database.drop)
    const server = await startServer(room, database.uri)
    undo.push(server.stop)

    const result = await drillThrough(
      [server.url],
      [
        { after: 60, strike: server.crash },
        { after: 200, strike: server.crash },
      ],
    )

    expect(broken(result)).toEqual([])
    expect(result.trouble.lost).toBeGreaterThan(0)
  })

  it('数据库被 kill -9，自行重启后演练继续：已确认的不缺不重', async () => {
    const mongod = await startEphemeral({ binDir: join(dataDir(), 'bin') })
    const room = await aRoom()
    undo.push(room.clear, mongod.stop)
    const server = await startServer(room, mongod.uri('faults'))
    undo.push(server.stop)

    const pid = mongod.pid()
    const lost: string[] = []
    mongod.onLost((why) => lost.push(why))

    const result = await drillThrough(
      [server.url],
      [{ after: 100, strike: async () => void process.kill(pid, 'SIGKILL') }],
      25,
    )

    expect(lost).toEqual([])
    expect(broken(result)).toEqual([])
    expect(mongod.pid()).not.toBe(pid)
  })
})
