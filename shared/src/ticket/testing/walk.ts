import fc from 'fast-check'
import { type Actor, CLOCK } from '../../actor'
import { AppError } from '../../error'
import { availableCommands } from '../available'
import { COMMAND_TYPES, type CommandType } from '../commands'
import { dueCommand } from '../due'
import { act, by, START, type Scene, type Step, where } from './given'
import type { Overrides } from './inputs'
import * as s from './stories'
import * as w from './world'

/** Everybody who may meet a ticket, and some who have no business with it. */
export const PEOPLE: readonly Actor[] = [
  w.agent,
  w.dispatcher,
  w.dispatcher,
  w.director,
  w.supervisor,
  w.callbackOfficer,
  w.citizen,
  ...[w.bureau, w.otherBureau, w.thirdBureau].flatMap(({ clerk, handler, lead, head }) => [clerk, handler, lead, head]),
  ...[w.county, w.officePeople].flatMap(({ clerk, handler, lead }) => [clerk, handler, lead]),
  w.city.head,
  w.cityLeader,
  w.solo,
  w.administrator,
  // What the system does of itself beside the clock: callers join and leave.
  CLOCK,
]

const dispatches: Overrides<'dispatch'>[] = [
  {},
  { coUnitIds: [w.OTHER_BUREAU], copyUnitIds: [w.COUNTY] },
  { leadUnitId: w.OTHER_BUREAU, coUnitIds: [w.BUREAU, w.THIRD_BUREAU] },
  { leadUnitId: w.SOLO_TOWN, limit: { kind: 'hours', n: 6 } },
  { leadUnitId: w.COUNTY, coUnitIds: [w.BUREAU] },
]
/** Other valid inputs beside the canonical one, where they lead elsewhere. */
const VARIANTS: Partial<Record<CommandType, readonly Overrides<CommandType>[]>> = {
  dispatch: dispatches,
  designate: dispatches,
  amend: [{}, { changes: { urgency: 'critical' } }, { changes: { complexity: 'difficult' } }],
  requestExtension: [{}, { workdays: 4 }, { workdays: 10 }],
  openConsultation: [{}, { unitIds: [w.COUNTY, w.THIRD_BUREAU] }],
  concludeConsultation: [{}, { leadUnitId: w.COUNTY, coUnitIds: [w.BUREAU] }],
  delegate: [{}, { limit: { kind: 'workdays', n: 1 } }, { limit: { kind: 'hours', n: 4 } }],
  requestSuspension: [{}, { promisedDate: '2026-11-27' }, { promisedDate: '2026-12-20' }],
  requestTermination: [{}, { ground: 'notAcceptable', code: 'LEGAL' }],
  reviewByUnit: [{}, {}, { isPassed: false }],
  reviewByHotline: [{}, {}, { isPassed: false }],
  recordAttempt: [{}, {}, { result: 'appointment', nextAt: new Date('2030-01-01') }],
  recordCallback: [{}, s.dissatisfied('reasonable'), s.dissatisfied('unreasonable')],
  judgeCallback: [{}, { verdict: 'upheld' }],
  supervise: [{}, { form: 'criticism' }, { form: 'discipline', trigger: 'dishonest' }],
  judgeRating: [{}, { verdict: 'misrated' }],
  rate: [{}, { score: 1, isNamed: true }],
}

/** Ways to an early end, or to nowhere; taken less often. */
const ASIDE: readonly CommandType[] = [
  ...([
    'answer',
    'decline',
    'transferEmergency',
    'recall',
    'amend',
    'urge',
    'recordContact',
    'recordProgress',
    'recordSiteVisit',
    'requestTermination',
    'recallDelegation',
    'sendBack',
    ...(['supplement', 'withdraw', 'void', 'requestInfo', 'merge', 'unmerge', 'keepUnit', 'archive'] as const),
    ...(['joinCaller', 'leaveCaller'] as const),
    ...(['supervise', 'answerSupervision', 'closeSupervision', 'escalate', 'instruct', 'rate'] as const),
  ] as const),
  'assignHandler',
]
/** What brings a matter to its end; taken every other time, so that walks get far. */
const ONWARD: readonly CommandType[] = [
  ...(['dispatch', 'designate', 'acknowledge', 'reply', 'reviewByUnit', 'reviewByHotline', 'recordCallback'] as const),
  ...(['judgeCallback', 'reopen', 'rectify', 'supplyInfo'] as const),
  ...(['concludeConsultation', 'approveSuspension', 'resume'] as const),
]

export interface Move {
  person: number
  pick: number
  variant: number
  /** Minutes that pass before it. */
  minutes: number
  wish: 'onward' | 'any' | 'aside'
}

export const someMoves = fc.array(
  fc.record<Move>({
    person: fc.nat(PEOPLE.length - 1),
    pick: fc.nat(1000),
    variant: fc.nat(11),
    minutes: fc.oneof(fc.nat(90), fc.nat(90), fc.nat(90), fc.integer({ min: 300, max: 3000 })),
    wish: fc.constantFrom('onward', 'onward', 'onward', 'any', 'any', 'aside'),
  }),
  { minLength: 40, maxLength: 90 },
)

export const someStart = fc
  .record({
    channel: fc.constantFrom('phone' as const, 'province' as const),
    hasNumber: fc.boolean(),
    isAnonymous: fc.boolean(),
    urgency: fc.constantFrom('general' as const, 'general' as const, 'urgent' as const),
    complexity: fc.constantFrom(undefined, 'complex' as const, 'difficult' as const),
    needsCallback: fc.boolean(),
  })
  .map(({ channel, hasNumber, isAnonymous, ...rest }): Overrides<'register'> => ({
    ...rest,
    channel,
    caller: { isAnonymous, ...(channel === 'phone' || hasNumber ? { number: '13805430001' } : {}) },
  }))

/** Where walks begin that few would come to by themselves. */
export const PASTS: readonly Step[][] = [
  s.rectified,
  [...s.rectifying, by(w.bureau.clerk, 'appealRating'), by(w.supervisor, 'judgeRating')],
  [...s.thriceReturned, by(w.supervisor, 'escalate'), by(w.cityLeader, 'instruct')],
  [...s.reworked, by(w.bureau.lead, 'appealCallback')],
  [...s.closed, by(w.citizen, 'rate'), by(w.supervisor, 'supervise')],
  [...s.registered, by(w.agent, 'transferEmergency')],
  [...s.answered, by(w.citizen, 'rate', { score: 1 })],
  [...s.declined, by(w.agent, 'reopen')],
  s.terminated,
  [...s.terminationEndorsed, by(w.director, 'rejectTermination')],
  [...s.suspended, by(w.bureau.handler, 'resume')],
  [...s.infoRequested, by(w.agent, 'supplyInfo')],
  [...s.merged, by(w.dispatcher, 'unmerge')],
  [...s.joined, by(CLOCK, 'leaveCaller')],
  [...s.registered, by(w.director, 'void')],
  [...s.suspensionEndorsed, by(w.director, 'rejectSuspension')],
  [
    ...s.dispatched,
    // The catalogue gives the corrected matter to another unit.
    where({
      suggest: ({ matterCode }) => ({
        leadUnitId: matterCode === '010102' ? w.OTHER_BUREAU : w.BUREAU,
        coUnitIds: [],
        reason: '派单目录',
      }),
    }),
    by(w.dispatcher, 'amend', { changes: { matterCode: '010102' }, reason: '事项有误' }),
    by(w.dispatcher, 'keepUnit'),
  ],
]

/** Every fourth walk has a past; the others begin with a call. */
export function begin(register: Overrides<'register'>, index = 1): Scene {
  const past = index % 4 === 0 && PASTS[(index / 4) % PASTS.length]
  return past ? past.reduce<Scene>((scene, step) => step(scene), START) : act(START, w.agent, 'register', register)
}

/** One step: time passes, the clock does what is due, somebody does something that is open to him. */
export function move(scene: Scene, { person, pick, variant, minutes, wish }: Move): Scene {
  const later = letClockAct({ ...scene, at: new Date(scene.at.getTime() + minutes * 60_000) })
  for (const actor of [...PEOPLE.slice(person), ...PEOPLE.slice(0, person)]) {
    const wanted = openTo(later, actor).filter((type) =>
      wish === 'onward' ? ONWARD.includes(type) : wish === 'aside' || !ASIDE.includes(type),
    )
    const type = wanted[pick % wanted.length]
    const variants = type && (VARIANTS[type] ?? [{}])
    if (type && variants) return tolerant(later, actor, type, variants[variant % variants.length])
  }
  return later
}

/** @throws Error when the clock does not come to rest */
export function letClockAct(scene: Scene): Scene {
  let now = scene
  for (let steps = 0; steps < 50; steps += 1) {
    const command = now.ticket && dueCommand(now.ticket, { ...now.world, at: now.at })
    if (!command) return now
    now = act(now, CLOCK, command.type, 'assignmentId' in command ? { assignmentId: command.assignmentId } : {})
  }
  throw new Error('the clock finds no end')
}

function openTo(scene: Scene, actor: Actor): CommandType[] {
  return scene.ticket ? availableCommands(scene.ticket, { ...scene.world, at: scene.at, actor }) : []
}

/** A rule may say no to this input; anything else that is thrown is an error. */
function tolerant(scene: Scene, actor: Actor, type: CommandType, overrides?: Overrides<CommandType>): Scene {
  try {
    return act(scene, actor, type, overrides)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return scene
    throw error
  }
}

/** Given by the system with what another act named: another ticket, a unit that closes. No list is asked for them. */
const WITHOUT_BUTTON: readonly CommandType[] = ['joinCaller', 'leaveCaller', 'handOver']

/** Commands on which the buttons and `decide` disagree, for one person. */
export function disagreements(scene: Scene, actor: Actor): string[] {
  const open = openTo(scene, actor)
  return COMMAND_TYPES.filter((type) => !WITHOUT_BUTTON.includes(type))
    .filter((type) => {
      const isDone = tolerant(scene, actor, type) !== scene
      return isDone !== open.includes(type)
    })
    .map((type) => `${type} by ${actor.roles.join()} of ${actor.unitId}`)
}
