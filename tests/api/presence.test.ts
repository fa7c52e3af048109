import type { Viewer } from '@hotline/shared/live'
import { SYSTEM_CLOCK } from '@hotline/server/platform/clock'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { eventually, openDesk, UNIT, type Desk } from '../helpers/desk'
import { listen, type Ear } from '../helpers/socket'

const CLERK = `clerk@${UNIT}`
let app: TestApp
let second: TestApp
let desk: Desk
const ears: Ear[] = []
beforeAll(async () => {
  app = await startApp({ realClock: SYSTEM_CLOCK })
  second = await startApp({ beside: app, realClock: SYSTEM_CLOCK })
  desk = openDesk({ signIn: app.signIn, clock: SYSTEM_CLOCK })
})
afterAll(async () => {
  for (const ear of ears) ear.close()
  await second.stop()
  await app.stop()
})

async function look(at: TestApp, username: string): Promise<Ear> {
  const ear = await listen(at, await at.signIn(username))
  ears.push(ear)
  return ear
}

interface Told {
  id: string
  viewers: Viewer[]
}
const toldTo = ({ heard }: Ear): Told[] =>
  heard.filter(({ event }) => event === 'ticket.viewers').map(({ payload }) => payload as Told)

/** Until the last that this socket was told is these people's names, in any order. */
async function seesWith(ear: Ear, ...usernames: string[]): Promise<void> {
  const people = await Promise.all(usernames.map((username) => app.signIn(username)))
  const names = people.map(({ user }) => user.name).sort()
  await eventually(
    async () =>
      toldTo(ear)
        .at(-1)
        ?.viewers.map(({ name }) => name)
        .sort(),
    (shown) => JSON.stringify(shown) === JSON.stringify(names),
    `应看到 ${names.join('、')}`,
  )
}

describe('谁在看这件工单', () => {
  it('连在两个进程上的人互相看得到；两个页面算一个人；走了就不见', async () => {
    const ticket = await desk.dispatched()
    const here = await look(app, 'dispatcher1')
    const there = await look(second, CLERK)
    const thereToo = await look(second, CLERK)
    expect(await here.follow(ticket.id)).toBe(true)
    await seesWith(here, 'dispatcher1')
    expect(await there.follow(ticket.id)).toBe(true)
    expect(await thereToo.follow(ticket.id)).toBe(true)
    for (const ear of [here, there, thereToo]) await seesWith(ear, 'dispatcher1', CLERK)
    const [told] = toldTo(here).slice(-1)
    expect(told?.id).toBe(ticket.id)
    for (const viewer of told?.viewers ?? []) expect(Object.keys(viewer).sort()).toEqual(['name', 'userId'])

    thereToo.close()
    there.close()
    await seesWith(here, 'dispatcher1')
  })

  it('看不到这件工单的人，既不被告知，也不被看到', async () => {
    const ticket = await desk.dispatched()
    const here = await look(app, 'dispatcher1')
    const stranger = await look(second, 'clerk@371603-ZJ')
    expect(await stranger.follow(ticket.id)).toBe(false)
    await here.follow(ticket.id)
    await seesWith(here, 'dispatcher1')
    expect(toldTo(stranger)).toEqual([])
  })

  it('查明反映的就是这个单位、改为保密以后，它仍开着的页面不再看得到谁在看，也不再被看到', async () => {
    const ticket = await desk.dispatched({ kind: 'report' })
    const clerk = await look(second, CLERK)
    await clerk.follow(ticket.id)
    await seesWith(clerk, CLERK)
    const changes = { confidentiality: 2, accusedUnitIds: [UNIT] }
    await desk.act('dispatcher1', ticket, 'amend', { changes, reason: '反映对象为承办单位' })
    const before = toldTo(clerk).length
    const here = await look(app, 'dispatcher1')
    await here.follow(ticket.id)
    await seesWith(here, 'dispatcher1')
    expect(toldTo(clerk)).toHaveLength(before)
  })
})
