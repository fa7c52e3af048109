import type { CallDirection, CallResult } from '@hotline/shared/call/labels'
import { createDice, type Dice } from '../drill/random'
import { HOTLINE_NUMBER, type CtiMessage } from './exchange'

export interface PlanOptions {
  /** Calls a minute. */
  rate: number
  extensions: readonly string[]
  seed: string
  /** Seconds that people speak. */
  talk: readonly [from: number, to: number]
}

export interface PlannedStep {
  /** Milliseconds after the call began. */
  at: number
  message: CtiMessage
  /** How often it is sent, at once. */
  times: number
}

export interface PlannedCall {
  /** Milliseconds after the first one. */
  startsAt: number
  direction: CallDirection
  steps: PlannedStep[]
  /** What the hotline must make of it, whatever happened to the events on their way. */
  expected: { result: CallResult; extension?: string }
  isShuffled: boolean
}

type Story = 'answered' | 'missed' | 'abandoned' | 'queued' | 'busy' | 'handed' | 'out'

/** Of a hundred calls: most are answered, as in a city that answers well. */
const STORIES: readonly (readonly [Story, number])[] = [
  ['answered', 70],
  ['missed', 7],
  ['abandoned', 6],
  ['queued', 5],
  ['busy', 4],
  ['handed', 4],
  ['out', 4],
]
const REPLAYED = 0.15
const SHUFFLED = 0.1
const NUMBERS = 60
const QUEUES = ['综合', '企业诉求', '政策咨询']

/** Calls without end, the same ones for the same seed. */
export function* planCalls({ rate, extensions, seed, talk }: PlanOptions): Generator<PlannedCall> {
  const dice = createDice(`calls ${seed}`)
  const numbers = Array.from({ length: NUMBERS }, () => `1395430${String(dice.int(0, 9999)).padStart(4, '0')}`)
  /** Until when each telephone is in use: most people are let ring where nobody speaks. */
  const busyUntil = new Map(extensions.map((extension) => [extension, 0]))
  for (let n = 0, startsAt = 0; ; n += 1, startsAt += (60_000 / rate) * (0.5 + dice.next())) {
    const free = extensions.filter((extension) => (busyUntil.get(extension) ?? 0) <= startsAt)
    // Nobody is free: now and then a second call comes all the same, else he waits in the queue in vain.
    const at = free.length > 0 ? dice.pick(free) : dice.chance(0.4) ? dice.pick(extensions) : undefined
    const story: Story = at === undefined ? 'queued' : storyOf(dice)
    const other = dice.pick(extensions.filter((extension) => extension !== at)) ?? at
    const call = tell(story, {
      dice,
      callId: `sim-${seed}-${n}`,
      number: spelled(dice, dice.pick(numbers)),
      at: at ?? HOTLINE_NUMBER,
      other: other ?? HOTLINE_NUMBER,
      talk,
    })
    const end = startsAt + (call.steps.at(-1)?.at ?? 0)
    if (call.expected.extension) busyUntil.set(call.expected.extension, end)
    yield { startsAt: Math.round(startsAt), ...disturbed(dice, call) }
  }
}

interface Scene {
  dice: Dice
  callId: string
  number: string
  at: string
  other: string
  talk: PlanOptions['talk']
}

type Told = Omit<PlannedCall, 'startsAt' | 'isShuffled'>

function tell(story: Story, { dice, callId, number, at, other, talk }: Scene): Told {
  const queue = dice.pick(QUEUES)
  const isOut = story === 'out'
  const base = isOut
    ? { callId, from: at, to: number, direction: 'out' as const }
    : {
        callId,
        from: number,
        to: story === 'queued' || story === 'busy' ? HOTLINE_NUMBER : at,
        direction: 'in' as const,
        queue,
      }
  const rings = dice.int(3, 9) * 1000
  const speaks = dice.int(...talk) * 1000
  const step = (after: number, message: Partial<CtiMessage> & Pick<CtiMessage, 'event'>): PlannedStep => ({
    at: after,
    message: { ...base, ...message },
    times: 1,
  })
  const begin = step(0, { event: 'newCall' })
  const spoken = (extension: string, from: number): PlannedStep[] => [
    step(from, { event: 'answer', answeringNumber: extension }),
    step(from + speaks, {
      event: 'hangup',
      cause: 'normalClearing',
      ...(dice.chance(0.3) ? { satisfactionKey: dice.int(3, 5) } : {}),
    }),
  ]
  const ended = (after: number, cause: string) => step(after, { event: 'hangup', cause })
  const { direction } = base
  switch (story) {
    case 'answered':
    case 'out':
      return { direction, steps: [begin, ...spoken(at, rings)], expected: { result: 'answered', extension: at } }
    case 'handed': {
      const moved = step(rings, { event: 'newCall', to: other })
      return {
        direction,
        steps: [begin, moved, ...spoken(other, rings + 4_000)],
        expected: { result: 'answered', extension: other },
      }
    }
    case 'missed':
      return { direction, steps: [begin, ended(20_000, 'noAnswer')], expected: { result: 'missed', extension: at } }
    case 'abandoned':
      return { direction, steps: [begin, ended(rings, 'cancel')], expected: { result: 'abandoned', extension: at } }
    case 'queued':
      return { direction, steps: [begin, ended(rings * 3, 'cancel')], expected: { result: 'abandoned' } }
    case 'busy':
      return { direction, steps: [begin, ended(500, 'busy')], expected: { result: 'busy' } }
  }
}

/** On the way to us events come twice, too late, or not at all: that must make no difference. */
function disturbed(dice: Dice, call: Told): Omit<PlannedCall, 'startsAt'> {
  const steps = call.steps.map((step) => ({ ...step, times: dice.chance(REPLAYED) ? dice.int(2, 3) : 1 }))
  const isShuffled = dice.chance(SHUFFLED)
  if (!isShuffled) return { ...call, steps, isShuffled }
  const [first, second, ...rest] = steps
  const last = steps.at(-1)
  if (call.expected.result === 'answered' && last) {
    const answer = steps.find(({ message }) => message.event === 'answer')
    if (answer && dice.chance(0.5)) answer.at = last.at + 800
    // That it rings was never told.
    else if (steps.length === 3 && second) return { ...call, steps: [second, ...rest], isShuffled }
  } else if (first && last) first.at = last.at + 800
  steps.sort((a, b) => a.at - b.at)
  return { ...call, steps, isShuffled }
}

function storyOf(dice: Dice): Story {
  let at = dice.int(1, 100)
  for (const [story, share] of STORIES) {
    at -= share
    if (at <= 0) return story
  }
  return 'answered'
}

function spelled(dice: Dice, number: string): string {
  const wide = [...number].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
  return dice.pick([
    number,
    number,
    `+86${number}`,
    `0086 ${number}`,
    `0${number}`,
    `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`,
    wide,
  ])
}
