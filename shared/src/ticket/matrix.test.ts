import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor'
import { AppError } from '../error'
import { UNIT_ROLES, ROLES } from '../user/roles'
import { availableCommands } from './available'
import { COMMAND_TYPES, type CommandType } from './commands'
import { decide } from './decide/decide'
import { evolve } from './evolve'
import { TICKET_STATUSES, type TicketStatus } from './labels'
import type { Ticket } from './ticket'
import { commandOf } from './testing/inputs'
import { ACTOR_AS, CONDITIONS, TICKET_IN } from './testing/matrix'
import { MONDAY, otherBureau, WORLD } from './testing/world'

const CONDITION_COUNT = Object.keys(CONDITIONS).length

interface Case {
  name: string
  ticket: Ticket
  actor: Actor
  at: Date
}

/** A rule that changed what it was given would throw. */
function frozen<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

/** Every status with every condition, as each of these actors. */
function casesOf(actors: readonly Actor[]): Case[] {
  return TICKET_STATUSES.flatMap((status) =>
    Object.entries(CONDITIONS).flatMap(([condition, { change, at }]) =>
      actors.map((actor) => {
        const ticket = frozen(change(TICKET_IN[status]))
        return { name: `${status} ${condition} ${actor.roles.join()}`, ticket, actor, at: at?.(ticket) ?? MONDAY }
      }),
    ),
  )
}

/** @throws anything that is not the rules' own answer */
function refusalOf(run: () => void): AppError | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return error
    throw error
  }
}

function walk(cases: readonly Case[]) {
  let count = 0
  const disagreements: string[] = []
  const successes: { type: CommandType; role: string; status: TicketStatus }[] = []
  const codes = new Set<string>()
  for (const { name, ticket, actor, at } of cases) {
    const context = { ...WORLD, at, actor }
    const open = new Set(availableCommands(ticket, context))
    for (const type of COMMAND_TYPES) {
      count += 1
      const command = commandOf(type, { ticket, at, unitId: actor.unitId })
      const refusal = refusalOf(() => {
        const events = decide(ticket, command, context)
        expect(events.length).toBeGreaterThan(0)
        const next = events.reduce<Ticket>(evolve, ticket)
        expect(next.version).toBe(ticket.version + 1)
      })
      if (refusal) codes.add(refusal.code)
      else successes.push({ type, role: actor.roles.join(), status: ticket.status })
      if (open.has(type) !== !refusal)
        disagreements.push(`${name} ${type}: can=${open.has(type)}, decide: ${refusal?.message ?? '成功'}`)
    }
  }
  return { count, disagreements, successes, codes }
}

/** Who may do what and when, as ticket.md §2 says it; written again by hand, for the lead unit's own people. */
const INTAKE = 'registered needInfo accepted'
const SINCE_ACCEPTED = 'accepted consulting dispatched handling unitReview hotlineReview callback'
const NOT_ARCHIVED = TICKET_STATUSES.filter((status) => status !== 'archived').join(' ')
const PROCEDURE: [type: CommandType, roles: string, statuses: string][] = [
  ['accept', 'agent dispatcher', 'registered'],
  ['amend', 'agent dispatcher director', `registered needInfo ${SINCE_ACCEPTED}`],
  ['answer', 'agent dispatcher', INTAKE],
  ['decline', 'agent dispatcher', INTAKE],
  ['transferEmergency', 'agent dispatcher', INTAKE],
  // The system: 差评整改 alone.
  ['dispatch', 'dispatcher director system', 'accepted'],
  ['designate', 'dispatcher director', 'accepted'],
  ['recall', 'dispatcher director', 'dispatched handling'],
  ['acknowledge', 'clerk', 'dispatched'],
  ['autoAcknowledge', 'system', 'dispatched'],
  ['requestReturn', 'clerk', 'dispatched handling'],
  // A clerk decides for those to whom his unit delegated; then the lead may stand in any status of its own.
  ['approveReturn', 'dispatcher director clerk', 'dispatched handling unitReview'],
  ['rejectReturn', 'dispatcher director clerk', 'dispatched handling unitReview'],
  ['assignHandler', 'clerk unitLead', 'dispatched handling'],
  ['recordContact', 'handler clerk', 'handling'],
  ['recordProgress', 'handler clerk', 'handling'],
  ['requestExtension', 'handler clerk unitLead', 'handling'],
  ['endorseRequest', 'unitLead', 'handling hotlineReview'],
  ['refuseRequest', 'unitLead', 'handling hotlineReview'],
  ['approveExtension', 'dispatcher director clerk', 'dispatched handling unitReview'],
  ['rejectExtension', 'dispatcher director clerk', 'dispatched handling unitReview'],
  ['reply', 'handler', 'handling'],
  ['reviewByUnit', 'unitLead unitHead', 'unitReview'],
  ['reviewByHotline', 'dispatcher director', 'hotlineReview'],
  ['recordAttempt', 'callbackOfficer', 'callback'],
  ['closeUnreachable', 'system', 'callback'],
  ['recordCallback', 'callbackOfficer', 'callback'],
  // An appeal is judged wherever the work has got to meanwhile.
  ['judgeCallback', 'supervisor director', NOT_ARCHIVED],
  ['rework', 'supervisor director', 'closed'],
  ['reopen', 'agent dispatcher', 'closed answered declined terminated withdrawn'],
  // A clerk urges only units under his own, such as those to whom it delegated.
  ['urge', 'agent dispatcher supervisor director caller clerk', SINCE_ACCEPTED],
  ['requestInfo', 'dispatcher', 'registered accepted'],
  ['supplyInfo', 'agent caller', 'needInfo'],
  ['supplement', 'agent caller', 'dispatched handling unitReview hotlineReview callback'],
  ['merge', 'dispatcher director', 'registered accepted'],
  ['unmerge', 'dispatcher director system', 'merged'],
  ['joinCaller', 'system', `registered needInfo ${SINCE_ACCEPTED}`],
  ['leaveCaller', 'system', `registered needInfo ${SINCE_ACCEPTED} closed answered declined transferred terminated`],
  ['void', 'director', INTAKE],
  ['withdraw', 'agent caller', `${INTAKE} consulting dispatched handling unitReview hotlineReview`],
  // A merged one by the system alone, together with its main ticket.
  ['archive', 'system director', 'closed answered declined transferred merged terminated withdrawn void'],
  ['handOver', 'system', 'dispatched handling unitReview hotlineReview callback'],
  ['keepUnit', 'dispatcher director', 'dispatched handling unitReview hotlineReview'],
  ['yellowCard', 'system', 'dispatched handling unitReview'],
  ['redCard', 'system', 'dispatched handling unitReview'],
  ['openConsultation', 'dispatcher director supervisor', 'accepted dispatched handling'],
  ['giveOpinion', 'clerk handler unitLead unitHead', 'consulting'],
  ['recordSiteVisit', 'dispatcher director supervisor clerk handler unitLead', 'consulting'],
  ['concludeConsultation', 'dispatcher director', 'consulting'],
  ['cancelConsultation', 'dispatcher director', 'consulting'],
  ['delegate', 'clerk', 'handling'],
  ['recallDelegation', 'clerk', 'handling'],
  ['sendBack', 'clerk handler', 'handling'],
  ['requestSuspension', 'handler', 'handling'],
  ['approveSuspension', 'director', 'handling'],
  ['rejectSuspension', 'director', 'handling'],
  ['resume', 'system handler director', 'handling'],
  ['requestTermination', 'handler', 'handling hotlineReview'],
  ['approveTermination', 'director', 'handling hotlineReview'],
  ['rejectTermination', 'director', 'handling hotlineReview'],
  // A unit's lead supervises those to whom it delegated.
  ['supervise', 'supervisor director unitLead', `${SINCE_ACCEPTED} closed`],
  ['answerSupervision', 'clerk handler unitLead unitHead', NOT_ARCHIVED],
  ['closeSupervision', 'supervisor director', NOT_ARCHIVED],
  ['escalate', 'supervisor director', `${SINCE_ACCEPTED} closed`],
  ['instruct', 'cityLeader', `${SINCE_ACCEPTED} closed`],
  ['appealCallback', 'unitLead', 'dispatched handling unitReview hotlineReview callback closed'],
  ['rate', 'caller', 'answered closed'],
  ['rectify', 'handler', 'handling'],
  ['appealRating', 'clerk unitLead', 'dispatched handling'],
  ['judgeRating', 'supervisor director', NOT_ARCHIVED],
]

describe('状态 × 附着条件 × 角色 × 命令', { timeout: 120_000 }, () => {
  const actors = ROLES.map((role) => ACTOR_AS[role])
  const { count, disagreements, successes, codes } = walk(casesOf(actors))

  it('按钮显示的命令，恰是执行能成功的命令', () => {
    expect(disagreements).toEqual([])
    expect(count).toBe(18 * CONDITION_COUNT * 17 * COMMAND_TYPES.length)
    expect(COMMAND_TYPES.length).toBeGreaterThanOrEqual(34)
    // Without these the matrix could agree with itself in saying no to everything.
    expect(COMMAND_TYPES.filter((type) => !successes.some((success) => success.type === type))).toEqual(['register'])
    expect([...codes].sort()).toEqual(['forbidden', 'illegalTransition', 'ruleViolated'])
  })

  it('每个状态、条件、角色都只有一个代表，互不相同', () => {
    expect(Object.keys(TICKET_IN)).toEqual(TICKET_STATUSES)
    for (const status of TICKET_STATUSES) expect(TICKET_IN[status].status).toBe(status)
    for (const role of ROLES) expect(ACTOR_AS[role].roles).toEqual([role])
    expect(new Set(casesOf(actors).map(({ name }) => name)).size).toBe(18 * CONDITION_COUNT * 17)
  })

  it('没有工单时，只有话务员、派单员、主任和诉求人能登记', () => {
    const mayRegister = ROLES.filter((role) => {
      const actor = ACTOR_AS[role]
      const command = commandOf('register', { ticket: undefined, at: MONDAY, unitId: actor.unitId })
      return !refusalOf(() => decide(undefined, command, { ...WORLD, at: MONDAY, actor }))
    })
    expect(mayRegister).toEqual(['agent', 'dispatcher', 'director', 'caller'])
  })

  it('没有工单时，其他命令一概没有对象', () => {
    for (const type of COMMAND_TYPES.filter((each) => each !== 'register'))
      for (const role of ROLES) {
        const actor = ACTOR_AS[role]
        const command = commandOf(type, { ticket: undefined, at: MONDAY, unitId: actor.unitId })
        expect(refusalOf(() => decide(undefined, command, { ...WORLD, at: MONDAY, actor }))?.code).toBe('notFound')
      }
  })

  it('没有承办任务的单位，任何状态下都不能做任何事', () => {
    const strangers = UNIT_ROLES.map((role) => ({ ...ACTOR_AS[role], unitId: otherBureau.clerk.unitId }))
    const foreign = walk(casesOf(strangers))
    expect(foreign.successes).toEqual([])
    expect(foreign.disagreements).toEqual([])
    expect([...foreign.codes].sort()).toEqual(['forbidden', 'illegalTransition', 'ruleViolated'])
  })

  it.each(PROCEDURE)('%s：由 %s 在 %s', (type, roles, statuses) => {
    const done = successes.filter((success) => success.type === type)
    expect(new Set(done.map(({ role }) => role))).toEqual(new Set(roles.split(' ')))
    expect(new Set(done.map(({ status }) => status))).toEqual(new Set(statuses.split(' ')))
  })

  it('上表没有漏掉命令', () => {
    expect(['register', ...PROCEDURE.map(([type]) => type)].sort()).toEqual([...COMMAND_TYPES].sort())
  })
})
