import { CLOCK } from '../../actor'
import { dueCommand } from '../due'
import { act, by, on, ticketOf, type Step } from './given'
import type { Overrides } from './inputs'
import * as w from './world'

/** Pasts that many tests begin with. All on Monday 2026-11-23 unless said otherwise. */

export const registered = [by(w.agent, 'register')]

/** What a citizen sends in by himself: neither matter nor title yet. */
export const submitted = (overrides: Overrides<'register'> = {}): Step[] => [
  by(w.citizen, 'register', { channel: 'website', title: undefined, matterCode: undefined, ...overrides }),
]
export const registeredAs = (overrides: Overrides<'register'>): Step[] => [by(w.agent, 'register', overrides)]

export const dispatched = [...registered, by(w.dispatcher, 'dispatch')]
export const dispatchedAs = (overrides: Overrides<'dispatch'>): Step[] => [
  ...registered,
  by(w.dispatcher, 'dispatch', overrides),
]
/** Lead 市住建局, co 市城管局, a copy to 滨城区. */
export const withCo = dispatchedAs({ coUnitIds: [w.OTHER_BUREAU], copyUnitIds: [w.COUNTY] })

export const acknowledged = by(w.bureau.clerk, 'acknowledge')
export const handling = [...dispatched, acknowledged]
export const replied = [...handling, by(w.bureau.handler, 'reply')]
export const signedOff = [...replied, by(w.bureau.lead, 'reviewByUnit')]
export const inCallback = [...signedOff, by(w.dispatcher, 'reviewByHotline')]
export const closed = [...inCallback, by(w.callbackOfficer, 'recordCallback')]

export const infoRequested = [...registered, by(w.dispatcher, 'requestInfo')]
/** Into `WORLD.main`. */
export const merged = [...registered, by(w.dispatcher, 'merge')]
/** Another caller's ticket was merged into it before it was dispatched. */
export const joined = [...registered, by(CLOCK, 'joinCaller')]
/** Both callers are to be called. */
export const bothInCallback = [...joined, ...inCallback.slice(1)]

export const answered = [...registered, by(w.agent, 'answer')]
export const declined = [...registered, by(w.agent, 'decline')]

/** Dispatched, returned at once and approved. */
export const returnedBy = (people: w.UnitPeople): Step[] => [
  by(w.dispatcher, 'dispatch', { leadUnitId: people.clerk.unitId }),
  by(people.clerk, 'requestReturn'),
  by(w.director, 'approveReturn'),
]
export const twiceReturned = [...registered, ...returnedBy(w.bureau), ...returnedBy(w.otherBureau)]
export const thriceReturned = [...twiceReturned, ...returnedBy(w.thirdBureau)]
export const returnRequested = [...dispatched, by(w.bureau.clerk, 'requestReturn')]
export const returnRejected = [...returnRequested, by(w.dispatcher, 'rejectReturn')]

export const extensionRequested = [...handling, by(w.bureau.handler, 'requestExtension')]
export const extensionEndorsed = [...extensionRequested, by(w.bureau.lead, 'endorseRequest')]

const DISSATISFIED = {
  solved: 'no',
  satisfaction: { result: 1, attitude: 3, agent: 5 },
  reasons: ['notSolved'],
} as const
/** The caller is not satisfied, and the officer finds it reasonable or not. */
export const dissatisfied = (judged: 'reasonable' | 'unreasonable'): Overrides<'recordCallback'> => ({
  ...DISSATISFIED,
  reasons: [...DISSATISFIED.reasons],
  judged,
})
export const inJudgement = [...inCallback, by(w.callbackOfficer, 'recordCallback', dissatisfied('unreasonable'))]
export const reworked = [...inCallback, by(w.callbackOfficer, 'recordCallback', dissatisfied('reasonable'))]

/** Units confer on who takes it; 市住建局 and 市公安局 are asked. */
export const consulting = [...registered, by(w.dispatcher, 'openConsultation', { unitIds: [w.BUREAU, w.THIRD_BUREAU] })]
/** The bureau's own second-level unit has a part of it. */
export const delegated = [...handling, by(w.bureau.clerk, 'delegate')]
export const suspensionRequested = [...handling, by(w.bureau.handler, 'requestSuspension')]
export const suspensionEndorsed = [...suspensionRequested, by(w.bureau.lead, 'endorseRequest')]
export const suspended = [...suspensionEndorsed, by(w.director, 'approveSuspension')]
export const terminationRequested = [...handling, by(w.bureau.handler, 'requestTermination')]
export const terminationEndorsed = [...terminationRequested, by(w.bureau.lead, 'endorseRequest')]
export const terminated = [...terminationEndorsed, by(w.director, 'approveTermination')]

/** From the unit's desk to the caller's telephone, for whoever works on it. */
export const throughReviews = (people: w.UnitPeople): Step[] => [
  by(people.handler, 'reply'),
  by(people.head, 'reviewByUnit'),
  by(w.dispatcher, 'reviewByHotline'),
]

/** Three calls that nobody answered, two hours apart. */
export const unanswered = [
  on('2026-11-24 09:00'),
  by(w.callbackOfficer, 'recordAttempt'),
  on('2026-11-24 11:00'),
  by(w.callbackOfficer, 'recordAttempt'),
  on('2026-11-24 13:00'),
  by(w.callbackOfficer, 'recordAttempt'),
]

/** The clock does all that is due at this moment. */
export const clockRuns: Step = (scene) => {
  const command = dueCommand(ticketOf(scene), { ...scene.world, at: scene.at })
  if (!command) return scene
  const named = 'assignmentId' in command ? { assignmentId: command.assignmentId } : {}
  return clockRuns(act(scene, CLOCK, command.type, named))
}

/** What the system registers of a bad rating at the counter of 市住建局. */
export const ratedAs = (overrides: Overrides<'register'> = {}): Overrides<'register'> => ({
  channel: 'rating',
  kind: 'rating',
  caller: { number: '13805430001', name: '张三' },
  matterCode: '160801',
  regionCode: w.CITY,
  title: '差评整改：窗口服务',
  detail: '窗口人员态度生硬',
  externalNo: 'r1',
  rated: {
    ratingId: 'r1',
    channel: 'counter',
    score: 1,
    comment: '窗口人员态度生硬',
    unitId: w.BUREAU,
    window: '3 号窗口',
    isNamed: true,
    ratedAt: w.MONDAY,
  },
  ...overrides,
})
export const badlyRated: Step[] = [by(CLOCK, 'register', ratedAs()), by(CLOCK, 'dispatch')]
export const unnamedBadlyRated: Step[] = [
  by(CLOCK, 'register', ratedAs({ caller: { isAnonymous: true }, rated: { ...ratedAs().rated!, isNamed: false } })),
  by(CLOCK, 'dispatch'),
]
export const rectifying: Step[] = [...badlyRated, acknowledged]
export const rectified: Step[] = [...rectifying, by(w.bureau.handler, 'rectify')]
