import { expect } from 'vitest'
import type { Actor } from '../../actor'
import { AppError, type ErrorCode } from '../../error'
import type { CommandType } from '../commands'
import { decide } from '../decide/decide'
import type { EventData, EventType, TicketEvent } from '../events'
import { evolve, fold } from '../evolve'
import { leadOf, type Assignment, type Ticket } from '../ticket'
import { commandOf, type Overrides } from './inputs'
import { at as momentOf, MONDAY, WORLD, type World } from './world'

export interface Scene {
  world: World
  at: Date
  events: readonly TicketEvent[]
  ticket: Ticket | undefined
}

/** One thing that happened: an act, the clock moved, something in the world changed. */
export type Step = (scene: Scene) => Scene

export const START: Scene = { world: WORLD, at: MONDAY, events: [], ticket: undefined }

export function act<T extends CommandType>(scene: Scene, actor: Actor, type: T, overrides?: Overrides<T>): Scene {
  const { ticket, at, world } = scene
  const command = commandOf(type, { ticket, at, unitId: actor.unitId }, overrides)
  const news = decide(ticket, command, { ...world, at, actor })
  return { ...scene, events: [...scene.events, ...news], ticket: news.reduce<Ticket | undefined>(evolve, ticket) }
}

/** `by(bureau.clerk, 'acknowledge')`: the canonical input, with some fields changed. */
export const by =
  <T extends CommandType>(actor: Actor, type: T, overrides?: Overrides<T>): Step =>
  (scene) =>
    act(scene, actor, type, overrides)

/** `on('2026-11-24 10:00')`: from now on it is that moment. */
export const on =
  (moment: string): Step =>
  (scene) => ({ ...scene, at: momentOf(moment) })

/** Another profile, other accounts. */
export const where =
  (change: Partial<World>): Step =>
  (scene) => ({ ...scene, world: { ...scene.world, ...change } })

/** A state that no history of these commands leads to. */
export const setting =
  (patch: (ticket: Ticket) => Partial<Ticket>): Step =>
  (scene) => ({ ...scene, ticket: { ...ticketOf(scene), ...patch(ticketOf(scene)) } })

export function ticketOf(scene: Scene): Ticket {
  if (!scene.ticket) throw new Error('nothing is registered yet')
  return scene.ticket
}

type Story = (Step | TicketEvent | Story)[]

function play(scene: Scene, story: Story): Scene {
  return story.reduce<Scene>((before, step) => {
    if (Array.isArray(step)) return play(before, step)
    if (typeof step === 'function') return step(before)
    const events = [...before.events, step]
    return { ...before, events, at: step.at, ticket: fold(events) }
  }, scene)
}

/** The past, as steps or as events; then `.when(actor, command)` and what comes of it. */
export function given(...story: Story) {
  const scene = play(START, story)
  return {
    scene,
    ticket: scene.ticket as Ticket,
    when: <T extends CommandType>(actor: Actor, type: T, overrides?: Overrides<T>) =>
      attempt(scene, () => act(scene, actor, type, overrides)),
  }
}

/** The ticket after a story. */
export function after(...story: Story): Ticket {
  return ticketOf(play(START, story))
}

function attempt(before: Scene, run: () => Scene) {
  let scene: Scene | undefined
  let failure: unknown
  try {
    scene = run()
  } catch (error) {
    failure = error
  }
  return {
    /** One of the new events is of this type and has these fields. */
    then<T extends EventType>(type: T, fields: Partial<EventData[T]> = {}) {
      if (!scene) throw failure
      const news = scene.events.slice(before.events.length)
      expect(news.map((event) => event.type)).toContain(type)
      expect(news.find((event) => event.type === type)).toMatchObject(fields)
      return outcome(scene, news)
    },
    /** The same code, and the reason as the screen shows it. */
    refused(code: ErrorCode, message: RegExp) {
      expect(scene?.events.slice(before.events.length).map((event) => event.type) ?? 'refused').toBe('refused')
      if (!(failure instanceof AppError)) throw failure
      expect({ code: failure.code, message: failure.message }).toEqual({
        code,
        message: expect.stringMatching(message) as string,
      })
      return { fields: failure.details?.fields?.map(({ path }) => path) ?? [] }
    },
  }
}

function outcome(scene: Scene, news: readonly TicketEvent[]) {
  const ticket = ticketOf(scene)
  return {
    scene,
    ticket,
    news,
    lead: leadOf(ticket) as Assignment,
    /** The next thing in the same story. */
    given: (...story: Story) => given(() => scene, ...story),
  }
}
